"""Readers of the stream: each is handed every event once, in order, soon after it came.

What a reader does and how far it has read change in one transaction, so an event takes effect exactly once, whatever dies in between.
One that fails stops only itself: it tries again, later each time and one event at a time, and an alert is open meanwhile.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction

from renmai.insight.stream import queries
from renmai.insight.stream.models import Cursor
from renmai.insight.stream.records import StreamEvent
from renmai.kernel import clock, storage
from renmai.kernel.errors import told_of
from renmai.kernel.outbox import raise_alert, resolve_alerts

logger = logging.getLogger(__name__)

READ_AT_ONCE: Final = 500
BACKOFF_SECONDS: Final = (1, 5, 30, 120, 600)
ALERT: Final = "stream.reader"


@dataclass(frozen=True)
class Consumer:
    """A reader by its name. ``on_events`` gets events in the order of their positions, inside a transaction; what it raises undoes it.

    A new reader begins at the oldest event of the hot days: whoever acts at once should look at how old an event is.
    """

    name: str
    on_events: Callable[[Sequence[StreamEvent]], None]


def deliver(consumers: Sequence[Consumer], *, limit: int = READ_AT_ONCE) -> int:
    """Hand each reader the next ``limit`` events at most; return how many were handed over. Never raises for a reader's own fault."""
    cursors = {cursor.name: cursor for cursor in Cursor.objects.filter(name__in=[each.name for each in consumers])}
    done, last = 0, queries.last_position()
    for consumer in consumers:
        cursor = cursors.get(consumer.name) or _begin(consumer)
        if cursor.due_at <= clock.now() and cursor.position < last:
            done += _hand_over(consumer, cursor, limit=1 if cursor.failures else limit)
    return done


def drain(consumers: Sequence[Consumer], *, rounds: int = 10_000) -> int:
    """Deliver until every reader has read all, or waits after a failure; return how many events were handed over."""
    total = 0
    for _round in range(rounds):
        done = deliver(consumers)
        if not done:
            return total
        total += done
    raise AssertionError("the stream never runs dry: readers feed one another")


def forget_readers(names: Sequence[str]) -> int:
    """Forget readers that there are no more, so that no day waits for them; return how many."""
    return Cursor.objects.exclude(name__in=names).delete()[0]


def _begin(consumer: Consumer) -> Cursor:
    return Cursor.objects.get_or_create(name=consumer.name)[0]


def _hand_over(consumer: Consumer, cursor: Cursor, *, limit: int) -> int:
    """Let one reader read; 0 when somebody else's worker was first, or when it failed."""
    try:
        with transaction.atomic():
            held = Cursor.objects.select_for_update().get(pk=cursor.pk)
            events = queries.behind(held.position, limit=limit)
            if not events:
                return 0
            consumer.on_events(events)
            moved = Cursor.objects.filter(pk=cursor.pk, position=held.position)
            moved.update(position=events[-1].position, failures=0, due_at=clock.now(), moved_at=clock.now())
    except Exception as error:
        if storage.has_no_room(error):
            # A full disk is not the reader's fault.
            raise
        logger.exception("the reader %s of the stream failed behind position %s", consumer.name, cursor.position)
        _postpone(consumer, cursor, error)
        return 0
    if cursor.failures:
        resolve_alerts(ALERT, [consumer.name])
    return len(events)


def _postpone(consumer: Consumer, cursor: Cursor, error: Exception) -> None:
    delay = timedelta(seconds=BACKOFF_SECONDS[min(cursor.failures, len(BACKOFF_SECONDS) - 1)])
    Cursor.objects.filter(pk=cursor.pk).update(failures=min(cursor.failures + 1, 1000), due_at=clock.now() + delay)
    raise_alert(ALERT, consumer.name, told_of(error))
