"""The worker gives signs of life, works off what is due, and survives a database that goes away."""

import threading
from argparse import Namespace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection

from renmai.kernel import clock, outbox
from renmai.kernel.models import Heartbeat, OutboxEvent
from renmai.project import environment, timers, worker
from renmai.project.commands import worker as worker_command


class Counted:
    """Stands for the outbox or the timers: gives these numbers one after the other, then 0; an exception is raised."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers = list(answers)
        self.calls = 0

    def __call__(self, *_arguments: Any, **_options: Any) -> int:
        self.calls += 1
        answer = self.answers.pop(0) if self.answers else 0
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def due(monkeypatch: pytest.MonkeyPatch) -> Counted:
    events = Counted(3, 2)
    monkeypatch.setattr(outbox, "deliver_due", events)
    monkeypatch.setattr(timers, "run_due", Counted(0, 1))
    return events


@pytest.mark.django_db
def test_events_that_were_given_up_are_tried_again_when_asked(
    due: Counted, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "current", lambda: SimpleNamespace(require_secret_key=lambda: None))
    row = OutboxEvent.objects.create(name="x", payload={}, status=OutboxEvent.Status.DEAD)
    assert worker_command.run(Namespace(once=True, retry_dead=False)) == 0
    row.refresh_from_db()
    assert row.status == OutboxEvent.Status.DEAD
    assert worker_command.run(Namespace(once=True, retry_dead=True)) == 0
    row.refresh_from_db()
    assert row.status == OutboxEvent.Status.PENDING
    assert "1 events are tried again" in capsys.readouterr().out


@pytest.mark.django_db
def test_once_works_until_nothing_is_due(due: Counted) -> None:
    assert worker.run(once=True) == 6
    assert due.calls == 3
    assert clock.now() - Heartbeat.objects.get(pk="worker").at < timedelta(seconds=5)


@pytest.mark.django_db
def test_signs_of_life_are_written_every_five_seconds_only(due: Counted, statements: Any) -> None:
    beaten = worker._beat(None)
    with statements(0):
        assert worker._beat(beaten) == beaten
    assert worker._beat(beaten - timedelta(seconds=5)) > beaten


@pytest.mark.django_db
def test_a_database_that_goes_away_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    events = Counted(OperationalError("gone"), 1)
    monkeypatch.setattr(outbox, "deliver_due", events)

    def stop_after_this() -> int:
        stop.set()
        return 0

    monkeypatch.setattr(timers, "run_due", stop_after_this)
    monkeypatch.setattr(worker, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert worker.run(stop=stop) == 1
    assert events.calls == 2


@pytest.mark.django_db
def test_once_does_not_hide_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "deliver_due", Counted(OperationalError("gone")))
    with pytest.raises(OperationalError):
        worker.run(once=True)
