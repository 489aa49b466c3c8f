"""Who helped whom: how a campaign spreads."""

from collections.abc import Sequence
from datetime import datetime

from renmai.campaigns.plays import Joining
from renmai.plays.bargain.models import Bargain, Cut


def joinings_of(campaign_id: int, *, until: datetime, limit: int) -> Sequence[Joining]:
    """Return who started a bargain before ``until``, and who helped with whose. Two statements."""
    started = Bargain.objects.filter(campaign_id=campaign_id, started_at__lt=until).order_by("-pk")
    cuts = Cut.objects.filter(campaign_id=campaign_id, at__lt=until).order_by("-pk")
    helped = cuts.values_list("helper_id", "bargain__owner_id", "at")[:limit]
    return [
        *(Joining(owner, None, at) for owner, at in started.values_list("owner_id", "started_at")[:limit]),
        *(Joining(helper, owner if owner != helper else None, at) for helper, owner, at in helped),
    ]
