"""What campaigns do about orders that move on. Each function may meet its event again: plays are told at least once.

OrderReleased → on_order_released · OrderSettled → on_order_settled · LineRefunded → on_line_refunded · AfterSaleClosed → on_claim_closed
"""

from renmai.campaigns.actions import rewarding
from renmai.campaigns.plays import play
from renmai.campaigns.queries.lists import parts_of_order
from renmai.kernel.compiled import by_key
from renmai.ordering.events import AfterSaleClosed, LineRefunded, OrderReleased, OrderSettled
from renmai.ordering.models import Order


def on_order_released(event: OrderReleased) -> None:
    """Tell the plays that what the order waited for came true."""
    order = by_key(Order, event.order_id)
    for part in parts_of_order(order.pk):
        play(part.play).released(order, part)


def on_order_settled(event: OrderSettled) -> None:
    """Tell the plays that the sale is kept, and let its rewards become due."""
    order = by_key(Order, event.order_id)
    rewarding.on_settled(order)
    for part in parts_of_order(order.pk) if order.is_in_campaign else ():
        play(part.play).settled(order, part)


def on_line_refunded(event: LineRefunded) -> None:
    """Tell the plays that pieces went back."""
    order = by_key(Order, event.order_id)
    for part in parts_of_order(order.pk) if order.is_in_campaign else ():
        play(part.play).refunded(order, part)


def on_claim_closed(event: AfterSaleClosed) -> None:
    """Void the rewards of an order that went back as a whole, once its last claim is done."""
    rewarding.on_refunded(by_key(Order, event.order_id))
