"""The deal, factors tried together, and for whom it works."""

from itertools import product

import numpy as np
import pytest

from renmai.insight.experiments.statistics.balance import imbalance_chance
from renmai.insight.experiments.statistics.factorial import effects
from renmai.insight.experiments.statistics.moments import moments
from renmai.insight.experiments.statistics.uplift import predict_by_segment, qini

HALVES = np.array([0.5, 0.5])


def test_an_honest_deal_is_hardly_ever_called_broken_however_often_somebody_looks() -> None:
    random = np.random.default_rng(1)
    steps = np.where(random.random((2000, 200)) < 0.5, 1, 0)
    ones = np.cumsum(np.stack([steps, 1 - steps], axis=-1), axis=1) * 1.0
    chances = imbalance_chance(ones, HALVES)[:, -1]
    assert (chances < 0.05).mean() <= 0.05
    assert (chances < 0.001).mean() <= 0.001


def test_a_deal_that_loses_one_in_ten_is_found() -> None:
    random = np.random.default_rng(2)
    steps = np.where(random.random(5000) < 0.5 / 0.95, 1, 0)
    looks = np.cumsum(np.stack([steps, 1 - steps], axis=-1), axis=0)
    assert imbalance_chance(looks, HALVES)[-1] < 0.001


def test_one_look_at_three_uneven_arms() -> None:
    shares = np.array([0.1, 0.3, 0.6])
    assert float(imbalance_chance(np.array([100, 300, 600]), shares)) == 1.0
    assert float(imbalance_chance(np.array([200, 300, 500]), shares)) < 1e-6


def test_factors_are_told_apart_and_their_interaction_too() -> None:
    """Truth: the first adds 1, the second 0.5, both together 0.4 more."""
    random = np.random.default_rng(3)
    cells = {
        cell: moments(random.normal(cell[0] + 0.5 * cell[1] + 0.4 * (cell[0] and cell[1]), 1, 4000))
        for cell in product([False, True], repeat=2)
    }
    found = {effect.factors: effect.interval for effect in effects(cells, alpha=0.05, planned=4000)}
    for factors, truth in {(0,): 1.2, (1,): 0.7, (0, 1): 0.2}.items():
        assert found[factors].low < truth < found[factors].high
        assert float(found[factors].value) == pytest.approx(truth, abs=0.06)
        assert found[factors].excludes_zero


def test_factors_without_effect_are_left_alone_in_all_but_few_worlds() -> None:
    random = np.random.default_rng(4)
    alarms = 0
    for _world in range(200):
        cells = {cell: moments((random.random(500) < 0.2).astype(float)) for cell in product([False, True], repeat=3)}
        alarms += any(effect.interval.excludes_zero for effect in effects(cells, alpha=0.05, planned=500))
    assert alarms <= 10


def test_a_design_lacks_no_cell() -> None:
    with pytest.raises(ValueError, match="every combination"):
        effects({(False, False): moments(np.ones(60)), (True, True): moments(np.ones(60))}, alpha=0.05, planned=60)


def test_treating_those_for_whom_it_works_first_is_worth_more_than_anybody_first() -> None:
    random = np.random.default_rng(5)
    segments = random.integers(0, 3, 6000)
    treated = random.random(6000) < 0.5
    chance = 0.2 + treated * np.array([0.2, 0.0, -0.1])[segments]
    y = (random.random(6000) < chance).astype(float)
    predicted = predict_by_segment(segments, treated, y, seed=1)
    assert predicted[segments == 0].mean() == pytest.approx(0.2, abs=0.05)
    assert predicted[segments == 2].mean() == pytest.approx(-0.1, abs=0.05)
    found = qini(predicted, treated, y, seed=1)
    assert found.low > 0
    assert found.gains[17] > found.gains[-1]  # a third of the people bring more than all of them


def test_where_it_works_alike_for_all_the_order_is_worth_nothing() -> None:
    wrong = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        segments, treated = random.integers(0, 3, 900), random.random(900) < 0.5
        y = (random.random(900) < 0.2 + 0.1 * treated).astype(float)
        found = qini(predict_by_segment(segments, treated, y, seed=seed), treated, y, seed=seed)
        wrong += found.low > 0
    assert wrong <= 3


def test_nobody_predicts_herself() -> None:
    """One person of a kind of her own gets everybody's uplift, not her own outcome."""
    segments = np.array([0] * 40 + [1])
    treated = np.array([True, False] * 20 + [True])
    y = np.array([1.0, 0.0] * 20 + [0.0])
    assert predict_by_segment(segments, treated, y, seed=1)[-1] == pytest.approx(1.0)
