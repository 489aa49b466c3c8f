"""A kept sale becomes revenue, once, when its after-sales window is over."""

from django.db import transaction

from renmai.kernel import clock, ids
from renmai.kernel.sweeping import sweep
from renmai.ledger import chart
from renmai.ledger.actions import TransferRequest, post
from renmai.ordering.actions import progress
from renmai.ordering.models import AfterSale, Order


def settle_due(limit: int) -> int:
    """Settle up to ``limit`` received orders whose window is over and that have no open claim; return how many. A timer."""
    disputed = AfterSale.objects.filter(status__in=AfterSale.OPEN).values("order_id")
    due = Order.objects.filter(status=Order.Status.RECEIVED, settle_after__lte=clock.now()).exclude(pk__in=disputed)
    return sweep("orders.settle", due, lambda order: settle(order.pk), by="settle_after", limit=limit)


def settle(order_id: int) -> bool:
    """Settle one order and recognise what was not refunded as revenue, in one transaction; False when it is not due."""
    with transaction.atomic():
        order = progress.settle(order_id)
        if order is None:
            return False
        recognise(order, amount_fen=order.payable_fen - order.refunded_fen)
    return True


def recognise(order: Order, *, amount_fen: int) -> None:
    """Turn ``amount_fen`` of what the customer paid in advance into revenue, once per order, in the caller's transaction."""
    if not amount_fen:
        return
    post(
        [
            TransferRequest(
                id=ids.derived("order.settle", order.number),
                debit=chart.customers_prepaid(),
                credit=chart.revenue(),
                amount_fen=amount_fen,
                currency=order.currency,
                reason="settle",
                reference=order.number,
                at=clock.now(),
            )
        ]
    )
