"""What this room does when something happened elsewhere.

OrderPaid → on_order_paid · ConsentWithdrawn → forget_looks
"""

from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn
from renmai.accounts.queries import user as user_of
from renmai.alerts.actions import forget, note_order
from renmai.ordering.events import OrderPaid


def on_order_paid(event: OrderPaid) -> None:
    """The buyer's agent had perhaps been told: now it is known what followed."""
    note_order(event.order_id)


def forget_looks(event: ConsentWithdrawn) -> None:
    """She no longer lets the shop keep what she looks at: what her agent was told of it goes, also what was just being told."""
    if event.purpose == Purpose.BROWSING:
        forget(user_of(event.user_id))
