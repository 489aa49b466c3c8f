"""A member's own copy of what the stream keeps about her: hot rows and files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from renmai.insight.stream.models import Day, EventRow, Merge
from renmai.insight.stream.queries import told
from renmai.insight.stream.records import Source, StreamEvent, Value
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.store import files


def of_member(user_id: int, *, limit: int) -> list[StreamEvent]:
    """Return the events of a member and of the browsers that turned out to be hers, newest first, ``limit`` at most."""
    browsers = list(Merge.objects.filter(user_id=user_id, separated_at__isnull=True).values_list("visitor_id", flat=True))
    rows = EventRow.objects.filter(Q(user_id=user_id) | Q(user_id__isnull=True, visitor_id__in=browsers))
    found = [told(row, user_id) for row in rows.order_by("-at", "-position")[:limit]]
    seen = {event.event_id for event in found}
    for day in Day.objects.order_by("-day"):
        if len(found) >= limit:
            break
        of_the_day = [event for event in _in_file(day, user_id, {each.hex for each in browsers}) if event.event_id not in seen]
        found += sorted(of_the_day, key=lambda event: (event.at, event.position), reverse=True)
    return found[:limit]


def _in_file(day: Day, user_id: int, browsers: set[str]) -> Iterator[StreamEvent]:
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(sorted(browsers), pa.string())
    for batch in files.stored(day):
        own = pc.fill_null(pc.equal(batch.column("user_id"), user_id), False)  # noqa: FBT003  a value
        guests = pc.and_(pc.is_null(batch.column("user_id")), pc.is_in(batch.column("visitor_id"), value_set=wanted))
        for row in batch.filter(pc.or_(own, guests)).to_pylist():
            yield _event(row, user_id)


def _event(row: dict[str, Any], user_id: int) -> StreamEvent:
    properties: dict[str, Value] = {name: row[name] for name in REGISTRY.columns() if row[name] is not None}
    at: datetime = row["at"].replace(tzinfo=UTC)
    received_at: datetime = row["received_at"].replace(tzinfo=UTC)
    return StreamEvent(
        position=row["position"],
        event_id=UUID(row["event_id"]),
        name=row["name"],
        version=row["version"],
        source=Source(row["source"]),
        visitor_id=UUID(row["visitor_id"]) if row["visitor_id"] else None,
        user_id=user_id,
        session_id=UUID(row["session_id"]) if row["session_id"] else None,
        product_id=row["product_id"],
        share_id=row["share_id"],
        at=at,
        received_at=received_at,
        properties=properties,
    )
