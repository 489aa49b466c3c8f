"""Connections kept between requests: not asked anything while they live, replaced when the server has hung up."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection, connections

from renmai.project.connections import TRUST, TRUSTED_SECONDS, install

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_thread(act: Callable[[], Any]) -> Any:
    """What ``act`` returns on a thread of its own, with a connection of its own."""
    said: list[Any] = []

    def run() -> None:
        try:
            said.append(act())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=30)
    assert said, "the thread failed; its reason stands above"
    return said[0]


def request() -> int:
    """One request on this thread: what its connection is called by the server."""
    request_started.send(sender=None, environ={})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (name,) = cursor.fetchone()
    request_finished.send(sender=None)
    return int(name)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Gets a line for every connection that is asked whether it lives."""
    said: list[bool] = []

    def is_usable(_self: object) -> bool:
        said.append(True)
        return True

    monkeypatch.setattr(type(connections["default"]), "is_usable", is_usable)
    return said


@pytest.fixture(autouse=True)
def _on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could hang up")
    # Django's test client takes Django's own receiver out and puts it back at the end; in a shop ours stays the last.
    request_started.disconnect(dispatch_uid=TRUST)
    install()


def test_a_live_connection_is_not_asked_whether_it_lives(asked: list[bool]) -> None:
    def two_requests() -> bool:
        return request() == request()

    assert in_a_thread(two_requests)
    assert asked == []


def test_a_connection_that_was_silent_for_long_is_asked(asked: list[bool]) -> None:
    def two_requests() -> bool:
        first = request()
        kept, seen_at = connection.renmai_last_seen  # type: ignore[attr-defined]
        connection.renmai_last_seen = (kept, seen_at - TRUSTED_SECONDS)  # type: ignore[attr-defined]
        return first == request()

    assert in_a_thread(two_requests)
    assert asked == [True]


def test_the_request_after_the_server_hung_up_gets_another_connection() -> None:
    first: list[int] = []
    may_go_on = threading.Event()

    def two_requests() -> int:
        first.append(request())
        ready.set()
        may_go_on.wait(timeout=20)
        return request()

    ready = threading.Event()
    second: list[int] = []
    thread = threading.Thread(target=lambda: second.append(in_a_thread(two_requests)))
    thread.start()
    assert ready.wait(timeout=20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first[0]])
        assert cursor.fetchone() == (True,)
    may_go_on.set()
    thread.join(timeout=30)
    assert len(second) == 1
    assert second != first
