"""What the stream tells: the events of a person, of products, and those behind a position. The hot days only; ``store`` has all of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from renmai.accounts.models import User
from renmai.insight.stream.models import EventRow, Merge
from renmai.insight.stream.records import Source, StreamEvent
from renmai.insight.stream.registry import REGISTRY

MOST: Final = 1000
BROWSERS: Final = 200
"""Of somebody with very many browsers, only so many are looked into."""


def recent(
    *,
    user_id: int | None = None,
    visitor_id: UUID | None = None,
    names: Sequence[str] = (),
    since: datetime | None = None,
    limit: int = 100,
) -> list[StreamEvent]:
    """Return the last events of a member (with those of browsers that turned out to be hers) or of a browser, newest first.

    Nothing for nobody. At most ``MOST``; two statements for a member. Browsers of a member are not told apart from her: of one that was
    recognised, the events carry her ``user_id``.
    """
    if user_id is not None:
        hers = Merge.objects.filter(user_id=user_id, separated_at__isnull=True).order_by("-pk")
        browsers = list(hers.values_list("visitor_id", flat=True)[:BROWSERS])
        rows = EventRow.objects.filter(Q(user_id=user_id) | Q(user_id__isnull=True, visitor_id__in=browsers))
    elif visitor_id is not None:
        rows = EventRow.objects.filter(visitor_id=visitor_id)
    else:
        return []
    return _newest(rows, names=names, since=since, limit=limit)


def of_products(
    product_ids: Sequence[int], *, names: Sequence[str] = (), since: datetime | None = None, limit: int = MOST
) -> list[StreamEvent]:
    """Return the last events of any of these products (a few hundred at most), newest first. At most ``MOST``."""
    return _newest(EventRow.objects.filter(product_id__in=list(product_ids)[:MOST]), names=names, since=since, limit=limit)


def behind(position: int, *, limit: int) -> list[StreamEvent]:
    """Return the events after ``position`` in their order: what a reader reads. Two statements, one when there is nothing."""
    return _told(EventRow.objects.filter(position__gt=position).order_by("position")[:limit])


def last_position() -> int:
    """Return the position of the last event, 0 when the hot days are empty. One statement."""
    return EventRow.objects.order_by("-position").values_list("position", flat=True).first() or 0


def members_of(visitor_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return to whom each of these browsers turned out to belong; those of guests are missing. One statement, none for none."""
    asked = set(visitor_ids)
    if not asked:
        return {}
    return dict(Merge.objects.filter(visitor_id__in=asked, separated_at__isnull=True).values_list("visitor_id", "user_id"))


def export(user: User, *, limit: int = 10_000) -> list[StreamEvent]:
    """Return what the stream keeps about a member, of all days, newest first: her own copy of her data."""
    from renmai.insight.stream.store import exporting

    return exporting.of_member(user.pk, limit=limit)


def _newest(rows: QuerySet[EventRow], *, names: Sequence[str], since: datetime | None, limit: int) -> list[StreamEvent]:
    if names:
        rows = rows.filter(name__in=names)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return _told(rows.order_by("-at", "-position")[: min(limit, MOST)])


def _told(rows: Iterable[EventRow]) -> list[StreamEvent]:
    """Return rows as records, guests' with the member whom they turned out to be."""
    found = list(rows)
    members = members_of(row.visitor_id for row in found if row.user_id is None and row.visitor_id is not None)
    return [told(row, row.user_id or (members.get(row.visitor_id) if row.visitor_id else None)) for row in found]


def told(row: EventRow, user_id: int | None) -> StreamEvent:
    """Return one row as a record, of ``user_id``."""
    return StreamEvent(
        position=row.position,
        event_id=row.event_id,
        name=row.name,
        version=row.version,
        source=Source(row.source),
        visitor_id=row.visitor_id,
        user_id=user_id,
        session_id=row.session_id,
        product_id=row.product_id,
        share_id=row.share_id,
        at=row.at,
        received_at=row.received_at,
        properties=REGISTRY.upgraded(row.name, row.version, row.properties),
    )
