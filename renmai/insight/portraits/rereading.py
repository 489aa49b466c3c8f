"""Reading again what people did: from the same events that are followed as they come, those in the database and those in files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import FloatField, Func, QuerySet, TextField
from django.db.models.functions import Cast

from renmai.insight.portraits.facets import BROWSED
from renmai.insight.portraits.fading import days_of, days_of_all
from renmai.insight.portraits.gathering import Happenings, happenings_of
from renmai.insight.stream.models import Cursor, Day, EventRow, Merge
from renmai.insight.stream.store import files

READER = "portraits"
"""The name under which this room reads the stream."""

COLUMNS = ("event_id", "name", "visitor_id", "user_id", "product_id", "at")
CHUNK = 10_000

Row = tuple[int, int, str, float]
"""User id, product id, name, days."""


def hold_reader() -> int:
    """Keep the reader of the stream where it is until the transaction ends, and return the position up to which it has read."""
    cursor, _new = Cursor.objects.select_for_update().get_or_create(name=READER)
    return cursor.position


def browsed(user_ids: Sequence[int], *, until: int) -> Happenings:
    """Return what these people did with products up to a position, sorted by user; what their browsers did before they were known too.

    Days that are files were read by every reader before they became files, so their events lie before any position.
    """
    if not user_ids:
        return happenings_of(())
    owners = dict(Merge.objects.filter(user_id__in=user_ids, separated_at__isnull=True).values_list("visitor_id", "user_id"))
    found = list(_hot(user_ids, owners, until=until))
    days = list(Day.objects.order_by("day"))
    if days:
        found += _filed(days, set(user_ids), {browser.hex: user for browser, user in owners.items()})
    return happenings_of(found).sorted()


def _hot(user_ids: Sequence[int], owners: Mapping[UUID, int], *, until: int) -> Iterator[Row]:
    rows = EventRow.objects.filter(position__lte=until, product_id__isnull=False, name__in=BROWSED).order_by()
    yield from _read(rows.filter(user_id__in=user_ids), "user_id")
    if owners:
        for visitor, product, name, days in _read(rows.filter(user_id__isnull=True, visitor_id__in=owners), "visitor_id"):
            yield owners[visitor], product, name, days


def _read(rows: QuerySet[EventRow], whose: str) -> Iterator[tuple[Any, int, str, float]]:
    """Yield events as whose they are, product, name and days. Moments are read by numpy: making Python's own of them takes most of a rebuild's time."""
    asked = rows.annotate(moment=_moment()).values_list(whose, "product_id", "name", "moment").iterator(chunk_size=CHUNK)
    while chunk := list(islice(asked, CHUNK)):
        people, products, names, moments = zip(*chunk, strict=True)
        yield from zip(people, products, names, days_of_all(moments).tolist(), strict=True)


def _moment() -> Any:
    """Return what is asked of the database for ``at``: seconds since 1970, or the text that SQLite keeps."""
    if connection.vendor == "sqlite":
        return Cast("at", TextField())
    return Func("at", template="EXTRACT(EPOCH FROM %(expressions)s)::float8", output_field=FloatField())


def _filed(days: Sequence[Day], user_ids: set[int], owners: Mapping[str, int]) -> Iterator[Row]:
    """Yield what files hold of these people, without events that came again and wait as rows to be added to their day.

    ``owners`` are browsers as files name them: 32 hexadecimal digits.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    hot = {event_id.hex for event_id in EventRow.objects.filter(at__lt=_end(days)).values_list("event_id", flat=True)}
    people, browsers = pa.array(sorted(user_ids), pa.int64()), pa.array(sorted(owners), pa.string())
    names = pa.array(BROWSED, pa.string())
    for day in days:
        for batch in files.column_batches(day, COLUMNS):
            hers = pc.is_in(batch.column("user_id"), value_set=people)
            guests = pc.and_(pc.is_null(batch.column("user_id")), pc.is_in(batch.column("visitor_id"), value_set=browsers))
            told = pc.and_(pc.is_in(batch.column("name"), value_set=names), pc.is_valid(batch.column("product_id")))
            for row in batch.filter(pc.and_(pc.or_(hers, guests), told)).to_pylist():
                if row["event_id"] not in hot:
                    user = row["user_id"] or owners[row["visitor_id"]]
                    yield user, row["product_id"], row["name"], days_of(row["at"])


def _end(days: Sequence[Day]) -> datetime:
    return datetime.combine(days[-1].day + timedelta(days=1), time.min, tzinfo=UTC)
