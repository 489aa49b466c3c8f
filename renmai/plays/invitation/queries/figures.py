"""The play's own figures."""

from dataclasses import dataclass

from django.db.models import Count, Q

from renmai.campaigns.models import Reward
from renmai.plays.invitation.models import Invitation


@dataclass(frozen=True)
class Counts:
    """How a campaign's invitations went."""

    brought: int
    inviters: int
    kept: int
    over_limit: int
    in_common: int
    granted: int
    held: int
    refused: int

    @property
    def kept_basis_points(self) -> int | None:
        """Those who kept an order, of those who were brought; None without any."""
        return self.kept * 10_000 // self.brought if self.brought else None


def counts_of(campaign_id: int) -> Counts:
    """Return the figures of a campaign, in two statements."""
    people = Invitation.objects.filter(campaign=campaign_id).aggregate(
        brought=Count("pk"),
        inviters=Count("inviter", distinct=True),
        kept=Count("pk", filter=Q(kept_order__isnull=False)),
        over_limit=Count("pk", filter=Q(kept_order__isnull=False, turn__isnull=True)),
        in_common=Count("pk", filter=~Q(in_common="")),
    )
    status = Reward.Status
    rewards = Reward.objects.filter(campaign=campaign_id).aggregate(
        granted=Count("pk", filter=Q(status=status.GRANTED)),
        held=Count("pk", filter=Q(status=status.REVIEW)),
        refused=Count("pk", filter=Q(status__in=[status.REFUSED, status.VOID])),
    )
    return Counts(**people, **rewards)
