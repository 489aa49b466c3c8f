"""How agents' income follows what happens to orders and payments. Each function may meet its event again and changes nothing then.

OrderPaid, OrderReleased → on_order_paid · OrderReceived → on_order_received · OrderSettled → on_order_settled · LineRefunded → on_line_refunded ·
PayoutFinished → on_payout_finished
"""

from renmai.distribution import actions
from renmai.ordering.events import LineRefunded, OrderPaid, OrderReceived, OrderReleased, OrderSettled
from renmai.payments.events import PayoutFinished
from renmai.payments.models import Payout


def on_order_paid(event: OrderPaid | OrderReleased) -> None:
    """Promise commission; on an order that is held for a play, when it is released."""
    actions.create_commissions(event.order_id)


def on_order_received(event: OrderReceived) -> None:
    """Freeze it until the after-sales window closes."""
    actions.freeze_commissions(event.order_id)


def on_order_settled(event: OrderSettled) -> None:
    """Thaw what is due at once; the timer thaws what becomes due later."""
    actions.thaw_order(event.order_id)


def on_line_refunded(event: LineRefunded) -> None:
    """Take back what the refunded pieces earned."""
    actions.reverse_for_line(event.order_line_id, cause=f"after_sale:{event.after_sale_id}")


def on_payout_finished(event: PayoutFinished) -> None:
    """Close the withdrawal that the payout was for."""
    provider = Payout.objects.values_list("provider", flat=True).get(pk=event.payout_id)
    actions.finish_withdrawal(event.reference, succeeded=event.succeeded, provider=provider)
