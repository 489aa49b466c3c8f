"""A worn-out play is seen in time, and a healthy one is left alone."""

from datetime import date, timedelta

import pytest

from renmai.insight.spread.tests.processes import days, dice_of
from renmai.insight.spread.wearing import Day, first_wear, wear_at

HEALTHY_DAYS = 180
LATEST = 14


@pytest.mark.parametrize(("per_day", "unevenness"), [(3, 0.3), (10, 0.0), (10, 0.5), (30, 0.3), (100, 0.5)])
def test_a_healthy_play_is_hardly_ever_flagged_in_half_a_year(per_day: float, unevenness: float) -> None:
    dice = dice_of(41)
    flagged = sum(
        first_wear(days(dice, per_day=per_day, count=HEALTHY_DAYS, unevenness=unevenness)) is not None for _play in range(100)
    )
    print(f"{per_day} a day, uneven by {unevenness}: flagged {flagged} of 100 healthy plays in {HEALTHY_DAYS} days")
    assert flagged <= 5


@pytest.mark.parametrize(("per_day", "unevenness", "left"), [(10, 0.0, 0.5), (30, 0.3, 0.5), (100, 0.3, 0.5), (10, 0.3, 0.3)])
def test_a_play_that_loses_half_is_flagged_within_two_weeks(per_day: float, unevenness: float, left: float) -> None:
    dice = dice_of(42)
    seen = 0
    for _play in range(100):
        change = dice.randrange(28, 80)
        course = days(dice, per_day=per_day, count=change + LATEST, worn_from=change, left=left, unevenness=unevenness)
        found = first_wear(course)
        seen += found is not None and found.day >= course[change].day
    print(f"{per_day} a day, uneven by {unevenness}, {left} left: {seen} of 100 worn-out plays flagged within {LATEST} days")
    assert seen >= 90


def course(*parts: tuple[int, int, int]) -> list[Day]:
    """Days from (how many, exposed, joined)."""
    flat = [(exposed, joined) for count, exposed, joined in parts for _day in range(count)]
    return [Day(date(2026, 1, 1) + timedelta(days=index), *both) for index, both in enumerate(flat)]


def test_what_it_says() -> None:
    found = wear_at(course((28, 100, 20), (7, 100, 5)))
    assert found is not None
    assert (found.before, found.lately, found.window_days) == (0.2, 0.05, 7)
    assert found.fall == pytest.approx(0.75)
    assert found.day == date(2026, 2, 4)


def test_fewer_people_who_could_bring_somebody_is_no_wear() -> None:
    assert wear_at(course((28, 100, 20), (14, 25, 5))) is None


def test_a_small_fall_is_no_wear_however_sure() -> None:
    assert wear_at(course((56, 10_000, 2_000), (14, 10_000, 1_700))) is None
    assert wear_at(course((56, 10_000, 2_000), (14, 10_000, 1_500))) is not None


def test_too_young_empty_or_still_to_judge() -> None:
    assert wear_at([]) is None
    assert wear_at(course((13, 100, 20), (7, 100, 0))) is None
    assert wear_at(course((28, 100, 0), (7, 100, 0))) is None
    assert wear_at(course((28, 0, 0), (7, 100, 0))) is None
    assert wear_at(course((28, 100, 20), (7, 0, 0))) is None


def test_a_play_that_nobody_joins_any_more_is_worn_out() -> None:
    found = wear_at(course((14, 100, 20), (7, 100, 0)))
    assert found is not None
    assert found.lately == 0
