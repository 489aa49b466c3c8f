"""K on branching processes whose truth is known, and by hand."""

from datetime import timedelta
from itertools import cycle, islice, product
from math import exp, inf, log

import pytest

from renmai.insight.spread.reproduction import WINDOW, Member, reproduction
from renmai.insight.spread.tests.processes import LENGTH, NOW, START, branching, dice_of

PROCESSES = 1000
SHAPES = (inf, 0.5, 0.2)
ROOTS = (40, 60)
DAY = timedelta(days=1)


def hour(number: float) -> timedelta:
    return timedelta(hours=number)


def test_k_is_invitations_times_conversion() -> None:
    members = [
        Member("lin", START, opened_at=(START + hour(1), START + hour(2), START + hour(3), START + 8 * DAY)),
        Member("wu", START + hour(2), "lin"),
        Member("he", START + hour(4), "lin", opened_at=(START + hour(5), START + hour(6))),
        Member("qi", START + hour(10), "he"),
        Member("after the window", START + hour(2) + WINDOW + hour(1), "wu"),
    ]
    found = reproduction(members, now=NOW)
    assert found.k is not None
    assert found.invitations is not None
    assert found.conversion is not None
    assert (found.people, found.waiting) == (5, 0)
    assert found.k.value == pytest.approx(3 / 5)
    assert found.invitations.value == pytest.approx(5 / 5)
    assert found.conversion.value == pytest.approx(3 / 5)
    assert found.k.value == pytest.approx(found.invitations.value * found.conversion.value)


def test_who_had_no_time_yet_is_not_counted() -> None:
    old = [Member(f"old{number}", START) for number in range(4)]
    children = [Member(f"child{number}", START + DAY, f"old{number}") for number in range(4)]
    late = [Member(f"late{number}", NOW - hour(1)) for number in range(100)]
    found = reproduction([*old, *children, *late], now=NOW)
    assert found.k is not None
    assert (found.k.value, found.people, found.waiting) == (0.5, 8, 100)


def test_a_window_that_ends_this_moment_is_over() -> None:
    found = reproduction([Member("a", NOW - WINDOW), Member("b", NOW - WINDOW + hour(0.01))], now=NOW)
    assert (found.people, found.waiting) == (1, 1)


def test_only_who_came_in_the_period_is_asked_about_whoever_she_brought() -> None:
    members = [Member("before", START), Member("in", START + DAY, "before"), Member("after", START + 3 * DAY, "in")]
    found = reproduction(members, now=NOW, entered=(START + DAY, START + 2 * DAY))
    assert found.k is not None
    assert (found.people, found.k.value) == (1, 1.0)


def test_nobody_yet() -> None:
    found = reproduction([], now=NOW)
    assert (found.k, found.invitations, found.conversion, found.cycle_hours, found.people) == (None, None, None, None, 0)


@pytest.mark.parametrize("truth", [0.2, 0.6, 0.9, 1.1])
def test_the_interval_covers_the_truth_of_a_thousand_processes(truth: float) -> None:
    dice = dice_of(round(truth * 1000))
    hits = below = 0
    for shape, roots in islice(cycle(product(SHAPES, ROOTS)), PROCESSES):
        found = reproduction(branching(dice, truth, shape=shape, roots=roots), now=NOW).k
        assert found is not None
        hits += found.low <= truth <= found.high
        below += found.high < truth
    print(f"K = {truth}: the interval holds the truth in {hits / PROCESSES:.1%}, lies below it in {below / PROCESSES:.1%}")
    assert hits >= 0.93 * PROCESSES


def test_with_long_delays_the_truth_is_what_comes_within_the_window() -> None:
    dice = dice_of(21)
    truth = 0.8 * (1 - exp(-WINDOW.days / 2))
    hits = 0
    for _process in range(300):
        found = reproduction(branching(dice, 0.8, shape=0.5, roots=80, tail=True), now=NOW).k
        hits += found is not None and found.low <= truth <= found.high
    assert hits >= 0.93 * 300


def test_counting_everybody_at_once_would_be_wrong() -> None:
    """What the window is for: with people who have just come, K looks smaller than it is."""
    dice = dice_of(22)
    hits = 0
    for _process in range(40):
        members = branching(dice, 0.9, shape=inf, roots=300)
        late = reproduction(members, now=NOW + LENGTH).k
        hits += late is not None and late.low <= 0.9 <= late.high
    assert hits < 20


def test_the_cycle_time_covers_its_truth() -> None:
    dice = dice_of(23)
    # Delays are WINDOW · Beta(1, 3), whose median is 1 − 2^(−1/3).
    truth = WINDOW / hour(1) * (1 - exp(-log(2) / 3))
    hits = 0
    for _process in range(300):
        found = reproduction(branching(dice, 0.6, shape=0.5, roots=100), now=NOW).cycle_hours
        hits += found is not None and found.low <= truth <= found.high
    assert hits >= 0.93 * 300
