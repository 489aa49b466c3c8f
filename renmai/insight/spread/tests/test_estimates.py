"""Intervals against truths that are known."""

from math import inf

import pytest

from renmai.insight.spread.estimates import mean_of_counts, median, ratio
from renmai.insight.spread.tests.processes import dice_of, offspring


def test_nobody_gives_no_mean() -> None:
    assert mean_of_counts([]) is None


def test_nobody_brought_anybody() -> None:
    found = mean_of_counts([0] * 40)
    assert found is not None
    assert (found.value, found.low, found.count) == (0.0, 0.0, 40)
    assert 0.05 < found.high < 0.5


def test_the_mean_lies_within_its_interval_and_more_people_know_more() -> None:
    few, many = mean_of_counts([0, 1, 2] * 10), mean_of_counts([0, 1, 2] * 1000)
    assert few is not None
    assert many is not None
    assert few.value == many.value == 1.0
    assert few.low < many.low < 1 < many.high < few.high
    assert many.high - many.low < 0.09


def test_uneven_people_make_it_wider() -> None:
    even, uneven = mean_of_counts([1] * 100), mean_of_counts([0] * 95 + [20] * 5)
    assert even is not None
    assert uneven is not None
    assert even.value == uneven.value
    assert uneven.high - uneven.low > 2 * (even.high - even.low)


@pytest.mark.parametrize("shape", [inf, 0.5, 0.2])
def test_the_interval_of_a_mean_covers_the_truth(shape: float) -> None:
    dice = dice_of(11)
    hits = 0
    for _try in range(400):
        found = mean_of_counts(offspring(dice, 0.6, shape) for _person in range(60))
        hits += found is not None and found.low <= 0.6 <= found.high
    assert hits >= 0.93 * 400


def test_a_ratio_of_sums() -> None:
    found = ratio([(100, 1), (300, 0), (200, 1), (0, 1)])
    assert found is not None
    assert (found.value, found.count) == (200.0, 4)
    assert found.low < 200 < found.high
    assert ratio([(100, 0), (50, 0)]) is None
    assert ratio([(0, 1), (0, 1)]) is None


@pytest.mark.parametrize("kept", [0.1, 0.4])
def test_the_interval_of_a_ratio_covers_the_truth(kept: float) -> None:
    dice = dice_of(12)
    hits = tries = 0
    for _try in range(400):
        pairs = [(dice.expovariate(1 / 500), dice.random() < kept) for _customer in range(150)]
        if found := ratio(pairs):
            tries += 1
            hits += found.low <= 500 / kept <= found.high
    assert tries >= 399
    assert hits >= 0.93 * tries


def test_a_median_needs_five() -> None:
    assert median([1, 2, 3, 4]) is None
    found = median([5, 1, 2, 4, 3])
    assert found is not None
    assert (found.value, found.low, found.high, found.count) == (3, 1, 5, 5)


@pytest.mark.parametrize("count", [6, 9, 20, 101])
def test_the_interval_of_a_median_covers_the_truth(count: int) -> None:
    dice = dice_of(13)
    found = [median(dice.expovariate(0.6931471805599453) for _value in range(count)) for _try in range(1000)]
    assert sum(each is not None and each.low <= 1 <= each.high for each in found) >= 930
