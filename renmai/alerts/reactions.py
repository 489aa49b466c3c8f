"""What this room does when something happened elsewhere.

OrderPaid → on_order_paid
"""

from renmai.alerts.actions import note_order
from renmai.ordering.events import OrderPaid


def on_order_paid(event: OrderPaid) -> None:
    """The buyer's agent had perhaps been told: now it is known what followed."""
    note_order(event.order_id)
