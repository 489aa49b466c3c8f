"""Somebody wants what she looked at forgotten: every room that made something of it lets go of it in the same moment."""

from django.db import transaction

from renmai.accounts.models import User
from renmai.alerts import actions as alerts
from renmai.content import actions as content
from renmai.insight.portraits import actions as portraits
from renmai.insight.stream import actions as stream
from renmai.matching import actions as matching


@transaction.atomic
def forget_browsing(user: User) -> None:
    """Delete what ``user`` looked at, posts too, what her portrait made of it, what her agent was told and the lists that rested on it.

    Her orders, her agreements and what she did in public stay. Files of finished days follow within seconds (``stream.forget_in_files``).
    """
    content.forget_looks(user.pk)
    stream.forget_browsing(user)
    portraits.forget(user)
    alerts.forget(user)
    matching.forget_looks(user.pk)
