"""How interests reach their table: rows in bulk with one statement for many, the same on both databases."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from renmai.insight.portraits.facets import Facet, Source
from renmai.insight.portraits.fading import BEGINNING, DAY, both, moment_of
from renmai.insight.portraits.gathering import Parts
from renmai.insight.portraits.models import Interest
from renmai.kernel import copying
from renmai.kernel.bulk import write_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

COLUMNS = ("user_id", "source", "facet", "value", "score", "count", "first_at", "last_at")
ROWS_AT_ONCE = 500
"""Rows of one statement that changes what is there."""

MOMENTS_REMEMBERED = 1 << 17
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Key = tuple[int, str, str]
"""User id, facet, value."""

Row = tuple[int, str, str, str, float, int, datetime, datetime]
"""One interest, in the order of ``COLUMNS``."""


def rows_of(parts: Iterable[Parts], *, source: Source) -> Iterator[Row]:
    """Yield the parts as rows of the table."""
    moment = lru_cache(MOMENTS_REMEMBERED)(moment_of)
    for part in parts:
        columns = (part.users, part.scores, part.counts, part.first, part.last)
        lists = zip(*(column.tolist() for column in columns), part.values, strict=True)
        for user_id, score, count, first, last, value in lists:
            yield user_id, source, part.facet, value, score, count, moment(first), moment(last)


def replace(parts: Iterable[Parts], *, source: Source, user_ids: Collection[int]) -> int:
    """Put the parts in the place of all that is kept of ``user_ids`` from ``source``; return how many rows were written.

    Call it in a transaction.
    """
    forget(user_ids, source=source)
    if copying.is_possible():
        return copying.write(Interest, COLUMNS, (_table(part, source=source) for part in parts))
    return _insert(rows_of(parts, source=source))


def merge(rows: Iterable[Row], *, source: Source) -> int:
    """Add these rows to what is kept already; return how many were written. Call it in a transaction, one at a time for a source."""
    new = {(row[0], row[2], row[3]): row for row in rows}
    users = {user_id for user_id, _facet, _value in new}
    known = Interest.objects.filter(user__in=users, source=source, value__in={value for _user, _facet, value in new}).order_by()
    changed = []
    for old in known:
        key: Key = (old.user_id, old.facet, old.value)
        if key in new:
            _user, _source, _facet, _value, score, count, first, last = new.pop(key)
            old.score = both(old.score, score)
            old.count += count
            old.first_at, old.last_at = min(old.first_at, first), max(old.last_at, last)
            changed.append(old)
    Interest.objects.bulk_update(changed, ["score", "count", "first_at", "last_at"], batch_size=ROWS_AT_ONCE)
    return len(changed) + _insert(new.values())


def forget(user_ids: Collection[int], *, source: Source | None = None) -> int:
    """Remove what is kept of these people, from one source or from all; return how many rows."""
    rows = Interest.objects.filter(user__in=user_ids)
    if source is not None:
        rows = rows.filter(source=source)
    return rows.delete()[0]


def facet_of(text: str) -> Facet | None:
    """Return the facet of that name, None when there is none."""
    return Facet(text) if text in set(Facet) else None


def _table(part: Parts, *, source: Source) -> Any:
    """Return the part as an Arrow table of ``COLUMNS``."""
    import pyarrow as pa

    size = len(part.users)
    columns = [
        *(part.users, pa.repeat(str(source), size), pa.repeat(str(part.facet), size), pa.array(part.values, pa.string())),
        *(part.scores, part.counts, _moments(part.first), _moments(part.last)),
    ]
    return pa.table(columns, names=list(COLUMNS))


def _moments(days: "NDArray[np.float64]") -> Any:
    """Do as ``moment_of`` for many (n). A day as a float is exact to a fraction of a microsecond, so rounding gives the one that was meant."""
    import numpy as np
    import pyarrow as pa

    since = np.rint(days * (DAY / MICROSECOND)).astype(np.int64) + (BEGINNING - EPOCH) // MICROSECOND
    return pa.array(since, pa.timestamp("us", tz="UTC"))


def _insert(rows: Iterable[Row]) -> int:
    return write_rows(Interest, COLUMNS, rows)
