"""The flows of bargains that are killed: starting one, a friend's cut, the last cut, an order at the price it has come to, its end.

``BargainFlows`` works in the shop of ``shop.populate`` with two buyers and through actions only, as ``kills_flows.Flows`` does.
"""

from datetime import timedelta

from renmai.accounts.models import User, Visitor
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign
from renmai.journeys import checkout
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.bargain import actions
from renmai.plays.bargain.models import Bargain, Cut
from tools.torture.kills import Case
from tools.torture.kills_flows import suppress_code
from tools.torture.shop import World

BEGAN, ENDS = timedelta(days=60), timedelta(days=300)
HOURS = 1
HELPERS, FLOOR_FEN = 2, 100


class BargainFlows:
    """Makes cases in a shop of one's own, for ``kills.kill_everywhere``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._cases = 0

    def start(self) -> Case:
        """A bargain begun."""
        campaign = self._campaign()

        def act() -> None:
            actions.start(self._user(0), campaign.pk)

        def check() -> None:
            bargain = Bargain.objects.get(campaign=campaign)
            assert (bargain.ordinal, bargain.cut_count, bargain.status) == (1, 0, "open")

        return Case(act, act, check)

    def cut(self) -> Case:
        """The first of two cuts."""
        return self._cut(before=0)

    def last_cut(self) -> Case:
        """The cut that takes all that is left."""
        return self._cut(before=1)

    def place(self) -> Case:
        """An order at the price that the bargain has come to."""
        bargain, key = self._begun(), self._key()
        buyer = self._world.buyers[0]
        draft = CheckoutDraft(
            lines=(WantedLine(self._world.variants[0].sku, 1),),
            address_id=buyer.address,
            plays=(Choice("bargain", bargain.campaign_id, bargain.number),),
        )
        browser = Visitor.objects.get(pk=buyer.visitor)

        def act() -> None:
            checkout.place_order(self._user(0), browser, draft, idempotency_key=key)

        def check() -> None:
            order = Order.objects.get(idempotency_key=key)
            now = Bargain.objects.get(pk=bargain.pk)
            assert (now.status, now.order_id, order.discount_fen) == ("ordered", order.pk, now.off_fen)
            assert Campaign.objects.get(pk=bargain.campaign_id).spent_fen == now.off_fen

        return Case(act, act, check)

    def expire(self) -> Case:
        """The end by the clock, due just now: what lies beside it ends later."""
        with clock.travel(clock.now() - timedelta(hours=HOURS)):
            bargain = self._begun()

        def act() -> None:
            actions.expire_due(1)

        def check() -> None:
            assert Bargain.objects.get(pk=bargain.pk).status == "expired"

        return Case(act, act, check)

    def _cut(self, *, before: int) -> Case:
        bargain = self._begun()
        for number in range(before):
            actions.help_cut(self._user(2 + number), bargain.number)

        def act() -> None:
            with suppress_code("bargain.helped"):
                actions.help_cut(self._user(1), bargain.number)

        def check() -> None:
            now = Bargain.objects.get(pk=bargain.pk)
            assert now.cut_count == before + 1 == Cut.objects.filter(bargain=bargain).count()
            assert now.is_at_floor == (before + 1 == HELPERS)
            assert (now.price_fen == FLOOR_FEN) == now.is_at_floor

        return Case(act, act, check)

    def _begun(self) -> Bargain:
        return actions.start(self._user(0), self._campaign().pk)

    def _campaign(self) -> Campaign:
        owner = User.objects.get(pk=self._world.staff)
        terms = {"sku_id": self._world.variants[0].sku, "floor_fen": FLOOR_FEN, "helpers": HELPERS, "hours": HOURS}
        draft = campaigns.Draft(
            title_zh="邻里砍价", channels=("web",), starts_at=clock.now() - BEGAN, ends_at=clock.now() + ENDS, terms=terms
        )
        return campaigns.launch(owner, campaigns.compose(owner, "bargain", draft))

    def _user(self, number: int) -> User:
        return User.objects.get(pk=self._world.buyers[number].user)

    def _key(self) -> str:
        self._cases += 1
        return f"bargain-{self._cases}"
