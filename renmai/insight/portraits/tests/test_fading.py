"""Interests fade as their half-life says, whatever the order in which they are added up."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renmai.insight.portraits.fading import (
    BEGINNING,
    both,
    days_of,
    days_of_all,
    moment_of,
    score_of,
    scores_by_group,
    strength,
    threshold,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PARTS = st.lists(st.tuples(st.floats(0.01, 50), st.integers(0, 5_000)), min_size=1, max_size=30)


@given(PARTS, st.floats(0.5, 400))
def test_a_score_is_the_faded_sum(parts: list[tuple[float, int]], half_life: float) -> None:
    weights = [(weight, NOW - timedelta(hours=hours)) for weight, hours in parts]
    score = score_of(*weights[0], half_life_days=half_life)
    for weight, at in weights[1:]:
        score = both(score_of(weight, at, half_life_days=half_life), score)
    by_hand = sum(weight * 2 ** (-(hours / 24) / half_life) for weight, hours in parts)
    assert strength(score, NOW, half_life_days=half_life) == pytest.approx(by_hand, rel=1e-8)


def test_half_is_left_after_a_half_life_and_the_threshold_says_when() -> None:
    score = score_of(4.0, NOW, half_life_days=7)
    week_later = NOW + timedelta(days=7)
    assert strength(score, week_later, half_life_days=7) == pytest.approx(2.0)
    assert score >= threshold(2.0, week_later - timedelta(seconds=1), half_life_days=7)
    assert score < threshold(2.0, week_later + timedelta(seconds=1), half_life_days=7)


def test_nothing_overflows_however_short_the_half_life() -> None:
    old, new = score_of(1.0, BEGINNING, half_life_days=0.01), score_of(1.0, NOW, half_life_days=0.01)
    assert both(old, new) == new
    assert strength(both(new, new), NOW, half_life_days=0.01) == pytest.approx(2.0)


def test_a_moment_survives_to_the_microsecond() -> None:
    moment = datetime(2026, 11, 22, 12, 34, 56, 789_123, tzinfo=UTC)
    assert moment_of(days_of(moment)) == moment


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-2_000, 2_000)), max_size=40))
def test_groups_add_up_as_one_by_one(parts: list[tuple[int, float]]) -> None:
    parts.sort(key=lambda part: part[0])
    begins, scores = scores_by_group(np.array([part[0] for part in parts], np.int64), np.array([part[1] for part in parts]))
    expected: dict[int, float] = {}
    for group, exponent in parts:
        expected[group] = both(expected[group], exponent) if group in expected else exponent
    assert [parts[begin][0] for begin in begins] == list(expected)
    assert scores.tolist() == pytest.approx(list(expected.values()), abs=1e-9)


def test_moments_of_both_databases_are_the_same_days() -> None:
    moments = [NOW, NOW.replace(microsecond=1), NOW.replace(microsecond=999_999), datetime(1999, 12, 31, 23, 59, 59, tzinfo=UTC)]
    expected = [days_of(moment) for moment in moments]
    texts = [str(moment.replace(tzinfo=None)) for moment in moments]
    assert days_of_all(texts).tolist() == pytest.approx(expected, abs=1e-10)
    assert days_of_all([moment.timestamp() for moment in moments]).tolist() == pytest.approx(expected, abs=1e-10)
    assert days_of_all([]).tolist() == []
