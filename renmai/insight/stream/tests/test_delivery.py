"""Readers get every event once, in order, whatever fails."""

from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from django.db import transaction

from renmai.insight.stream import delivery, queries
from renmai.insight.stream.actions import record
from renmai.insight.stream.delivery import ALERT, Consumer
from renmai.insight.stream.models import Cursor, EventRow, Tail
from renmai.insight.stream.records import Fact, StreamEvent
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel import clock
from renmai.kernel.models import Alert, Heartbeat
from tools.testing.moving_clock import MovingClock
from tools.testing.together import at_once

pytestmark = pytest.mark.django_db


class Reader:
    """Remembers what it read, and leaves a row for each event in the reader's own transaction; fails at the event ``stone``."""

    def __init__(self, name: str = "reader") -> None:
        self.seen: list[UUID] = []
        self.stone: UUID | None = None
        self.consumer = Consumer(name, self.on_events)

    def on_events(self, events: Sequence[StreamEvent]) -> None:
        for event in events:
            Heartbeat.objects.create(name=f"{self.consumer.name}{event.position}")
            if event.event_id == self.stone:
                raise ValueError("stumbled")
        self.seen += [event.event_id for event in events]


@pytest.fixture
def reader() -> Reader:
    return Reader()


def three() -> list[UUID]:
    return [happened("cart_opened", lines=number).event_id for number in range(3)]


def test_every_event_is_read_once_and_in_order(reader: Reader) -> None:
    told = three()
    assert delivery.deliver([reader.consumer], limit=2) == 2
    assert delivery.deliver([reader.consumer], limit=2) == 1
    assert delivery.deliver([reader.consumer], limit=2) == 0
    told += three()
    delivery.drain([reader.consumer])
    assert reader.seen == told


def test_a_reader_that_fails_stops_only_itself_and_goes_on_from_where_it_was(reader: Reader, moving_clock: MovingClock) -> None:
    other, told = Reader("other"), three()
    reader.stone = told[1]
    both = [reader.consumer, other.consumer]
    assert delivery.deliver(both) == 3
    assert (reader.seen, other.seen) == ([], told)
    assert not Heartbeat.objects.filter(name__startswith="reader").exists(), "what it did before it fell is undone"
    assert Alert.objects.get(code=ALERT, resolved_at__isnull=True).subject == "reader"
    assert delivery.deliver(both) == 0, "not at once again"
    moving_clock.advance(seconds=2)
    assert delivery.deliver(both) == 1, "one at a time, so that those before the stone get through"
    assert delivery.deliver(both) == 0
    reader.stone = None
    moving_clock.advance(seconds=6)
    delivery.drain(both)
    assert (reader.seen, other.seen) == (told, told)
    assert not Alert.objects.filter(code=ALERT, resolved_at__isnull=True).exists()


def test_a_worker_that_died_after_reading_loses_and_doubles_nothing(reader: Reader) -> None:
    told = three()

    class Died(BaseException):
        """A kill: nothing catches it."""

    def die(events: Sequence[StreamEvent]) -> None:
        reader.on_events(events)
        raise Died

    with pytest.raises(Died), transaction.atomic():
        delivery.deliver([Consumer("reader", die)])
    reader.seen.clear()
    delivery.drain([reader.consumer])
    assert reader.seen == told
    assert Heartbeat.objects.filter(name__startswith="reader").count() == 3


def test_a_reader_that_there_is_no_more_is_forgotten(reader: Reader) -> None:
    three()
    delivery.drain([reader.consumer, Reader("gone").consumer])
    assert delivery.forget_readers(["reader"]) == 1
    assert Cursor.objects.get().position == queries.last_position()


@pytest.mark.django_db(transaction=True)
def test_positions_become_visible_in_their_order_however_writers_meet(reader: Reader) -> None:
    Tail.objects.get_or_create(pk=1)

    def write(name: str) -> Callable[[], None]:
        def act() -> None:
            for number in range(5):
                record([Fact("order_paid", (name, number), clock.now(), properties={"order": 1, "fen": 1, "pieces": 1})])
                delivery.deliver([reader.consumer])

        return act

    at_once(*(write(name) for name in "abcd"), threads=4)
    delivery.drain([reader.consumer])
    assert len(reader.seen) == len(set(reader.seen)) == EventRow.objects.count() == 20
    assert list(EventRow.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 21))
