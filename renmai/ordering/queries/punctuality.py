"""How punctual suppliers are, counted from the parcels themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from renmai.kernel import clock
from renmai.ordering.models import Shipment


@dataclass(frozen=True)
class Punctuality:
    """Parcels of a supplier that were due in a period, and how many of them left late or have not left yet though late."""

    supplier_id: int
    due: int
    late: int

    @property
    def late_share(self) -> float | None:
        """Late parcels among those due, 0 … 1; None when none was due."""
        return self.late / self.due if self.due else None


def punctuality(*, since: datetime) -> dict[int, Punctuality]:
    """Return the punctuality of every supplier whose parcels were due between ``since`` and now. One statement.

    Cancelled parcels and those handed over at the counter do not count.
    """
    now = clock.now()
    due = Shipment.objects.filter(ship_before__gte=since, ship_before__lt=now, order__delivery="parcel").exclude(
        status=Shipment.Status.CANCELLED
    )
    is_late = Q(shipped_at__gt=F("ship_before")) | Q(shipped_at__isnull=True)
    rows = due.order_by().values_list("supplier_id").annotate(due=Count("pk"), late=Count("pk", filter=is_late))
    return {supplier_id: Punctuality(supplier_id, due_count, late_count) for supplier_id, due_count, late_count in rows}
