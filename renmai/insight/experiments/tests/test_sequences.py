"""The intervals: against closed forms, against worlds whose truth is known, and where nothing may be said."""

import math

import numpy as np
import pytest

from renmai.insight.experiments.statistics.moments import moments, moments_at
from renmai.insight.experiments.statistics.sequences import contrast, difference, half_width, rate, units_needed
from renmai.insight.experiments.statistics.simulation import World, simulate


def test_the_width_is_that_of_the_mixture_whose_martingale_is_one_over_alpha_there() -> None:
    planned, alpha, seen = 1000.0, 0.05, 400.0
    prior = planned / (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1))
    edge = float(half_width(seen, alpha=alpha, planned=planned)) * seen  # the Brownian motion when it leaves the interval
    martingale = math.sqrt(prior / (seen + prior)) * math.exp(edge**2 / (2 * (seen + prior)))
    assert martingale == pytest.approx(1 / alpha)


def test_it_is_wider_than_an_interval_for_one_look_and_narrowest_near_the_plan() -> None:
    widths = {planned: float(half_width(1000, alpha=0.05, planned=planned)) for planned in (50, 1000, 20_000)}
    assert widths[1000] == min(widths.values())
    assert 1.96 / math.sqrt(1000) < widths[1000] < 1.6 * 1.96 / math.sqrt(1000)


def test_the_interval_of_a_mean_is_that_of_its_sample_variance() -> None:
    y = np.random.default_rng(1).normal(5, 2, 400)
    z = np.random.default_rng(2).normal(5, 3, 100)
    seen = difference(moments(y), moments(z), alpha=0.05, planned=100)
    assert float(seen.value) == pytest.approx(y.mean() - z.mean())
    assert float(seen.error) == pytest.approx(math.sqrt(y.var(ddof=1) / 400 + z.var(ddof=1) / 100))
    width = float(seen.error) * math.sqrt(80) * float(half_width(80, alpha=0.05, planned=50))
    assert float(seen.high - seen.value) == pytest.approx(width)


def test_the_interval_of_a_ratio_counts_people_not_pieces() -> None:
    """A hundred people with ten pieces each of one fate are a hundred observations, not a thousand."""
    returned = np.repeat([0.0, 10.0], 50)
    arm = moments(returned, np.full(100, 10.0))
    other = moments(np.tile([4.0, 6.0], 50), np.full(100, 10.0))
    seen = difference(arm, other, alpha=0.05, planned=100)
    assert float(seen.value) == pytest.approx(0.0)
    assert float(seen.error) == pytest.approx(math.sqrt(0.25 / 99 + 0.01 / 99))


def test_what_was_known_before_takes_chance_out_of_a_mean() -> None:
    random = np.random.default_rng(3)
    before = random.gamma(2, 10, (2, 2000))
    after = before + random.normal(0, 5, (2, 2000)) + np.array([[3.0], [0.0]])
    plain = difference(moments(after[0]), moments(after[1]), alpha=0.05, planned=2000)
    helped = difference(moments(after[0], c=before[0]), moments(after[1], c=before[1]), alpha=0.05, planned=2000)
    assert helped.low < 3 < helped.high
    assert float(helped.error) < 0.45 * float(plain.error)


def test_nothing_is_said_of_few_people_nor_of_outcomes_that_hardly_ever_happen() -> None:
    few = difference(moments(np.arange(49.0)), moments(np.arange(60.0)), alpha=0.05, planned=100)
    rare = np.zeros(500)
    rare[:4] = 1
    seldom = difference(moments(rare), moments(rare), alpha=0.05, planned=100)
    assert not few.is_known
    assert not seldom.is_known
    assert np.isinf(few.high)


def test_what_one_evening_ruled_out_stays_ruled_out() -> None:
    random = np.random.default_rng(4)
    looks = np.arange(100, 2001, 100)
    arms = [moments_at(random.normal(mean, 1, 2000), looks) for mean in (0.3, 0.0)]
    seen = difference(arms[0], arms[1], alpha=0.05, planned=2000).running()
    assert (np.diff(seen.low) >= 0).all()
    assert (np.diff(seen.high) <= 0).all()


def test_a_bound_relative_to_the_control_is_one_contrast() -> None:
    """Twice the control is far over a bound of a half, and just at one of a hundred percent."""
    arm, control = (moments((np.random.default_rng(seed).random(4000) < p).astype(float)) for seed, p in ((5, 0.2), (6, 0.1)))
    assert contrast([arm, control], [1.0, -1.5], alpha=0.05, planned=4000).low > 0
    assert not contrast([arm, control], [1.0, -2.0], alpha=0.05, planned=4000).excludes_zero


@pytest.mark.parametrize("kind", ["rate", "mean", "ratio"])
def test_looking_every_evening_for_thirty_days_finds_nothing_where_nothing_is(kind: str) -> None:
    outcome = simulate(World(kind, people_a_day=40), runs=400, seed=20261122)
    assert outcome.found_share <= 0.05
    assert outcome.ordinary / outcome.runs > 0.12  # what everybody else's intervals would have found


def test_an_effect_of_the_planned_size_is_found_about_as_often_as_planned() -> None:
    people = units_needed(0.05 * 0.3, deviation=math.sqrt(0.05 * 0.95), alpha=0.05, power=0.8)
    outcome = simulate(World("rate", people_a_day=math.ceil(people / 30), lift=0.3), runs=200, seed=7)
    assert 0.72 <= outcome.found_share <= 0.95
    assert outcome.missed <= 10


def test_few_observations_of_a_rate_have_an_exact_interval() -> None:
    assert rate(0, 0, alpha=0.05) == (0.0, 1.0)
    low, high = rate(3, 10, alpha=0.05)
    assert 0.02 < low < 0.08
    assert 0.7 < high < 0.8
    random = np.random.default_rng(8)
    missed = 0
    for _run in range(300):
        drawn = np.cumsum(random.random(200) < 0.3)
        bounds = [rate(int(drawn[look]), look + 1, alpha=0.05) for look in range(9, 200, 10)]
        missed += any(not low <= 0.3 <= high for low, high in bounds)
    assert missed / 300 <= 0.05
    with pytest.raises(ValueError, match="more successes"):
        rate(2, 1, alpha=0.05)


def test_a_plan_needs_an_effect() -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        units_needed(0, deviation=1, alpha=0.05, power=0.8)
    assert units_needed(0.1, deviation=1, alpha=0.05, power=0.8) > 3.9 * units_needed(0.2, deviation=1, alpha=0.05, power=0.8)
