"""The play's own figures."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q

from renmai.plays.bargain.models import Bargain, Cut

NEW_MEMBER = timedelta(days=1)


@dataclass(frozen=True)
class Counts:
    """How a campaign's bargains went. ``new_helpers`` joined within a day before they helped."""

    started: int
    going_on: int
    at_floor: int
    bought: int
    expired: int
    cuts: int
    helpers: int
    new_helpers: int

    @property
    def cuts_per_bargain_tenths(self) -> int | None:
        """The mean number of helpers of a bargain in tenths; None without bargains."""
        return self.cuts * 10 // self.started if self.started else None

    @property
    def bought_basis_points(self) -> int | None:
        """Bought ones of those that have ended; None while none has."""
        ended = self.bought + self.expired
        return self.bought * 10_000 // ended if ended else None


def counts_of(campaign_id: int) -> Counts:
    """Return the figures of a campaign, in two statements."""
    status = Bargain.Status
    rows = Bargain.objects.filter(campaign=campaign_id).aggregate(
        started=Count("pk"),
        going_on=Count("pk", filter=Q(status__in=[status.OPEN, status.ORDERED])),
        at_floor=Count("pk", filter=Q(cut_count=F("helpers"))),
        bought=Count("pk", filter=Q(status=status.BOUGHT)),
        expired=Count("pk", filter=Q(status=status.EXPIRED)),
    )
    is_new = Q(helper__created_at__gte=F("at") - NEW_MEMBER)
    cuts = Cut.objects.filter(campaign=campaign_id).aggregate(
        cuts=Count("pk"),
        helpers=Count("helper", distinct=True),
        new_helpers=Count("helper", distinct=True, filter=is_new),
    )
    return Counts(**rows, **cuts)
