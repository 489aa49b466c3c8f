"""Places: few pages at once, each with the connection of its place; what streams gives its place back; whatever fails frees it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import connections

from renmai.project.places import Places

NOTHING: dict[str, Any] = {}


def start(_status: str, _headers: object) -> None:
    """What a server does with the head of an answer does not matter here."""


def in_threads(acts: Iterable[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive()


@pytest.fixture
def made() -> Iterator[list[object]]:
    """The connections that were made for requests; none of them is this test's."""
    found: list[object] = []
    yield found
    for one in found:
        one.close()  # type: ignore[attr-defined]


def test_no_more_at_once_than_there_are_places() -> None:
    inside, most, guard = 0, 0, threading.Lock()
    together = threading.Event()

    def page(_environ: dict[str, Any], _start: object) -> Iterable[bytes]:
        nonlocal inside, most
        with guard:
            inside += 1
            most = max(most, inside)
            if inside == 2:
                together.set()
        assert together.wait(10)
        with guard:
            inside -= 1
        return [b"page"]

    places = Places(page, count=2)
    answers: list[Iterable[bytes]] = []
    in_threads([lambda: answers.append(places(NOTHING, start))] * 6)
    assert (most, answers) == (2, [[b"page"]] * 6)


def test_many_threads_share_the_connections_of_few_places(made: list[object]) -> None:
    seen: list[object] = []

    def page(_environ: dict[str, Any], _start: object) -> Iterable[bytes]:
        seen.append(connections["default"])
        return [b"page"]

    places = Places(page, count=1)
    in_threads([lambda: places(NOTHING, start)] * 5)
    made.extend(set(seen))
    assert len(seen) == 5
    assert len(set(seen)) == 1
    assert seen[0] is not connections["default"]


class Streaming:
    """An answer that goes on."""

    streaming = True

    def __init__(self) -> None:
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield b"first"
        yield b"second"

    def close(self) -> None:
        """Noted."""
        self.is_closed = True


def test_what_streams_is_neither_read_nor_closed_and_holds_no_place() -> None:
    stream = Streaming()
    places = Places(lambda _environ, _start: stream if _environ else [b"page"], count=1)
    answers: list[Iterable[bytes]] = []
    in_threads([lambda: answers.append(places({"a": 1}, start)), lambda: answers.append(places(NOTHING, start))])
    assert any(answer is stream for answer in answers)
    assert [b"page"] in answers
    assert not stream.is_closed


def test_a_page_is_closed_in_its_place_so_that_its_connection_is_looked_after() -> None:
    closed: list[str] = []

    class Page:
        streaming = False

        def __iter__(self) -> Iterator[bytes]:
            yield b"a"
            yield b"b"

        def close(self) -> None:
            closed.append(threading.current_thread().name)

    answers: list[Iterable[bytes]] = []
    places = Places(lambda _environ, _start: Page(), count=1)
    in_threads([lambda: answers.append(places(NOTHING, start))])
    assert (answers, len(closed)) == ([[b"ab"]], 1)


def test_whatever_fails_frees_its_place() -> None:
    def broken(_environ: dict[str, Any], _start: object) -> Iterable[bytes]:
        raise ZeroDivisionError

    places, failed = Places(broken, count=1), []

    def ask() -> None:
        try:
            places(NOTHING, start)
        except ZeroDivisionError:
            failed.append(1)

    in_threads([ask, ask, ask])
    assert len(failed) == 3
