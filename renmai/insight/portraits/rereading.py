"""Reading again what people did: from the same events that are followed as they come, those in the database and those in files."""

from collections.abc import Sequence

from renmai.insight.portraits.facets import BROWSED
from renmai.insight.portraits.fading import days_of
from renmai.insight.portraits.gathering import Happenings, happenings_of
from renmai.insight.stream.models import Cursor, EventRow, Merge

READER = "portraits"
"""The name under which this room reads the stream."""


def hold_reader() -> int:
    """Keep the reader of the stream where it is until the transaction ends, and return the position up to which it has read."""
    cursor, _new = Cursor.objects.select_for_update().get_or_create(name=READER)
    return cursor.position


def browsed(user_ids: Sequence[int], *, until: int) -> Happenings:
    """Return what these people did with products up to a position, sorted by user; what their browsers did before they were known too."""
    if not user_ids:
        return happenings_of(())
    rows = EventRow.objects.filter(position__lte=until, product_id__isnull=False, name__in=BROWSED).order_by()
    hers = rows.filter(user_id__in=user_ids).values_list("user_id", "product_id", "name", "at")
    owners = dict(Merge.objects.filter(user_id__in=user_ids, separated_at__isnull=True).values_list("visitor_id", "user_id"))
    guests = rows.filter(user_id__isnull=True, visitor_id__in=owners).values_list("visitor_id", "product_id", "name", "at")
    found = [
        (user, product, name, days_of(at)) for user, product, name, at in hers.iterator(chunk_size=10_000) if user and product
    ]
    for visitor, product, name, at in guests.iterator(chunk_size=10_000):
        if visitor and product:
            found.append((owners[visitor], product, name, days_of(at)))
    return happenings_of(found).sorted()
