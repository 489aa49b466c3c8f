"""Writes of the room."""

from renmai.alerts.actions.answering import dismiss, note_seen, share_it
from renmai.alerts.actions.following import close, close_denied, follow_visits, forget, miss_overdue, note_order
from renmai.alerts.actions.watching import FRESH, watch

__all__ = [
    "FRESH",
    "close",
    "close_denied",
    "dismiss",
    "follow_visits",
    "forget",
    "miss_overdue",
    "note_order",
    "note_seen",
    "share_it",
    "watch",
]
