"""What this room does when something happened elsewhere."""

from renmai.accounts.events import VisitorRecognised
from renmai.insight.actions import recognise_visitor


def join_views(event: VisitorRecognised) -> None:
    """A guest signed in: what she looked at is hers."""
    recognise_visitor(visitor_id=event.visitor_id, user_id=event.user_id)
