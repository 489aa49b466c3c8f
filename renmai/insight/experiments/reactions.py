"""What this room does when something happened elsewhere."""

from uuid import UUID

from renmai.accounts.events import VisitorRecognised
from renmai.insight.experiments.exposing import recognise_visitor


def join_exposures(event: VisitorRecognised) -> None:
    """A guest signed in: what she was dealt goes with her."""
    recognise_visitor(visitor_id=UUID(event.visitor_id), user_id=event.user_id)
