"""Whoever waits is served with the others; whoever is alone waits for nobody; one's trouble is one's own."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import transaction

from renmai.kernel import together
from renmai.kernel.together import LineTooLong, Together

PATIENCE_SECONDS = 20.0


class Counter:
    """A counter behind which somebody serves: rounds are kept, and the first one lasts until it is let go."""

    def __init__(self, *, most: int = 8, wait_seconds: float = PATIENCE_SECONDS) -> None:
        self.rounds: list[list[str]] = []
        self.has_begun, self.goes_on = Event(), Event()
        self.strikes: Callable[[Sequence[str]], None] = lambda _asks: None
        self.door = Together[str, str](self.serve, most=most, wait_seconds=wait_seconds)

    def serve(self, asks: Sequence[str]) -> list[str | Exception]:
        self.rounds.append(list(asks))
        if len(self.rounds) == 1:
            self.has_begun.set()
            assert self.goes_on.wait(PATIENCE_SECONDS)
        self.strikes(asks)
        return [LookupError(ask) if ask == "refused" else ask.upper() for ask in asks]


def waits(counter: Counter, length: int) -> None:
    """Wait until so many stand in line."""
    until = time.monotonic() + PATIENCE_SECONDS
    while len(counter.door._line) != length:
        assert time.monotonic() < until
        time.sleep(0.001)


def come(counter: Counter, pool: ThreadPoolExecutor, asks: Sequence[str]) -> list[Future[str]]:
    """Let the first one be served until told, and the others come one after the other meanwhile."""
    first, *others = asks
    coming = [pool.submit(counter.door, first)]
    assert counter.has_begun.wait(PATIENCE_SECONDS)
    for length, ask in enumerate(others, start=1):
        coming.append(pool.submit(counter.door, ask))
        waits(counter, length)
    return coming


def test_whoever_is_alone_is_served_at_once() -> None:
    counter = Counter()
    counter.goes_on.set()
    assert [counter.door("a"), counter.door("b")] == ["A", "B"]
    assert counter.rounds == [["a"], ["b"]]


def test_those_who_wait_are_served_together_in_the_order_in_which_they_came() -> None:
    counter = Counter(most=3)
    with ThreadPoolExecutor(6) as pool:
        coming = come(counter, pool, "abcdef")
        counter.goes_on.set()
        assert [each.result(PATIENCE_SECONDS) for each in coming] == ["A", "B", "C", "D", "E", "F"]
    assert counter.rounds == [["a"], ["b", "c", "d"], ["e", "f"]]


def test_after_a_round_of_several_the_next_one_waits_for_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "COMPANY_SECONDS", PATIENCE_SECONDS)
    counter = Counter()
    with ThreadPoolExecutor(3) as pool:
        coming = come(counter, pool, "abc")
        counter.goes_on.set()
        assert [each.result(PATIENCE_SECONDS) for each in coming] == ["A", "B", "C"]
        first = pool.submit(counter.door, "d")
        waits(counter, 1)
        second = pool.submit(counter.door, "e")
        assert [first.result(PATIENCE_SECONDS), second.result(PATIENCE_SECONDS)] == ["D", "E"]
    assert counter.rounds == [["a"], ["b", "c"], ["d", "e"]]


def test_company_that_does_not_come_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "COMPANY_SECONDS", 0.01)
    counter = Counter()
    with ThreadPoolExecutor(3) as pool:
        coming = come(counter, pool, "abc")
        counter.goes_on.set()
        assert [each.result(PATIENCE_SECONDS) for each in coming] == ["A", "B", "C"]
        assert pool.submit(counter.door, "d").result(PATIENCE_SECONDS) == "D"
        # The round of one before this one lets nobody wait, however long that would be.
        monkeypatch.setattr(together, "COMPANY_SECONDS", PATIENCE_SECONDS)
        assert pool.submit(counter.door, "e").result(PATIENCE_SECONDS) == "E"
        assert pool.submit(counter.door, "f").result(PATIENCE_SECONDS / 2) == "F"
    assert counter.rounds == [["a"], ["b", "c"], ["d"], ["e"], ["f"]]


def test_whoever_is_struck_down_before_her_round_stands_in_nobodys_way(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter()
    counter.goes_on.set()

    def strikes(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as struck:
        struck.setattr(counter.door._lock, "wait_for", strikes)
        with pytest.raises(KeyboardInterrupt):
            counter.door("a")
    assert counter.door("b") == "B"
    assert counter.rounds == [["b"]]


def test_the_same_twice_is_served_in_two_rounds() -> None:
    counter = Counter()
    with ThreadPoolExecutor(4) as pool:
        coming = come(counter, pool, ["a", "b", "b", "c"])
        counter.goes_on.set()
        assert [each.result(PATIENCE_SECONDS) for each in coming] == ["A", "B", "B", "C"]
    assert counter.rounds == [["a"], ["b", "c"], ["b"]]


def test_each_gets_her_own_refusal() -> None:
    counter = Counter()
    with ThreadPoolExecutor(3) as pool:
        _first, refused, other = come(counter, pool, ["a", "refused", "b"])
        counter.goes_on.set()
        with pytest.raises(LookupError, match="refused"):
            refused.result(PATIENCE_SECONDS)
        assert other.result(PATIENCE_SECONDS) == "B"


def test_what_fails_together_is_tried_alone() -> None:
    counter = Counter()

    def strikes(asks: Sequence[str]) -> None:
        if "bad" in asks:
            raise ValueError(str(asks))

    counter.strikes = strikes
    with ThreadPoolExecutor(4) as pool:
        _first, good, bad, other = come(counter, pool, ["a", "b", "bad", "c"])
        counter.goes_on.set()
        assert (good.result(PATIENCE_SECONDS), other.result(PATIENCE_SECONDS)) == ("B", "C")
        with pytest.raises(ValueError, match=r"\['bad'\]"):
            bad.result(PATIENCE_SECONDS)
    assert counter.rounds == [["a"], ["b", "bad", "c"], ["b"], ["bad"], ["c"]]


def test_whoever_waits_too_long_is_sent_away_and_nothing_is_done_for_her() -> None:
    counter = Counter(wait_seconds=0.05)
    with ThreadPoolExecutor(2) as pool:
        first, second = come(counter, pool, "ab")
        with pytest.raises(LineTooLong):
            second.result(PATIENCE_SECONDS)
        counter.goes_on.set()
        assert first.result(PATIENCE_SECONDS) == "A"
    assert counter.rounds == [["a"]]
    assert counter.door("c") == "C"


def test_a_leader_who_is_struck_down_leaves_nobody_waiting() -> None:
    counter = Counter(most=2)

    def strikes(asks: Sequence[str]) -> None:
        if "b" in asks:
            raise KeyboardInterrupt

    counter.strikes = strikes
    with ThreadPoolExecutor(4) as pool:
        _first, leader, led, next_ = come(counter, pool, "abcd")
        counter.goes_on.set()
        with pytest.raises(KeyboardInterrupt):
            leader.result(PATIENCE_SECONDS)
        with pytest.raises(RuntimeError, match="interrupted"):
            led.result(PATIENCE_SECONDS)
        assert next_.result(PATIENCE_SECONDS) == "D"


@pytest.mark.django_db(transaction=True)
def test_nobody_brings_a_transaction_along() -> None:
    counter = Counter()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        counter.door("a")
    assert counter.rounds == []
