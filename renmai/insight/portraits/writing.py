"""How interests reach their table: rows in bulk with one statement for many, the same on both databases."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.db import connection

from renmai.insight.portraits.facets import Facet, Source
from renmai.insight.portraits.fading import both, moment_of
from renmai.insight.portraits.gathering import Parts
from renmai.insight.portraits.models import Interest

COLUMNS = ("user_id", "source", "facet", "value", "score", "count", "first_at", "last_at")
ROWS_AT_ONCE = 500
"""Rows of one statement: with eight columns well below what either database takes as parameters."""

MOMENTS_REMEMBERED = 1 << 17

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


def replace(rows: Iterable[Row], *, source: Source, user_ids: Collection[int]) -> int:
    """Put these rows in the place of all that is kept of ``user_ids`` from ``source``; return how many were written.

    Call it in a transaction.
    """
    forget(user_ids, source=source)
    return _insert(rows)


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


def _insert(rows: Iterable[Row]) -> int:
    """Write rows in blocks. One happening stands in many rows: its moment is put into the database's words once."""
    adapt = lru_cache(MOMENTS_REMEMBERED)(connection.ops.adapt_datetimefield_value)
    adapted = ((*row[:6], adapt(row[6]), adapt(row[7])) for row in rows)
    written = 0
    while block := list(islice(adapted, ROWS_AT_ONCE)):
        written += _send(block)
    return written


def _send(block: Sequence[tuple[Any, ...]]) -> int:
    """Write one block: a statement that names its columns once costs a fifth of one model instance for each row."""
    places = ", ".join(["(" + ", ".join(["%s"] * len(COLUMNS)) + ")"] * len(block))
    names = ", ".join(connection.ops.quote_name(name) for name in COLUMNS)
    parameters = list(chain.from_iterable(block))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Interest._meta.db_table} ({names}) VALUES {places}", parameters)  # noqa: S608  # nosec B608  # names of our own
    return len(block)
