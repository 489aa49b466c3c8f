"""Streams: each agent her own, resumed where they broke, one question for all, few of a person, ended when we stop."""

import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from renmai.alerts import live
from renmai.alerts.live import Lines, Note, Streams
from renmai.kernel.errors import DomainError


class Alerts:
    """Numbered notes in memory, and how often they were asked for."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.asked = 0
        self.fails = 0

    def add(self, user_id: int) -> int:
        self.notes.append(Note(len(self.notes) + 1, user_id))
        return len(self.notes)

    def ask(self, after: int) -> Sequence[Note]:
        self.asked += 1
        if self.fails:
            self.fails -= 1
            raise RuntimeError("as a test")
        return [note for note in self.notes if note.number > after]

    def newest(self) -> int:
        return len(self.notes)


@pytest.fixture
def alerts() -> Alerts:
    return Alerts()


@pytest.fixture
def streams(alerts: Alerts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Streams]:
    monkeypatch.setattr(live, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(live, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.2)
    found = Streams(ask=alerts.ask, newest=alerts.newest, most=5)
    yield found
    found.close()
    for thread in [thread for thread in threading.enumerate() if thread.name == "live"]:
        thread.join(timeout=5)
        assert not thread.is_alive()


class Listener:
    """Reads a stream in a thread, like a browser."""

    def __init__(self, streams: Streams, user_id: int, *, after: int = 0, backlog: Sequence[Note] = ()) -> None:
        self.body: Lines = streams.open(user_id, after=after, backlog=lambda: backlog)
        self.lines: list[str] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        self.lines.extend(line.decode() for line in self.body)

    def numbers(self) -> list[int]:
        return [int(line.split("\n")[0].removeprefix("id: ")) for line in self.lines if line.startswith("id: ")]

    def has_ended(self) -> bool:
        self._thread.join(timeout=5)
        return not self._thread.is_alive()


def eventually(true: "object") -> bool:
    ends = time.monotonic() + 5
    while time.monotonic() < ends:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.005)
    return False


def test_everybody_hears_what_is_for_her_and_nothing_else(streams: Streams, alerts: Alerts) -> None:
    hers, other = Listener(streams, 1), Listener(streams, 2)
    for user_id in (1, 2, 1, 3):
        alerts.add(user_id)
    assert eventually(lambda: (hers.numbers(), other.numbers()) == ([1, 3], [2]))


def test_both_tabs_of_one_person_hear_it(streams: Streams, alerts: Alerts) -> None:
    tabs = [Listener(streams, 1), Listener(streams, 1)]
    alerts.add(1)
    assert eventually(lambda: [tab.numbers() for tab in tabs] == [[1], [1]])


def test_after_a_break_she_hears_what_came_meanwhile_once_and_in_order(streams: Streams, alerts: Alerts) -> None:
    alerts.add(1)
    missed = [Note(alerts.add(1), 1)]
    back = Listener(streams, 1, after=1, backlog=missed)
    # What is in the backlog comes from the database as well when both looked at the same moment.
    streams.hand_out(missed)
    alerts.add(1)
    assert eventually(lambda: back.numbers() == [2, 3])
    time.sleep(0.05)
    assert back.numbers() == [2, 3]


def test_one_question_for_all_streams_and_none_without_any(streams: Streams, alerts: Alerts) -> None:
    listeners = [Listener(streams, number) for number in range(5)]
    assert eventually(lambda: alerts.asked > 5)
    assert len([thread for thread in threading.enumerate() if thread.name == "live"]) == 1
    for listener in listeners:
        listener.body._stream.waiting.put("elsewhere")
        assert listener.has_ended()
    assert eventually(lambda: not [thread for thread in threading.enumerate() if thread.name == "live"])
    asked = alerts.asked
    time.sleep(0.05)
    assert (alerts.asked, len(streams)) == (asked, 0)
    again = Listener(streams, 1)
    alerts.add(1)
    assert eventually(lambda: again.numbers() == [1])


def test_a_question_that_fails_is_asked_again(streams: Streams, alerts: Alerts) -> None:
    alerts.fails = 2
    listener = Listener(streams, 1)
    alerts.add(1)
    assert eventually(lambda: listener.numbers() == [1])


def test_the_fifth_page_of_one_person_ends_her_first(streams: Streams) -> None:
    pages = [Listener(streams, 1) for _page in range(5)]
    assert pages[0].has_ended()
    assert pages[0].lines[-1].startswith("event: elsewhere")
    assert len(streams) == 4


def test_a_process_that_holds_enough_refuses_and_says_when_to_come_back(streams: Streams) -> None:
    for user_id in range(5):
        Listener(streams, user_id)
    with pytest.raises(DomainError) as refused:
        streams.open(9, after=0, backlog=list)
    assert (refused.value.code, refused.value.retry_after_seconds) == ("alerts.too_many_streams", 30)


def test_when_we_stop_all_end_and_none_begins(streams: Streams) -> None:
    listeners = [Listener(streams, 1), Listener(streams, 2)]
    streams.close()
    assert all(listener.has_ended() for listener in listeners)
    with pytest.raises(DomainError):
        streams.open(1, after=0, backlog=list)


def test_a_silent_stream_says_that_it_lives_and_an_old_one_ends(streams: Streams, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.02)
    monkeypatch.setattr(live, "LIFE_SECONDS", 0.1)
    listener = Listener(streams, 1)
    assert listener.has_ended()
    assert ": still here\n\n" in listener.lines
    assert eventually(lambda: len(streams) == 0)


def test_a_reader_who_hangs_up_is_forgotten_even_before_the_first_line(streams: Streams) -> None:
    lines, unread = (streams.open(1, after=0, backlog=list) for _page in range(2))
    assert next(lines).startswith(b"retry: ")
    lines.close()
    unread.close()
    unread.close()
    assert len(streams) == 0
    with pytest.raises(StopIteration):
        next(unread)


def test_what_comes_between_opening_and_listening_is_not_lost(streams: Streams, alerts: Alerts) -> None:
    early = streams.open(1, after=0, backlog=list)
    alerts.add(1)
    late = Listener(streams, 2)
    assert eventually(lambda: alerts.asked > 2)
    assert next(early).startswith(b"retry: ")
    assert next(early).startswith(b"id: 1\n")
    assert late.numbers() == []
    early.close()


def test_a_backlog_that_cannot_be_read_leaves_no_stream_behind(streams: Streams) -> None:
    with pytest.raises(ZeroDivisionError):
        streams.open(1, after=0, backlog=lambda: [Note(1 // 0, 1)])
    assert len(streams) == 0
