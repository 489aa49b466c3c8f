"""The flows of flash sales and pre-sales that are killed: a place, an order with it, a piece for the next in line; a deposit, and its end.

``SaleFlows`` works in the shop of ``shop.populate`` with three buyers and through actions only, as ``kills_flows.Flows`` does.
"""

from collections.abc import Mapping
from datetime import timedelta

from renmai.accounts.models import User, Visitor
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign
from renmai.catalogue.actions.pools import BUCKETS
from renmai.catalogue.models import PoolBucket
from renmai.journeys import cancelling, checkout, paying
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.payments.models import Payment, Refund, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.plays.flash import actions
from renmai.plays.flash.models import Ticket
from tools.torture.kills import Case
from tools.torture.kills_flows import money_came
from tools.torture.shop import World

BEGAN, ENDS = timedelta(days=60), timedelta(days=300)
PRICE_FEN, DEPOSIT_FEN = 200, 50
PIECES = 10 * BUCKETS
"""Some in every bucket: what an act sends must be the same each time."""


class SaleFlows:
    """Makes cases in a shop of one's own, for ``kills.kill_everywhere``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._cases = 0

    def grab(self) -> Case:
        """A place with a piece."""
        campaign = self._flash()

        def act() -> None:
            actions.grab(self._user(0), campaign.pk)

        def check() -> None:
            assert Ticket.objects.get(campaign=campaign).status == "held"
            assert _pool(campaign) == (PIECES - 1, 1, 0)

        return Case(act, act, check)

    def order(self) -> Case:
        """An order that uses a place."""
        campaign, key = self._flash(), self._key()
        ticket = actions.grab(self._user(0), campaign.pk)

        def act() -> None:
            self._place(Choice("flash", campaign.pk, ticket.number), key)

        def check() -> None:
            order = Order.objects.get(idempotency_key=key)
            now = Ticket.objects.get(pk=ticket.pk)
            assert (now.status, now.order_id, order.payable_fen - order.freight_fen) == ("ordered", order.pk, PRICE_FEN)
            assert _pool(campaign) == (PIECES - 1, 1, 0)

        return Case(act, act, check)

    def next_in_line(self) -> Case:
        """A piece given up, and given to the next."""
        campaign = self._flash()
        has = actions.grab(self._user(0), campaign.pk)
        Ticket.objects.filter(pk=has.pk).update(expires_at=clock.now() - timedelta(seconds=1))
        waits = Ticket.objects.create(
            number=f"W{has.number}", campaign=campaign, version=campaign.version, user=self._user(1), joined_at=clock.now()
        )

        def act() -> None:
            actions.expire_due(10)

        def check() -> None:
            assert [Ticket.objects.get(pk=ticket.pk).status for ticket in (has, waits)] == ["expired", "held"]
            assert _pool(campaign) == (PIECES - 1, 1, 0)

        return Case(act, act, check)

    def deposit(self) -> Case:
        """The deposit of a pre-sale arrives."""
        payment = self._begun(self._booked(is_kept=False))
        answer = money_came(payment)

        def act() -> None:
            paying.settle_capture(payment.provider, answer)

        def check() -> None:
            order = Order.objects.get(number=payment.reference)
            assert (order.has_deposit, order.pay_before) == (True, order.balance_until)
            assert not Refund.objects.filter(payment=payment).exists()

        return Case(act, act, check)

    def end_with_deposit(self) -> Case:
        """An order is cancelled after its deposit, which stays with the shop."""
        payment = self._begun(self._booked(is_kept=True))
        paying.settle_capture(payment.provider, money_came(payment))
        order = Order.objects.get(number=payment.reference)

        def act() -> None:
            cancelling.cancel(self._user(0), order.number)

        def check() -> None:
            now = Order.objects.get(pk=order.pk)
            assert (now.status, now.forfeited_fen) == ("cancelled", DEPOSIT_FEN)

        return Case(act, act, check)

    def _flash(self) -> Campaign:
        sku = self._world.variants[0].sku
        terms = {"sku_id": sku, "price_fen": PRICE_FEN, "pieces": PIECES, "per_person": 20, "pay_minutes": 60}
        return self._launched("flash", "邻里秒杀", terms)

    def _booked(self, *, is_kept: bool) -> Order:
        terms = {
            "sku_id": self._world.variants[0].sku,
            "price_fen": PRICE_FEN + DEPOSIT_FEN,
            "deposit_fen": DEPOSIT_FEN,
            "unpaid": "kept" if is_kept else "returned",
        }
        campaign = self._launched("presale", "邻里预售", terms)
        return self._place(Choice("presale", campaign.pk), self._key())

    def _launched(self, play: str, title: str, terms: Mapping[str, object]) -> Campaign:
        owner = User.objects.get(pk=self._world.staff)
        now = clock.now()
        draft = campaigns.Draft(title_zh=title, channels=("web",), starts_at=now - BEGAN, ends_at=now + ENDS, terms=terms)
        return campaigns.launch(owner, campaigns.compose(owner, play, draft))

    def _place(self, choice: Choice, key: str) -> Order:
        buyer = self._world.buyers[0]
        lines = (WantedLine(self._world.variants[0].sku, 1),)
        draft = CheckoutDraft(lines=lines, address_id=buyer.address, plays=(choice,))
        return checkout.place_order(self._user(0), Visitor.objects.get(pk=buyer.visitor), draft, idempotency_key=key)

    def _begun(self, order: Order) -> Payment:
        paying.start_for(self._user(0), order, return_url="/")
        payment = Payment.objects.get(reference=order.number)
        cashier.choose(SandboxTrade.objects.get(number=payment.number).trade, Behaviour.NEVER_NOTIFY)
        return payment

    def _user(self, number: int) -> User:
        return User.objects.get(pk=self._world.buyers[number].user)

    def _key(self) -> str:
        self._cases += 1
        return f"sale-{self._cases}"


def _pool(campaign: Campaign) -> tuple[int, int, int]:
    rows = list(PoolBucket.objects.filter(pool__reference=campaign.number))
    return sum(row.free for row in rows), sum(row.reserved for row in rows), sum(row.sold for row in rows)
