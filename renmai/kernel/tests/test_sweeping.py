"""Sweeps: what is stuck at the head does not starve what is behind it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError

from renmai.kernel import clock
from renmai.kernel.models import Alert, OutboxEvent
from renmai.kernel.sweeping import STUCK, sweep

pytestmark = pytest.mark.django_db


def make(count: int, *, minutes_apart: int = 1) -> list[OutboxEvent]:
    start = clock.now() - timedelta(hours=1)
    moments = [start + timedelta(minutes=minutes_apart * index) for index in range(count)]
    return [OutboxEvent.objects.create(name="x", payload={}, due_at=moment) for moment in moments]


def test_the_oldest_come_first_and_the_limit_holds() -> None:
    rows = make(5)
    seen: list[int] = []

    def act(row: OutboxEvent) -> bool:
        seen.append(row.pk)
        return True

    assert sweep("bells", OutboxEvent.objects.all(), act, by="due_at", limit=3) == 3
    assert seen == [row.pk for row in rows[:3]]


@pytest.mark.parametrize("minutes_apart", [0, 1])
def test_rows_that_stay_are_passed_over(minutes_apart: int) -> None:
    rows = make(7, minutes_apart=minutes_apart)
    stuck = {row.pk for row in rows[:5]}
    seen: list[int] = []

    def act(row: OutboxEvent) -> bool:
        seen.append(row.pk)
        return row.pk not in stuck

    assert sweep("bells", OutboxEvent.objects.all(), act, by="due_at", limit=2) == 2
    assert seen == [row.pk for row in rows]


def test_a_row_that_fails_opens_one_alert_and_the_others_move() -> None:
    bad, good = make(2)

    def act(row: OutboxEvent) -> bool:
        if row.pk == bad.pk:
            raise ValueError("rusty")
        return bool(OutboxEvent.objects.filter(pk=row.pk).delete())

    for expected in (1, 0):
        assert sweep("bells", OutboxEvent.objects.all(), act, by="due_at", limit=1) == expected
    alert = Alert.objects.get()
    assert (alert.code, alert.subject, alert.detail) == (STUCK, f"bells {bad.pk}", "ValueError: rusty")
    assert not OutboxEvent.objects.filter(pk=good.pk).exists()


def test_a_database_that_does_not_answer_ends_the_sweep() -> None:
    make(2)

    def act(_row: OutboxEvent) -> bool:
        raise OperationalError("gone")

    with pytest.raises(OperationalError):
        sweep("bells", OutboxEvent.objects.all(), act, by="due_at", limit=5)
    assert not Alert.objects.exists()


def test_an_alert_does_not_repeat_the_row_that_the_database_quotes() -> None:
    make(1)

    def act(_row: OutboxEvent) -> bool:
        raise IntegrityError("a check is violated\nDETAIL:  Failing row contains (7, 王小明, 13987650123).")

    sweep("bells", OutboxEvent.objects.all(), act, by="due_at", limit=3)
    assert Alert.objects.get(code=STUCK).detail == "IntegrityError: a check is violated"
