"""What a link is expected to reach, on shops whose sharers are known: nine in ten end within the interval, neither more nor fewer."""

import math
import random
from collections.abc import Callable

import pytest

from renmai.insight.spread.reach import FEWEST_SHARERS, Habits, expected, learned
from renmai.insight.spread.tests.processes import dice_of, offspring

SHARERS, LINKS = 250, 12

Mean = Callable[[random.Random], float]


def alike(_dice: random.Random) -> float:
    """Everybody reaches as many."""
    return 6.0


def uneven(dice: random.Random) -> float:
    """A few reach many."""
    return dice.lognormvariate(1.2, 0.9)


def two_kinds(dice: random.Random) -> float:
    """Some send to a friend or two, some to a full group chat."""
    return 1.5 if dice.random() < 0.7 else 40.0


def links(dice: random.Random, mean: float, shape: float) -> list[int]:
    """What between one and twice ``LINKS`` links of one sharer reached."""
    return [offspring(dice, mean, shape) for _link in range(dice.randint(1, 2 * LINKS))]


@pytest.mark.parametrize("mean_of", [alike, uneven, two_kinds])
@pytest.mark.parametrize("shape", [0.8, 3.0, math.inf])
def test_nine_links_in_ten_end_within(mean_of: Mean, shape: float) -> None:
    """Judged on one link more of each of two thousand sharers, of whom few or many links are known, and some not at all.

    Whole numbers cannot hold nine in ten exactly: where three people are typical, one person more is a tenth.
    """
    dice = dice_of(11)
    habits = learned([links(dice, mean_of(dice), shape) for _sharer in range(SHARERS)])
    assert habits is not None
    inside = 0
    for sharer in range(2000):
        mean = mean_of(dice)
        found = expected(habits, links(dice, mean, shape) if sharer % 5 else [])
        inside += found.low <= offspring(dice, mean, shape) <= found.high
    assert 0.86 <= inside / 2000 <= 0.94


def test_over_all_worlds_the_interval_holds_between_88_and_92_in_a_hundred() -> None:
    inside = total = 0
    for seed, mean_of in enumerate([uneven, two_kinds, alike] * 4):
        dice = dice_of(seed)
        shape = (0.8, 3.0, math.inf)[seed % 3]
        habits = learned([links(dice, mean_of(dice), shape) for _sharer in range(SHARERS)])
        assert habits is not None
        for _sharer in range(300):
            mean = mean_of(dice)
            found = expected(habits, links(dice, mean, shape))
            inside += found.low <= offspring(dice, mean, shape) <= found.high
            total += 1
    assert 0.88 <= inside / total <= 0.92


def test_her_own_links_move_her_from_the_others() -> None:
    habits = learned([[1, 2, 0, 1]] * 40 + [[30, 50, 41]] * 10)
    assert habits is not None
    anybody, small, large = expected(habits, []), expected(habits, [1, 0, 2]), expected(habits, [38, 45])
    assert small.mean < 3 < anybody.mean < 30 < large.mean
    assert small.high < large.low


def test_of_a_few_sharers_nothing_is_said() -> None:
    assert learned([[1, 2]] * (FEWEST_SHARERS - 1) + [[]]) is None
    assert learned([[0]] * FEWEST_SHARERS) is not None


def test_nobody_opens_anything() -> None:
    habits = learned([[0, 0, 0]] * 50)
    assert habits is not None
    found = expected(habits, [0])
    assert (found.low, found.high) == (0, 0)
    assert found.mean < 0.1


def test_a_huge_reach_is_not_cut_off() -> None:
    only = Habits(math.inf, (*([0.0] * 35), 1.0))
    found = expected(only, [])
    assert found.low < found.mean < found.high
    assert found.mean == pytest.approx(0.05 * 1.3**35)
