"""Reads of the room."""

from renmai.channels.models import OutgoingText
from renmai.channels.table import CHANNELS, Channel

INBOX_LIMIT = 100


def inbox(*, phone: str = "", limit: int = 30) -> list[OutgoingText]:
    """Return the newest messages (to ``phone``, when given): the development inbox. Never a page of a shop that sends for real."""
    rows = OutgoingText.objects.order_by("-created_at", "-pk")
    if phone:
        rows = rows.filter(phone=phone)
    return list(rows[: min(limit, INBOX_LIMIT)])


def channels() -> tuple[Channel, ...]:
    """Return the table of channels."""
    return CHANNELS
