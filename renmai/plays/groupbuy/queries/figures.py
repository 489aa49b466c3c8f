"""How the groups of a campaign went."""

from dataclasses import dataclass

from django.db.models import Avg, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum

from renmai.ordering.models import Order
from renmai.plays.groupbuy.models import Group, Seat

BACK = (Seat.Status.RETURNED, Seat.Status.LEFT)


@dataclass(frozen=True)
class Counts:
    """Figures of one campaign's groups. ``fill_seconds`` is None while no group was filled."""

    opened: int
    done: int
    failed: int
    fill_seconds: int | None
    people: int
    refunded_fen: int
    newcomers: int

    @property
    def success_basis_points(self) -> int | None:
        """Complete groups of those that have ended."""
        ended = self.done + self.failed
        return self.done * 10_000 // ended if ended else None

    @property
    def people_per_group(self) -> int | None:
        """Members of complete groups, by the number of these."""
        return round(self.people / self.done) if self.done else None


def counts_of(campaign_id: int) -> Counts:
    """Return the figures of a campaign, in three statements."""
    done = Q(status=Group.Status.DONE)
    took = ExpressionWrapper(F("closed_at") - F("opened_at"), output_field=DurationField())
    groups = Group.objects.filter(campaign=campaign_id).aggregate(
        opened=Count("pk"),
        done=Count("pk", filter=done),
        failed=Count("pk", filter=Q(status=Group.Status.FAILED)),
        fill=Avg(took, filter=done & Q(reason=Group.Reason.FULL)),
        people=Sum("joined", filter=done),
    )
    seats = Seat.objects.filter(campaign=campaign_id)
    back = seats.filter(status__in=BACK).aggregate(fen=Sum("order__refunded_fen"))["fen"] or 0
    earlier = Order.objects.filter(buyer=OuterRef("user"), paid_at__lt=OuterRef("order__paid_at"))
    kept = seats.filter(~Exists(earlier), status=Seat.Status.KEPT)
    return Counts(
        opened=groups["opened"],
        done=groups["done"],
        failed=groups["failed"],
        fill_seconds=int(groups["fill"].total_seconds()) if groups["fill"] is not None else None,
        people=groups["people"] or 0,
        refunded_fen=back,
        newcomers=kept.values("user").distinct().count(),
    )
