"""What the machine room asks, and the headers of every answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from renmai.kernel import clock
from renmai.kernel.models import Heartbeat
from renmai.project import health
from tools.testing.moving_clock import MovingClock


def test_serving_needs_neither_database_nor_worker(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "serving"})


@pytest.mark.django_db
def test_ready_as_long_as_the_worker_gives_signs_of_life(client: Client, moving_clock: MovingClock) -> None:
    Heartbeat.objects.create(pk="worker", at=clock.now())
    assert client.get("/readyz").json() == {"status": "ready", "database": "ok", "worker": "ok"}
    moving_clock.advance(seconds=30)
    assert client.get("/readyz").status_code == 200
    moving_clock.advance(seconds=1)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "silent")


@pytest.mark.django_db
def test_not_ready_when_the_worker_lives_in_another_time(client: Client, moving_clock: MovingClock) -> None:
    Heartbeat.objects.create(pk="worker", at=clock.now())
    moving_clock.advance(seconds=-30)
    assert client.get("/readyz").status_code == 200
    moving_clock.advance(seconds=-1)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (503, "another clock")


@pytest.mark.django_db
def test_not_ready_before_the_first_sign_of_life(client: Client) -> None:
    Heartbeat.objects.create(pk="somebody else", at=clock.now() + timedelta(days=1))
    assert client.get("/readyz").status_code == 503


@pytest.fixture
def _silent_database(db: None) -> Iterator[None]:
    def fail(*_arguments: Any) -> Any:
        raise OperationalError("gone")

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.usefixtures("_silent_database")
def test_not_ready_without_the_database(rf: RequestFactory) -> None:
    answer = health.ready(rf.get("/readyz"))
    assert answer.status_code == 503
    assert b'"database": "no answer"' in answer.content


def test_only_questions_are_answered(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_every_answer_forbids_inline_scripts_and_frames(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert client.get("/healthz").headers["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_the_statements_fixture_counts_exactly(statements: Any) -> None:
    with statements(2):
        Heartbeat.objects.update_or_create(pk="worker", defaults={"at": clock.now()})
    with pytest.raises(AssertionError, match="2 statements expected, 1 sent"), statements(2):
        Heartbeat.objects.count()
