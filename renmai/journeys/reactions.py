"""What follows later from a sale. Each function may meet its event again: the outbox keeps a receipt of each."""

from collections import Counter

from renmai.catalogue.actions.products import count_sale
from renmai.journeys import after_sale
from renmai.ordering.events import OrderPaid, OrderReleased
from renmai.ordering.models import Order, OrderLine
from renmai.payments.events import RefundSucceeded


def count_sales(event: OrderPaid | OrderReleased) -> None:
    """Count the pieces of a paid order for “best selling”. Later, so that a popular product's row is not held by a payment.

    What is held for a play is not sold before it is released.
    """
    if Order.objects.filter(pk=event.order_id).exclude(held_for="").exists():
        return
    sold: Counter[int] = Counter()
    for product_id, quantity in OrderLine.objects.filter(order_id=event.order_id).values_list("product_id_at_order", "quantity"):
        sold[product_id] += quantity
    count_sale(dict(sold))


def refund_finished(event: RefundSucceeded) -> None:
    """End the claim whose money has arrived."""
    after_sale.refund_finished(event)
