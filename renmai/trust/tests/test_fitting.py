"""The fit of muting and buying: it finds what made the data, few data change little, and it agrees with a general optimiser."""

import numpy as np
import pytest

from renmai.trust import fitting
from renmai.trust.hazard import MUTING, Weights

TRUTH = Weights(base=-2.5, pressure=0.6, belief=-0.8, relevance=-1.1)


def _observed(count: int, *, receivers: int = 400, temper: float = 0.5, seed: int = 3) -> fitting.Observed:
    rng = np.random.default_rng(seed)
    pressure, belief, relevance = rng.gamma(1.5, 1.0, count), rng.beta(4, 2, count), rng.beta(1.2, 3.0, count)
    receiver = rng.integers(0, receivers, count)
    own = rng.normal(0, temper, receivers)[receiver]
    log_odds = np.log(belief) - np.log1p(-belief)
    odds = TRUTH.base + TRUTH.pressure * pressure + TRUTH.belief * log_odds + TRUTH.relevance * relevance + own
    happened = (rng.random(count) < 1 / (1 + np.exp(-odds))).astype(float)
    return fitting.Observed(pressure, belief, relevance, receiver, happened)


def test_it_finds_what_made_the_data() -> None:
    found = fitting.fit(_observed(60_000), start=MUTING).weights
    for name in ("base", "pressure", "belief", "relevance"):
        assert getattr(found, name) == pytest.approx(getattr(TRUTH, name), abs=0.12), name


def test_tempers_are_those_of_the_receivers() -> None:
    observed = _observed(60_000, receivers=100, temper=1.0)
    rng = np.random.default_rng(3)
    rng.gamma(1.5, 1.0, 60_000), rng.beta(4, 2, 60_000), rng.beta(1.2, 3.0, 60_000), rng.integers(0, 100, 60_000)
    true = rng.normal(0, 1.0, 100)
    found = fitting.fit(observed, start=MUTING).tempers
    assert np.corrcoef(true, found)[0, 1] > 0.9
    assert found.std() < true.std()


def test_nothing_observed_changes_nothing() -> None:
    none = np.zeros(0)
    found = fitting.fit(fitting.Observed(none, none, none, none.astype(np.int64), none), start=MUTING)
    assert found.weights == MUTING


def test_few_observations_change_little() -> None:
    few, many = (fitting.fit(_observed(count), start=MUTING).weights for count in (12, 20_000))
    assert abs(few.base - MUTING.base) < 0.8 * abs(many.base - MUTING.base)
    assert abs(few.relevance - MUTING.relevance) < 0.5


def test_it_agrees_with_a_general_optimiser() -> None:
    from scipy.optimize import minimize

    observed = _observed(500, receivers=20)
    start = np.array([MUTING.base, MUTING.pressure, MUTING.belief, MUTING.relevance])
    design = fitting._design(observed)

    def loss(values: np.ndarray) -> float:
        theta, tempers = values[:4], values[4:]
        odds = design @ theta + tempers[observed.receiver]
        data = float(np.sum(np.logaddexp(0, odds) - observed.happened * odds))
        return data + 0.5 * float(np.sum((theta - start) ** 2)) + 0.5 * float(np.sum(tempers**2)) / fitting.TEMPER_VARIANCE

    best = minimize(loss, np.concatenate([start, np.zeros(20)]), method="BFGS", options={"gtol": 1e-7}).x
    found = fitting.fit(observed, start=MUTING)
    ours = [found.weights.base, found.weights.pressure, found.weights.belief, found.weights.relevance]
    assert ours == pytest.approx(best[:4], abs=1e-4)
    assert found.tempers == pytest.approx(best[4:], abs=1e-4)


def test_calibration_error_is_the_mean_gap() -> None:
    chance = np.array([0.1] * 50 + [0.9] * 50)
    happened = np.array([0.0] * 40 + [1.0] * 10 + [1.0] * 50)
    assert fitting.calibration_error(chance, happened, bins=2) == pytest.approx((0.1 + 0.1) / 2)
