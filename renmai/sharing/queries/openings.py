"""Which links somebody opened."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from renmai.sharing.models import Visit

MOST_OPENINGS = 200


@dataclass(frozen=True)
class Opening:
    """A link was opened; ``product_id`` is what it is about, None for a shop or a page without goods."""

    product_id: int | None
    at: datetime


def openings_of(user_id: int, *, since: datetime, until: datetime) -> list[Opening]:
    """Return which links of others somebody, or a browser of hers, opened, newest first, at most ``MOST_OPENINGS``. One statement."""
    hers = Q(user_id=user_id) | Q(user__isnull=True, visitor__user_id=user_id)
    rows = Visit.objects.filter(hers, is_valid=True, at__gte=since, at__lte=until).exclude(share__sharer_id=user_id)
    found = rows.order_by("-at", "-pk").values_list("share__product_id", "at")
    return [Opening(*row) for row in found[:MOST_OPENINGS]]
