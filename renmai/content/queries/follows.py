"""Whom and what somebody follows."""

from renmai.accounts.models import User
from renmai.content.actions.following import MOST_FOLLOWS, Target
from renmai.content.models import Follow


def is_followed(user: User | None, target: Target) -> bool:
    """Whether somebody follows this; a guest follows nothing. One statement."""
    return user is not None and target.among(Follow.objects.filter(follower=user)).exists()


def followed(user: User) -> list[Follow]:
    """Return what somebody follows, the newest first, with its names; at most ``MOST_FOLLOWS``."""
    rows = Follow.objects.filter(follower=user).select_related("author__shop", "topic")
    return list(rows.order_by("-at", "-pk")[:MOST_FOLLOWS])
