"""What follows later from a sale. Each function may meet its event again: the outbox keeps a receipt of each."""

from collections import Counter

from renmai.accounts.events import AccountDeleted
from renmai.alerts.events import AlertMissed
from renmai.catalogue.actions.products import count_sale
from renmai.distribution.events import WithdrawalDecided
from renmai.journeys import after_sale, deleting, escalating, finding, pledges
from renmai.kernel.compiled import CompiledValues, by_key
from renmai.ordering.events import AfterSaleClosed, OrderPaid, OrderPlaced, OrderReleased, OrderSettled, ParcelShipped
from renmai.ordering.models import Order, OrderLine
from renmai.payments.events import RefundSucceeded
from renmai.trust.actions import note_outcomes

_PIECES = CompiledValues(lambda order: OrderLine.objects.filter(order_id=order).values_list("product_id_at_order", "quantity"))


def find_way(event: OrderPlaced | OrderPaid) -> None:
    """Decide by which way the goods of an order were found: when it is placed, or when it is paid should that have come first."""
    finding.find(event.order_id)


def count_sales(event: OrderPaid) -> None:
    """Count the pieces of a paid order for “best selling”. Later, so that a popular product's row is not held by a payment.

    What is held for a play is not sold yet, and counted by ``count_released``, perhaps before this event arrives.
    """
    order = by_key(Order, event.order_id)
    if not order.held_for and order.released_at is None:
        _count(event.order_id)


def count_released(event: OrderReleased) -> None:
    """Count the pieces of an order that was held, once it is released."""
    _count(event.order_id)


def refund_finished(event: RefundSucceeded) -> None:
    """End the claim whose money has arrived."""
    after_sale.refund_finished(event)


def escalate_missed(event: AlertMissed) -> None:
    """Tell the agent, and her leader how many."""
    escalating.escalate_missed(event)


def count_parcel(event: ParcelShipped) -> None:
    """A parcel that left too late breaks a pledge to the agent whose customer waits."""
    note_outcomes(pledges.of_parcel(event.shipment_id))


def count_kept(event: OrderSettled) -> None:
    """An order that was kept says what was pledged about it."""
    note_outcomes(pledges.of_order(event.order_id))


def count_claim(event: AfterSaleClosed) -> None:
    """So does a claim that ended."""
    note_outcomes(pledges.of_claim(event.after_sale_id))


def count_payout(event: WithdrawalDecided) -> None:
    """An agent got her money, in time or not."""
    note_outcomes(pledges.of_withdrawal(event.withdrawal_id))


def _count(order_id: int) -> None:
    sold: Counter[int] = Counter()
    for product_id, quantity in _PIECES.rows(order_id):
        sold[product_id] += quantity
    count_sale(dict(sold))


def erase_deleted(event: AccountDeleted) -> None:
    """What the rooms hold of somebody whose account was deleted goes."""
    deleting.erase(event.user_id)
