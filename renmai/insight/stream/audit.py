"""What must hold of the stream: positions below the tail, one truth about each day, nobody's events against her will."""

from collections.abc import Iterator

from django.db.models import Max

from renmai.insight.stream.models import Cursor, Day, EventRow, Tail
from renmai.insight.stream.registry import REGISTRY
from renmai.insight.stream.store import files
from renmai.kernel.audits import Violation


def violations() -> Iterator[Violation]:
    """Yield what is wrong: an event or a reader beyond the tail, an event nobody knows, a day whose file is missing or of another size."""
    tail = Tail.objects.aggregate(last=Max("last"))["last"] or 0
    last = EventRow.objects.aggregate(last=Max("position"))["last"] or 0
    if last > tail:
        yield Violation("stream", "tail", f"the last event is {last}, the tail says {tail}")
    for reader in Cursor.objects.filter(position__gt=tail):
        yield Violation("stream", reader.name, f"has read up to {reader.position}, the tail says {tail}")
    for name in EventRow.objects.exclude(name__in=REGISTRY.names()).values_list("name", flat=True).distinct()[:100]:
        yield Violation("stream", name, "no such event in the registry")
    for day in Day.objects.order_by("day"):
        path = files.path_of(day)
        if not path.exists():
            yield Violation("stream", day.day.isoformat(), f"its file {day.file} is missing")
        elif path.stat().st_size != day.bytes:
            yield Violation("stream", day.day.isoformat(), f"{day.bytes} bytes were written, {path.stat().st_size} are there")
