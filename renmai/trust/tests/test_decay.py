"""Half-lives, and adding in any order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.trust.decay import BELIEF_DAYS, LANDMARK, PRESSURE_DAYS, days_until, faded, scale

DAY = st.floats(0, 2000)


def test_half_is_left_after_a_half_life() -> None:
    now = LANDMARK + timedelta(days=400)
    for days in (BELIEF_DAYS, PRESSURE_DAYS):
        assert scale(now - timedelta(days=days), days) / scale(now, days) == pytest.approx(0.5)
        assert faded(3.0, days=2 * days, half_life_days=days) == pytest.approx(0.75)


@given(st.lists(DAY, min_size=1, max_size=20))
def test_the_order_of_adding_does_not_matter(days: list[float]) -> None:
    now = LANDMARK + timedelta(days=2000)
    stored = sum(scale(LANDMARK + timedelta(days=day), BELIEF_DAYS) for day in days)
    one_by_one = sum(faded(1.0, days=2000 - day, half_life_days=BELIEF_DAYS) for day in days)
    assert stored / scale(now, BELIEF_DAYS) == pytest.approx(one_by_one)


@given(DAY, st.floats(0, 100))
def test_a_share_never_lowers_the_pressure(day: float, before: float) -> None:
    at = LANDMARK + timedelta(days=day)
    stored = before * scale(at, PRESSURE_DAYS)
    assert (stored + scale(at, PRESSURE_DAYS)) / scale(at, PRESSURE_DAYS) == pytest.approx(before + 1.0)


def test_the_scale_is_finite_for_all_who_read_this() -> None:
    assert scale(LANDMARK + timedelta(days=19 * 365), PRESSURE_DAYS) < float("inf")
    assert scale(LANDMARK - timedelta(days=30 * 365), PRESSURE_DAYS) == 0.0


def test_waiting_is_told_in_days() -> None:
    assert days_until(4.0, target=1.0, half_life_days=7.0) == pytest.approx(14.0)
    assert days_until(0.5, target=1.0, half_life_days=7.0) == 0.0
