"""How the stream itself is doing: what came, what was set aside, who is behind, what is stored where."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Max, Sum

from renmai.insight.stream.models import Aside, Cursor, Day, EventRow, Example
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.registry import REGISTRY, Schema
from renmai.kernel import clock

WINDOW: Final = timedelta(hours=24)
ASIDE_DAYS: Final = 7
EXAMPLES_SHOWN: Final = 5


@dataclass(frozen=True)
class Told:
    """One event of the registry and how often it came in the last 24 hours."""

    schema: Schema
    count: int


@dataclass(frozen=True)
class SetAside:
    """What was set aside for one reason in the last days, with the newest examples."""

    reason: Reason
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Behind:
    """One reader: how many positions it is behind, when it last moved, how often it failed since, and when it tries again."""

    name: str
    waiting: int
    moved_at: datetime
    failures: int
    due_at: datetime


@dataclass(frozen=True)
class StreamFigures:
    """Everything the page of events shows. Counts are of events; ``file_bytes`` of all files together."""

    told: tuple[Told, ...]
    newest_at: datetime | None
    aside: tuple[SetAside, ...]
    readers: tuple[Behind, ...]
    hot: int
    days: int
    in_files: int
    file_bytes: int

    @property
    def total(self) -> int:
        """How many events came in the last 24 hours."""
        return sum(each.count for each in self.told)

    @property
    def most(self) -> int:
        """How often the most frequent one came."""
        return max((each.count for each in self.told), default=0)

    @property
    def set_aside(self) -> int:
        """How many were set aside in the last days."""
        return sum(each.count for each in self.aside)

    @property
    def furthest_behind(self) -> int:
        """How far the slowest reader is behind."""
        return max((each.waiting for each in self.readers), default=0)


def stream_figures() -> StreamFigures:
    """Return how the stream is doing now. Seven statements, one more for each reason that something was set aside for."""
    since = clock.now() - WINDOW
    counted = dict(
        EventRow.objects.filter(at__gte=since).values_list("name").annotate(count=Count("position")).values_list("name", "count")
    )
    newest = EventRow.objects.aggregate(last=Max("position"), at=Max("received_at"))
    files = Day.objects.aggregate(days=Count("day"), events=Sum("events"), size=Sum("bytes"))
    cursors = Cursor.objects.order_by("name")
    return StreamFigures(
        told=tuple(Told(schema, counted.get(schema.name, 0)) for schema in map(REGISTRY.current, REGISTRY.names())),
        newest_at=newest["at"],
        aside=_aside(),
        readers=tuple(
            Behind(each.name, max(0, (newest["last"] or 0) - each.position), each.moved_at, each.failures, each.due_at)
            for each in cursors
        ),
        hot=EventRow.objects.count(),
        days=files["days"],
        in_files=files["events"] or 0,
        file_bytes=files["size"] or 0,
    )


def _aside() -> tuple[SetAside, ...]:
    first = (clock.now() - timedelta(days=ASIDE_DAYS - 1)).date()
    counted = (
        Aside.objects.filter(day__gte=first, reason__in=list(Reason))
        .values_list("reason")
        .annotate(total=Sum("count"))
        .order_by("-total", "reason")
    )
    return tuple(SetAside(Reason(reason), total, _examples(reason)) for reason, total in counted)


def _examples(reason: str) -> tuple[Example, ...]:
    """Return the newest examples of one reason, each sentence once."""
    newest = Example.objects.filter(reason=reason).order_by("-pk")[: EXAMPLES_SHOWN * 4]
    once = {(each.name, each.detail): each for each in reversed(newest)}
    return tuple(once.values())[-EXAMPLES_SHOWN:]
