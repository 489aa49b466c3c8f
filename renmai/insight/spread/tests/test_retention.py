"""What a kept customer costs, counted by hand and against a truth."""

from datetime import UTC, datetime, timedelta

import pytest

from renmai.insight.spread.retention import Customer, cost_by_incentive
from renmai.insight.spread.tests.processes import dice_of

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def customer(*, incentive: str = "discount", cost: int = 500, days_ago: float = 60, back_after: float | None = None) -> Customer:
    came = NOW - days_ago * DAY
    return Customer(incentive, cost, came, came + back_after * DAY if back_after is not None else None)


def test_everything_spent_is_divided_by_those_who_stayed() -> None:
    stayed = [customer(back_after=10) for _each in range(5)]
    left = [customer(cost=300) for _each in range(3)]
    too_late = [customer(cost=100, back_after=31)]
    (found,) = cost_by_incentive([*stayed, *left, *too_late], now=NOW)
    assert (found.ripe, found.kept, found.waiting, found.cost_fen) == (9, 5, 0, 3500)
    assert found.each is not None
    assert found.each.value == 700
    assert found.each.low < 700 < found.each.high


def test_who_came_lately_is_not_judged_even_if_she_came_back() -> None:
    ripe = [customer(back_after=1) for _each in range(5)]
    lately = [customer(days_ago=29.9, back_after=2, cost=99_999), customer(days_ago=1)]
    on_the_day = [customer(days_ago=30, cost=0)]
    (found,) = cost_by_incentive([*ripe, *lately, *on_the_day], now=NOW)
    assert (found.ripe, found.waiting, found.kept, found.cost_fen) == (6, 2, 5, 2500)


def test_too_few_kept_say_nothing_and_nothing_spent_costs_nothing() -> None:
    few = [customer(incentive="points", back_after=1) for _each in range(4)]
    free = [customer(incentive="none", cost=0, back_after=3) for _each in range(5)]
    none, points = cost_by_incentive([*few, *free], now=NOW)
    assert (points.incentive, points.kept, points.each) == ("points", 4, None)
    assert none.each is not None
    assert (none.each.value, none.each.low, none.each.high) == (0, 0, 0)


@pytest.mark.parametrize("kept", [0.15, 0.4])
def test_the_interval_covers_the_truth_while_half_are_not_ripe(kept: float) -> None:
    dice = dice_of(31)
    hits = 0
    for _try in range(300):
        people = [
            customer(
                cost=round(dice.expovariate(1 / 800)),
                days_ago=dice.uniform(0, 60),
                back_after=dice.uniform(0, 30) if dice.random() < kept else None,
            )
            for _each in range(300)
        ]
        (found,) = cost_by_incentive(people, now=NOW)
        hits += found.each is not None and found.each.low <= 800 / kept <= found.each.high
    assert hits >= 0.93 * 300
