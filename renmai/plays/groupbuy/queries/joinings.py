"""Who joined whose group: how a campaign spreads."""

from collections.abc import Sequence
from datetime import datetime

from renmai.campaigns.plays import Joining
from renmai.plays.groupbuy.models import Seat


def joinings_of(campaign_id: int, *, until: datetime, limit: int) -> Sequence[Joining]:
    """Return who paid for a place before ``until``, and who leads the group that she joined. One statement."""
    rows = Seat.objects.filter(campaign_id=campaign_id, ordered_at__lt=until, order__paid_at__isnull=False).order_by("-pk")
    found = rows.values_list("user_id", "group__leader_id", "ordered_at")[:limit]
    return [Joining(user, leader if leader != user else None, at) for user, leader, at in found]
