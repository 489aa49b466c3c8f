"""The flows of group buying that are killed: ordering a place, opening a group, filling one, and its end by time.

``GroupFlows`` works in the shop of ``shop.populate`` with three buyers and through actions only, as ``kills_flows.Flows`` does.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from renmai.accounts.models import User, Visitor
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign, Participation
from renmai.catalogue.models import StockMovement
from renmai.journeys import checkout, paying
from renmai.journeys.checkout import CheckoutDraft, Choice, WantedLine
from renmai.kernel import clock
from renmai.kernel.models import OutboxEvent
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.payments import actions as payments
from renmai.payments.models import Payment, Refund, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.plays.groupbuy import actions
from renmai.plays.groupbuy.models import Group, Seat
from renmai.project import worker
from tools.torture.kills import Case
from tools.torture.kills_flows import SANDBOX, money_came
from tools.torture.shop import World

BEGAN, ENDS = timedelta(days=60), timedelta(days=300)
LASTS = timedelta(days=1)
PAID_FEN, FULL_FEN, LESS_FEN = 701, 503, 97
"""What a piece costs two, what it costs three, and what its leader is spared."""


class GroupFlows:
    """Makes cases in a shop of one's own, for ``kills.kill_everywhere``."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._cases = 0
        self._campaign = self._launched()

    def place(self) -> Case:
        """An order for a place in somebody's group, placed with one key."""
        group = Group.objects.get(seats__order=self._opened())
        key = self._key()

        def act() -> None:
            self._place(1, group.number, key)

        def check() -> None:
            order = Order.objects.get(idempotency_key=key)
            assert (order.status, order.held_for) == ("placed", "groupbuy")
            assert Seat.objects.get(order=order).status == "waiting"
            assert Participation.objects.get(order=order).reference == group.number
            assert Group.objects.get(pk=group.pk).joined == 1

        return Case(act, act, check)

    def open(self) -> Case:
        """The money for the first place of a group."""
        payment = self._paid(self._place(0, "", self._key()))

        def act() -> None:
            paying.settle_capture(SANDBOX, money_came(payment))

        def check() -> None:
            seat = Seat.objects.get(order__number=payment.reference)
            group = Group.objects.get(seats=seat)
            assert (seat.status, seat.place, group.status, group.joined) == ("taken", 1, "open", 1)
            assert OutboxEvent.objects.filter(name="plays.groupbuy.GroupOpened", payload__group_id=group.pk).count() == 1
            assert not Shipment.objects.filter(order=seat.order_id).exists()

        return Case(act, act, check)

    def join(self) -> Case:
        """The money for the last place: the group is complete, everybody's goods leave, and each gets the difference back."""
        orders = [self._opened()]
        group = Group.objects.get(seats__order=orders[0])
        orders += [self._place(number, group.number, self._key()) for number in (1, 2)]
        paying.settle_capture(SANDBOX, money_came(self._paid(orders[1])))
        payment = self._paid(orders[2])

        def pay() -> None:
            paying.settle_capture(SANDBOX, money_came(payment))

        def act() -> None:
            pay()
            self._finish(orders[-1])

        return Case(act, pay, lambda: _check_full(group, orders))

    def join_together(self) -> Case:
        """The money for the last two places in the same moment, settled in one round."""
        orders = [self._opened()]
        group = Group.objects.get(seats__order=orders[0])
        orders += [self._place(number, group.number, self._key()) for number in (1, 2)]
        coming = [payments.Coming(SANDBOX, money_came(self._paid(order))) for order in orders[1:]]

        def act() -> None:
            assert set(paying.settle_together(coming)) <= {"paid", "already"}

        return Case(act, act, lambda: _check_full(group, orders))

    def expire(self) -> Case:
        """The end of the time of a group that is not full: it has failed, and both members get everything back."""
        with clock.travel(clock.now() - LASTS):
            opened = self._opened()
            group = Group.objects.get(seats__order=opened)
            orders = [opened, self._place(1, group.number, self._key())]
            paying.settle_capture(SANDBOX, money_came(self._paid(orders[1])))
            worker.settle()

        def expire() -> None:
            actions.expire_groups(1)

        def act() -> None:
            expire()
            self._finish(orders[-1])

        def check() -> None:
            failed = Group.objects.get(pk=group.pk)
            assert (failed.status, failed.reason, failed.joined) == ("failed", "expired", 2)
            for order in orders:
                assert (Order.objects.get(pk=order.pk).status, Seat.objects.get(order=order).status) == ("refunded", "returned")
                assert _back(order) == [order.payable_fen]
                claim = AfterSale.objects.get(order=order)
                moved = StockMovement.objects.filter(reference__in=[order.number, claim.number])
                assert sorted(moved.values_list("kind", flat=True)) == ["reserve", "restock", "sell"]

        return Case(act, expire, check)

    def leave(self) -> Case:
        """The leader leaves: her money goes back, and whoever came next leads."""
        orders = [self._opened()]
        group = Group.objects.get(seats__order=orders[0])
        orders.append(self._place(1, group.number, self._key()))
        paying.settle_capture(SANDBOX, money_came(self._paid(orders[1])))
        leader = orders[0].buyer

        def act() -> None:
            if Seat.objects.get(order=orders[0]).status == "taken":
                actions.leave(leader, group.number)

        def check() -> None:
            left = Group.objects.get(pk=group.pk)
            assert (left.status, left.joined, left.leader_id) == ("open", 1, orders[1].buyer_id)
            assert Seat.objects.get(order=orders[0]).status == "left"
            assert _back(orders[0]) == [orders[0].payable_fen]

        return Case(act, act, check)

    def _launched(self) -> Campaign:
        owner, goods = User.objects.get(pk=self._world.staff), self._world.variants[0]
        terms: Mapping[str, object] = {
            "sku": goods.sku,
            "tiers": [[2, PAID_FEN], [3, FULL_FEN]],
            "leader_off_fen": LESS_FEN,
            "timer_minutes": LASTS // timedelta(minutes=1),
            "limit": 0,
        }
        draft = campaigns.Draft(
            title_zh="一起买更划算",
            channels=("web",),
            starts_at=clock.now() - BEGAN,
            ends_at=clock.now() + ENDS,
            terms=terms,
        )
        return campaigns.launch(owner, campaigns.compose(owner, "groupbuy", draft))

    def _opened(self) -> Order:
        order = self._place(0, "", self._key())
        paying.settle_capture(SANDBOX, money_came(self._paid(order)))
        return order

    def _place(self, number: int, reference: str, key: str) -> Order:
        buyer = self._world.buyers[number]
        draft = CheckoutDraft(
            lines=(WantedLine(self._world.variants[0].sku, 1),),
            address_id=buyer.address,
            plays=(Choice("groupbuy", self._campaign.pk, reference),),
        )
        user, browser = User.objects.get(pk=buyer.user), Visitor.objects.get(pk=buyer.visitor)
        return checkout.place_order(user, browser, draft, idempotency_key=key)

    def _paid(self, order: Order) -> Payment:
        """The customer has paid, and the provider has told nobody yet."""
        paying.start(order.buyer, order.number, return_url="/")
        payment = Payment.objects.get(reference=order.number)
        cashier.choose(SandboxTrade.objects.get(number=payment.number).trade, Behaviour.NEVER_NOTIFY)
        return payment

    def _finish(self, order: Order) -> None:
        """Do what the worker does for one order. The others of the group wait until the shop recovers."""
        actions.finish_seat(Seat.objects.values_list("pk", flat=True).get(order=order))

    def _key(self) -> str:
        self._cases += 1
        return f"group-{self._cases}"


def _check_full(group: Group, orders: Sequence[Order]) -> None:
    """All three are in, everybody's goods leave, and each has got the difference back, once."""
    done = Group.objects.get(pk=group.pk)
    assert (done.status, done.reason, done.joined, done.price_fen) == ("done", "full", 3, FULL_FEN)
    for order in orders:
        now = Order.objects.get(pk=order.pk)
        assert (now.status, now.held_for, Seat.objects.get(order=order).status) == ("paid", "", "kept")
        assert Shipment.objects.filter(order=order).count() == 1
        assert _back(order) == [PAID_FEN - FULL_FEN]


def _back(order: Order) -> list[int]:
    rows = Refund.objects.filter(payment__reference=order.number, status=Refund.Status.SUCCEEDED)
    return list(rows.order_by("pk").values_list("amount_fen", flat=True))
