"""The flows of vouchers that are killed: claiming and opening them, an order with a coupon, a red packet and points, its money, its end.

``VoucherFlows`` works in the shop of ``shop.populate`` with one buyer and through actions only, as ``kills_flows.Flows`` does.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from renmai.accounts.models import User, Visitor
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign, Participation
from renmai.catalogue.models import StockMovement
from renmai.journeys import cancelling, checkout, paying
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.plays.coupon import actions as coupons
from renmai.plays.coupon.models import Coupon, CouponStock
from renmai.plays.points.actions.booking import What, held, issue
from renmai.plays.points.models import Account, Move, Pot, Spending
from renmai.plays.red_packet import actions as packets
from renmai.plays.red_packet.models import Packet, Pool
from tools.torture.kills import Case
from tools.torture.kills_flows import SANDBOX, money_came, suppress_code
from tools.torture.shop import World

BEGAN, ENDS = timedelta(days=60), timedelta(days=300)
COUPON_FEN, PACKET_FEN, POINTS = 97, 53, 31


@dataclass(frozen=True)
class Purse:
    """One coupon, one red packet and some points, and the order that wants them, if it is placed already."""

    coupon: Coupon
    packet: Packet
    key: str


class VoucherFlows:
    """Makes cases in a shop of one's own, for ``kills.kill_everywhere``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._cases = 0
        self._points = self._launched("points", {"minimum_points": 1, "most_basis_points": 5000})

    def claim(self) -> Case:
        """A coupon claimed in the coupon centre."""
        campaign, user = self._coupons(), self._user()

        def act() -> None:
            with suppress_code("coupon.had_yours"):
                coupons.claim(user, campaign.pk)

        def check() -> None:
            assert Coupon.objects.get(campaign=campaign).status == "free"
            assert CouponStock.objects.get(campaign=campaign).issued == 1

        return Case(act, act, check)

    def open(self) -> Case:
        """A red packet opened."""
        campaign, user = self._packets(), self._user()

        def act() -> None:
            with suppress_code("red_packet.had_yours"):
                packets.open_packet(user, campaign.pk)

        def check() -> None:
            assert Packet.objects.get(campaign=campaign).amount_fen == PACKET_FEN
            assert Pool.objects.get(campaign=campaign).opened == 1
            assert Campaign.objects.get(pk=campaign.pk).spent_fen == PACKET_FEN

        return Case(act, act, check)

    def place(self) -> Case:
        """An order with a coupon, a red packet and points, placed with one key."""
        purse = self._purse()

        def act() -> None:
            self._place(purse)

        def check() -> None:
            order = Order.objects.get(idempotency_key=purse.key)
            assert (order.status, order.discount_fen) == ("placed", COUPON_FEN + PACKET_FEN + POINTS)
            assert Participation.objects.filter(order=order).count() == 3
            _is(purse, order, vouchers="reserved", points="reserved", spent_fen=COUPON_FEN)

        return Case(act, act, check)

    def pay(self) -> Case:
        """The money for such an order."""
        purse = self._purse()
        order = self._place(purse)
        paying.start(order.buyer, order.number, return_url="/")
        payment = Payment.objects.get(reference=order.number)
        cashier.choose(SandboxTrade.objects.get(number=payment.number).trade, Behaviour.NEVER_NOTIFY)

        def act() -> None:
            paying.settle_capture(SANDBOX, money_came(payment))

        def check() -> None:
            assert Order.objects.get(pk=order.pk).status == "paid"
            _is(purse, order, vouchers="used", points="spent", spent_fen=COUPON_FEN)

        return Case(act, act, check)

    def cancel(self) -> Case:
        """Such an order cancelled: everything is hers again."""
        purse = self._purse()
        order = self._place(purse)

        def act() -> None:
            cancelling.cancel(order.buyer, order.number)

        def check() -> None:
            assert Order.objects.get(pk=order.pk).status == "cancelled"
            assert sorted(StockMovement.objects.filter(reference=order.number).values_list("kind", flat=True)) == [
                "release",
                "reserve",
            ]
            _is(purse, None, vouchers="free", points="given_back", spent_fen=0)

        return Case(act, act, check)

    def _purse(self) -> Purse:
        user, key = self._user(), self._key()
        with transaction.atomic():
            held(user.pk)
            issue(user.pk, Pot.SHOP, POINTS, cause=key, what=What("reward"), expires_at=clock.now() + ENDS)
        coupon = coupons.claim(user, self._coupons().pk)
        return Purse(coupon, packets.open_packet(user, self._packets().pk), key)

    def _place(self, purse: Purse) -> Order:
        buyer = self._world.buyers[0]
        draft = CheckoutDraft(
            lines=(WantedLine(self._world.variants[0].sku, 3),),
            address_id=buyer.address,
            plays=(
                Choice("coupon", purse.coupon.campaign_id, purse.coupon.code),
                Choice("red_packet", purse.packet.campaign_id, purse.packet.code),
                Choice("points", self._points.pk, str(POINTS)),
            ),
        )
        return checkout.place_order(self._user(), Visitor.objects.get(pk=buyer.visitor), draft, idempotency_key=purse.key)

    def _coupons(self) -> Campaign:
        return self._launched("coupon", {"off_fen": COUPON_FEN, "threshold_fen": 0})

    def _packets(self) -> Campaign:
        return self._launched("red_packet", {"packets": 1, "total_fen": PACKET_FEN, "valid_days": 90})

    def _launched(self, play: str, terms: dict[str, object]) -> Campaign:
        owner = User.objects.get(pk=self._world.staff)
        draft = campaigns.Draft(
            title_zh="邻里优惠",
            channels=("web",),
            starts_at=clock.now() - BEGAN,
            ends_at=clock.now() + ENDS,
            terms=terms,
        )
        return campaigns.launch(owner, campaigns.compose(owner, play, draft))

    def _user(self) -> User:
        return User.objects.get(pk=self._world.buyers[0].user)

    def _key(self) -> str:
        self._cases += 1
        return f"voucher-{self._cases}"


def _is(purse: Purse, order: Order | None, *, vouchers: str, points: str, spent_fen: int) -> None:
    """Everything in the purse is where it should be, and no point was moved twice."""
    for kind, one in ((Coupon, purse.coupon), (Packet, purse.packet)):
        now = kind.objects.get(pk=one.pk)
        assert (now.status, now.order_id) == (vouchers, order.pk if order else None), now.status
    spending = Spending.objects.get(order__idempotency_key=purse.key)
    assert (spending.status, spending.points) == (points, POINTS)
    moves = Move.objects.filter(order=spending.order_id).order_by("pk").values_list("target", "points")
    assert list(moves) == [
        ("reserved", POINTS),
        *{"spent": [("redeemed", POINTS)], "given_back": [("available", POINTS)]}.get(points, []),
    ]
    account = Account.objects.get(user=spending.user_id)
    assert (account.debt, account.available >= 0) == (0, True)
    assert Campaign.objects.get(pk=purse.coupon.campaign_id).spent_fen == spent_fen
