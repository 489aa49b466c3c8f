"""The worker gives signs of life, works off what is due, and survives a database that goes away."""

import threading
from argparse import Namespace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.plays import Timer
from renmai.kernel import clock, outbox
from renmai.kernel.models import Alert, Heartbeat, OutboxEvent
from renmai.ordering.events import OrderCancelled, OrderPaid
from renmai.programs.models import WebhookEndpoint
from renmai.programs.reactions import queue_webhooks
from renmai.project import environment, timers, worker
from renmai.project.commands import worker as worker_command
from renmai.project.problems import Problem
from renmai.project.reactions import REACTIONS, reactions_now
from tools.testing.moving_clock import MovingClock


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
    assert beaten is not None
    with statements(0):
        assert worker._beat(beaten) == beaten
    later = worker._beat(beaten - timedelta(seconds=5))
    assert later is not None
    assert later > beaten


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


@pytest.mark.django_db
def test_a_clock_that_is_turned_back_stops_neither_signs_of_life_nor_timers(
    monkeypatch: pytest.MonkeyPatch, moving_clock: MovingClock
) -> None:
    ran: list[datetime] = []

    def sweep(_limit: int) -> int:
        ran.append(clock.now())
        return 0

    monkeypatch.setattr(timers, "TIMERS", (Timer("test", 60, sweep),))
    monkeypatch.setattr(timers, "_next_run", {})
    monkeypatch.setattr(worker, "_off_the_database", timedelta)
    timers.run_due()
    beaten = worker._beat(None)
    moving_clock.advance(seconds=59)
    timers.run_due()
    assert len(ran) == 1
    moving_clock.advance(hours=-1)
    timers.run_due()
    timers.run_due()
    assert ran == [ran[0], moving_clock.now]
    assert worker._beat(beaten) == moving_clock.now == Heartbeat.objects.get(pk="worker").at


@pytest.mark.django_db
@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_worker_whose_clock_is_off_touches_nothing_and_says_so(
    due: Counted, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    monkeypatch.setattr(worker, "_off_the_database", lambda: off)
    with pytest.raises(Problem, match="clock of this machine"):
        worker.run(once=True)
    assert due.calls == 0
    assert not Heartbeat.objects.exists()
    assert Alert.objects.get(resolved_at__isnull=True).code == "worker.clock"
    monkeypatch.setattr(worker, "_off_the_database", lambda: timedelta(minutes=5))
    assert worker.run(once=True) == 6
    assert not Alert.objects.filter(resolved_at__isnull=True).exists()


@pytest.mark.django_db
def test_the_database_says_what_time_it_is_for_all() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's clock is the machine's own")
    assert abs(worker._off_the_database()) < timedelta(minutes=1)
    with clock.shift(timedelta(hours=1)):
        assert timedelta(minutes=59) < worker._off_the_database() < timedelta(minutes=61)


@pytest.mark.django_db
def test_webhooks_are_only_asked_about_events_that_somebody_wants() -> None:
    owner = make_staff()
    assert queue_webhooks not in reactions_now()[OrderPaid]
    WebhookEndpoint.objects.create(
        url="https://shop.example/hook", secret="s" * 40, events=["ordering.OrderPaid"], created_by=owner
    )
    assert reactions_now()[OrderPaid] == REACTIONS[OrderPaid]
    assert queue_webhooks not in reactions_now()[OrderCancelled]
    assert REACTIONS[OrderCancelled][-1] is queue_webhooks
    WebhookEndpoint.objects.update(is_active=False)
    assert queue_webhooks not in reactions_now()[OrderPaid]
