"""Group buying in the small shop of ``journeys.tests.world``: campaigns, people who open, join, pay and wait."""

from collections.abc import Callable
from typing import Any

from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_address
from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys import paying
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.world import Behaviour, Customer, at_cashier, begin_payment, customer, goods, place
from renmai.kernel import outbox
from renmai.ordering.models import Order
from renmai.payments import actions as payments
from renmai.payments.models import Payment, Refund
from renmai.plays.groupbuy import actions
from renmai.plays.groupbuy.models import Group, Seat
from tools.testing.everything import REACTIONS

PRICE = 3000
TIERS = [[2, 2000], [3, 1500]]


def campaign(sku: Sku | None = None, *, terms: dict[str, Any] | None = None, **fields: Any) -> Campaign:
    """A running campaign: two for ¥20, three for ¥15, within a day."""
    sku = sku or goods(price_fen=PRICE, stock=1000)[0]
    base = {
        "sku": sku.pk,
        "tiers": TIERS,
        "leader_off_fen": 0,
        "timer_minutes": 1440,
        "threshold": 0,
        "late": "refund",
        "is_listed": True,
        "most_pieces": 5,
        "limit": 0,
    }
    running = running_campaign("groupbuy", terms=base | (terms or {}), **fields)
    running.products.create(product_id=sku.product_id)
    return running


def member_of_street(user_id: int) -> Customer:
    """Somebody who is there already, as a customer."""
    user = User.objects.get(pk=user_id)
    return Customer(user, Visitor.objects.create(user=user, joined_at=user.created_at), make_address(user).pk)


def sku_of(running: Campaign) -> Sku:
    """The goods of a campaign."""
    return Sku.objects.get(pk=running.terms["sku"])


def order(running: Campaign, reference: str = "", *, who: Customer | None = None, pieces: int = 1, **fields: Any) -> Order:
    """An order that opens a group, or joins the one it names; not paid yet."""
    who = who or customer()
    return place(who, [(sku_of(running), pieces)], plays=(choice(running, reference),), **fields)


def pay(placed: Order) -> str:
    """Its money comes; what the capture says."""
    return str(paid_by(placed)())


def paid_by(placed: Order) -> Callable[[], object]:
    """The act by which the provider tells of its money."""
    payment = begin(placed)
    at_cashier(payment, Behaviour.NEVER_NOTIFY)
    answer = answer_for(payment)
    return lambda: paying.settle_capture("sandbox", answer)


def begin(placed: Order) -> Payment:
    """The payment of an order, which waits at the cashier."""
    return begin_payment(Customer(placed.buyer, None, 0), placed)  # type: ignore[arg-type]


def opened(running: Campaign, *, who: Customer | None = None, **fields: Any) -> Group:
    """A group with its leader in it."""
    placed = order(running, who=who, **fields)
    assert pay(placed) == "paid"
    return Group.objects.get(seats__order=placed)


def joined(group: Group, *, who: Customer | None = None, **fields: Any) -> Seat:
    """Somebody who ordered and paid for a place."""
    placed = order(group.campaign, group.number, who=who, **fields)
    assert pay(placed) == "paid"
    return Seat.objects.get(order=placed)


def seat_of(placed: Order) -> Seat:
    """The place of an order as it is now."""
    return Seat.objects.select_related("group").get(order=placed)


def now(group: Group) -> Group:
    """A group as it is now."""
    return Group.objects.get(pk=group.pk)


def settle_down(*, sweeps: bool = True) -> None:
    """Let everything happen that is due."""
    for _round in range(3):
        if sweeps:
            actions.expire_groups(500)
            actions.keep_promises(500)
        outbox.drain(REACTIONS)
        payments.submit_refunds(1000)
        payments.deliver_sandbox_notices(1000)
        outbox.drain(REACTIONS)


def refunded(placed: Order) -> list[int]:
    """What went back of an order, refund by refund."""
    rows = Refund.objects.filter(payment__reference=placed.number, status=Refund.Status.SUCCEEDED)
    return list(rows.order_by("pk").values_list("amount_fen", flat=True))


def states(group: Group) -> list[str]:
    """The states of everybody who ever had a place, in the order of arrival."""
    return list(Seat.objects.filter(group=group, place__isnull=False).order_by("place").values_list("status", flat=True))
