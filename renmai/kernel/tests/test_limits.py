"""Token buckets: how many, how long, how many subjects, and many threads at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from renmai.kernel.errors import DomainError, waiting
from renmai.kernel.limits import Buckets
from tools.testing.moving_clock import MovingClock


def test_a_bucket_lets_so_many_through_and_fills_evenly(moving_clock: MovingClock) -> None:
    buckets = Buckets()
    waits = [buckets.take("search", "a", most=4, seconds=60) for _time in range(5)]
    assert waits == [0, 0, 0, 0, 15]
    moving_clock.advance(seconds=5)
    assert buckets.take("search", "a", most=4, seconds=60) == pytest.approx(10)
    moving_clock.advance(seconds=10)
    assert buckets.take("search", "a", most=4, seconds=60) == 0
    assert buckets.take("search", "a", most=4, seconds=60) == pytest.approx(15)
    moving_clock.advance(days=1)
    assert [bool(buckets.take("search", "a", most=4, seconds=60)) for _time in range(5)] == [False] * 4 + [True]


def test_acts_and_subjects_have_buckets_of_their_own(moving_clock: MovingClock) -> None:
    buckets = Buckets()
    assert buckets.take("a", "x", most=1, seconds=60) == 0
    assert buckets.take("a", "y", most=1, seconds=60) == 0
    assert buckets.take("b", "x", most=1, seconds=60) == 0
    assert buckets.take("a", "x", most=1, seconds=60) == 60
    assert buckets.waits("a", "x", most=1, seconds=60) == 60
    assert buckets.waits("a", "z", most=1, seconds=60) == 0
    assert len(buckets) == 3


def test_a_clock_that_was_set_back_gives_nothing_and_takes_nothing(moving_clock: MovingClock) -> None:
    buckets = Buckets()
    buckets.take("a", "x", most=1, seconds=60)
    moving_clock.advance(seconds=-3600)
    assert buckets.take("a", "x", most=1, seconds=60) == 60
    moving_clock.advance(seconds=60)
    assert buckets.take("a", "x", most=1, seconds=60) == 0


def test_memory_is_bounded_and_the_longest_unasked_is_forgotten_first(moving_clock: MovingClock) -> None:
    buckets = Buckets(room=3)
    for subject in ("a", "b", "c", "a", "d"):
        buckets.take("act", subject, most=2, seconds=60)
    assert len(buckets) == 3
    assert buckets.waits("act", "a", most=2, seconds=60) == 30
    assert buckets.waits("act", "b", most=2, seconds=60) == 0


def test_threads_share_a_bucket_without_giving_one_piece_twice(moving_clock: MovingClock) -> None:
    buckets = Buckets()
    now = moving_clock.now

    def grab(_number: int) -> bool:
        from renmai.kernel import clock

        with clock.travel(now):
            return buckets.take("act", "all", most=100, seconds=60) == 0

    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(grab, range(1000)))
    assert sum(got) == 100


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (121, "3 minutes"), (7199, "120 minutes"), (7201, "3 hours")],
)
def test_a_time_to_wait_is_never_told_too_short(seconds: int, words: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        assert waiting(seconds) == words
        refused = DomainError("request.too_many", seconds=seconds)
        assert refused.sentence == f"Too many attempts. Please try again in {words}."
    assert refused.retry_after_seconds == seconds


def test_only_refusals_for_too_many_tries_say_when_to_come_back() -> None:
    assert DomainError("request.conflict", seconds=5).retry_after_seconds == 0
    assert DomainError("accounts.locked", minutes=15).retry_after_seconds == 900
