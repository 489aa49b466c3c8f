"""The fitting of the scorecard finds what it was made from."""

import random

import pytest

from renmai.fraud.scorecard import CARD, HOLD_FROM
from tools.scorecard import MOST, fit, reached, solve, threshold


def test_equations_are_solved() -> None:
    assert solve([[0.0, 2.0], [1.0, 1.0]], [4.0, 5.0]) == pytest.approx([3.0, 2.0])


def test_the_fit_finds_the_odds_it_was_made_from() -> None:
    dice = random.Random(3)  # noqa: S311 - reproducible on purpose
    cases = []
    for _each in range(6000):
        active = [number for number in (0, 1) if dice.random() < 0.5]
        # Log odds −1, +2 for the first sign, −1 for the second.
        chance = 1 / (1 + 2.718281828 ** -(-1 + 2 * (0 in active) - (1 in active)))
        cases.append((active, dice.random() < chance))
    found = fit(cases, [0, 1])
    assert [found[number] for number in (-1, 0, 1)] == pytest.approx([-1, 2, -1], abs=0.2)


def test_the_threshold_lets_only_so_many_honest_ones_be_held() -> None:
    honest = [(score, False) for score in range(1000)]
    line = threshold([*honest, (5000, True)])
    assert sum(score >= line for score, _is_ring in honest) == 35


def test_a_row_stands_on_the_lower_rows_of_its_feature() -> None:
    for row in CARD:
        below = [CARD[other] for other in reached(row)]
        assert {other.feature for other in below} == {row.feature}
        assert row in below
        assert all(other.minimum <= row.minimum for other in below)
    assert max(row.points for row in CARD) == MOST < HOLD_FROM
