"""Measures against what can be counted by hand, and their intervals against what is known to be true."""

import numpy as np
import pytest

from renmai.alerts.intent import measures
from renmai.alerts.intent.calibration import isotonic, platt
from renmai.alerts.intent.logistic import fit_logistic, scale_of


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_auc_counts_pairs_and_halves_ties() -> None:
    # Pairs (yes, no): .9 > .5, .9 > .1, .5 = .5, .5 > .1.
    assert measures.auc(array(0.9, 0.5, 0.5, 0.1), array(1, 1, 0, 0)) == 3.5 / 4
    assert measures.auc(array(1, 2, 3), array(0, 0, 0)) == 0.5
    assert measures.auc(array(3, 2, 1), array(0, 0, 1)) == 0.0


def test_average_precision_takes_ties_together() -> None:
    assert measures.average_precision(array(0.9, 0.8, 0.7), array(1, 0, 1)) == pytest.approx((1 + 2 / 3) / 2)
    assert measures.average_precision(array(0.5, 0.5, 0.5, 0.5), array(1, 0, 0, 0)) == 0.25
    assert measures.average_precision(array(0.5), array(0)) == 0.0


def test_calibration_error_is_the_gap_between_what_was_said_and_what_came() -> None:
    said = array(*[0.2] * 10, *[0.8] * 10)
    came = array(*[1] * 3, *[0] * 7, *[1] * 8, *[0] * 2)
    assert measures.calibration_error(said, came, bins=2) == pytest.approx(0.05)


def test_log_loss_never_becomes_infinite() -> None:
    assert measures.log_loss(array(0.5, 0.5), array(0, 1)) == pytest.approx(np.log(2))
    assert measures.log_loss(array(0.0), array(1)) == pytest.approx(-np.log(1e-6))


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    draw = np.random.default_rng(5)
    inside = 0
    for number in range(60):
        outcome = (draw.random(300) < 0.3).astype(float)
        # Two normals one apart: the true AUC is Φ(1/√2).
        found = measures.resampled(_squeeze(draw.normal(size=300) + outcome), outcome, seed=number, times=120)["auc"]
        inside += found.low <= 0.7602 <= found.high
    assert 51 <= inside <= 60


def test_folds_give_a_mean_and_an_interval_that_more_agreement_narrows() -> None:
    def of(*values: float) -> measures.Interval:
        return measures.over_folds([measures.Quality(value, 0, 0, 0) for value in values], test_share=0.2)["auc"]

    wide, narrow = of(0.7, 0.8, 0.9), of(0.79, 0.8, 0.81)
    assert wide.mean == pytest.approx(0.8) == narrow.mean
    assert wide.low < narrow.low < 0.8 < narrow.high < wide.high


def test_the_isotonic_curve_rises_and_is_honest() -> None:
    draw = np.random.default_rng(2)
    score = draw.random(4000)
    outcome = (draw.random(4000) < score**2).astype(float)
    curve = isotonic(score, outcome)
    grid = np.linspace(0, 1, 50)
    assert (np.diff(curve(grid)) >= 0).all()
    assert np.abs(curve(np.array([0.3, 0.6, 0.9])) - np.array([0.09, 0.36, 0.81])).max() < 0.06
    assert 0 < curve(np.array([-9.0]))[0] < curve(np.array([9.0]))[0] < 1


def test_platts_line_undoes_a_score_that_is_too_sure_of_itself() -> None:
    draw = np.random.default_rng(2)
    odds = draw.normal(size=6000)
    outcome = (draw.random(6000) < 1 / (1 + np.exp(-(odds - 1)))).astype(float)
    line = platt(3 * odds, outcome)
    assert line.slope == pytest.approx(1 / 3, abs=0.03)
    assert line.intercept == pytest.approx(-1, abs=0.1)
    assert measures.calibration_error(line(3 * odds), outcome) < 0.02


def test_logistic_regression_finds_the_weights_and_a_ridge_pulls_them_to_what_was_believed() -> None:
    draw = np.random.default_rng(4)
    rows = draw.normal(size=(8000, 2))
    outcome = (draw.random(8000) < 1 / (1 + np.exp(-(-1 + rows @ array(2, -0.5))))).astype(float)
    found = fit_logistic(rows, outcome, ridge=1e-6)
    assert found.intercept == pytest.approx(-1, abs=0.12)
    assert found.weights == pytest.approx([2, -0.5], abs=0.12)
    believed = fit_logistic(rows[:5], outcome[:5], ridge=1e6, towards=array(7, 8))
    assert believed.weights == pytest.approx([7, 8], abs=1e-3)


def test_rows_that_separate_perfectly_end_all_the_same() -> None:
    found = fit_logistic(array(-2, -1, 1, 2)[:, None], array(0, 0, 1, 1), ridge=0.1)
    assert np.isfinite(found.weights).all()
    assert found.weights[0] > 0.5


def test_a_column_that_never_varies_has_a_scale_all_the_same() -> None:
    rows = np.column_stack([np.ones(4), array(1, 2, 3, 4)])
    assert np.isfinite(scale_of(rows)(rows)).all()


def _squeeze(values: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-values)))
