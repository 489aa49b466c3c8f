"""What this room writes."""

from renmai.insight.portraits.actions.choosing import correct, forget, show_to_agent, take_back
from renmai.insight.portraits.actions.following import on_events
from renmai.insight.portraits.actions.looking import record_look
from renmai.insight.portraits.actions.refreshing import find_unseen, mark, rebuild, recount, refresh, refresh_due, reread
from renmai.insight.portraits.actions.segments import archive, compose, recompose

__all__ = [
    "archive",
    "compose",
    "correct",
    "find_unseen",
    "forget",
    "mark",
    "on_events",
    "rebuild",
    "recompose",
    "record_look",
    "recount",
    "refresh",
    "refresh_due",
    "reread",
    "show_to_agent",
    "take_back",
]
