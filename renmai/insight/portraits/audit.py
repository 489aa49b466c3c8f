"""What must be true of interests: a part never exceeds its whole, and what she took out of her portrait is not in it."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from renmai.insight.portraits.facets import WHOLE
from renmai.insight.portraits.models import Correction, Interest
from renmai.kernel.audits import Violation

CHUNK = 1000
ROUNDING = 1e-6
"""Scores are sums of floats in different orders."""


def violations() -> Iterator[Violation]:
    """Yield what is wrong."""
    same = Interest.objects.filter(user=OuterRef("user"), source=OuterRef("source"), facet=OuterRef("facet"), value=WHOLE)
    enough = same.filter(count__gte=OuterRef("count"), score__gte=OuterRef("score") - ROUNDING)
    for row in Interest.objects.exclude(value=WHOLE).filter(~Exists(enough)).iterator(CHUNK):
        yield Violation("portraits", _name(row), "a part is more than its whole")
    taken_out = Correction.objects.filter(user=OuterRef("user"), facet=OuterRef("facet"), value=OuterRef("value"))
    for row in Interest.objects.filter(Exists(taken_out)).iterator(CHUNK):
        yield Violation("portraits", _name(row), "she took it out of her portrait")


def _name(row: Interest) -> str:
    return f"interest {row.user_id} {row.source} {row.facet} {row.value}"
