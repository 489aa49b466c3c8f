"""What this room does when something happened elsewhere."""

from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn, VisitorRecognised
from renmai.content import actions
from renmai.ordering.events import OrderPaid


def join_looks(event: VisitorRecognised) -> None:
    """A guest signed in: the posts she looked at are hers."""
    actions.recognise_visitor(visitor_id=event.visitor_id, user_id=event.user_id)


def on_order_paid(event: OrderPaid) -> None:
    """An order is paid: write down which posts led to it."""
    actions.attribute(event.order_id)


def forget_looks(event: ConsentWithdrawn) -> None:
    """She no longer lets the shop keep what she looks at: the posts too."""
    if event.purpose == Purpose.BROWSING:
        actions.forget_looks(event.user_id)
