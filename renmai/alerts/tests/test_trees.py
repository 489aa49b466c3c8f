"""Boosted trees find what a line cannot, are the same each time, and never learn from nothing."""

import numpy as np
import pytest

from renmai.alerts.intent import measures, trees
from renmai.alerts.intent.logistic import fit_logistic

FEW = trees.Growth(rounds=30, depth=3, rate=0.2, leaf_weight=2.0)


def either_but_not_both(size: int = 1200, *, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    rows = draw.normal(size=(size, 4))
    odds = 4 * np.where(rows[:, 0] * rows[:, 1] > 0, 1.0, -1.0)
    return rows, (draw.random(size) < 1 / (1 + np.exp(-odds))).astype(float)


def test_trees_find_an_interaction_that_a_line_cannot() -> None:
    rows, outcome = either_but_not_both()
    train, test = slice(0, 800), slice(800, None)
    forest = trees.grow(rows[train], outcome[train], growth=FEW, seed=1)
    line = fit_logistic(rows[train], outcome[train], ridge=1.0)
    assert measures.auc(forest.log_odds(rows[test]), outcome[test]) > 0.93
    assert measures.auc(line.log_odds(rows[test]), outcome[test]) < 0.65


def test_the_same_rows_and_seed_give_the_same_trees() -> None:
    rows, outcome = either_but_not_both(400)
    first, second = (trees.grow(rows, outcome, growth=FEW, seed=7).log_odds(rows) for _time in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, trees.grow(rows, outcome, growth=FEW, seed=8).log_odds(rows))


def test_stages_end_where_the_whole_forest_does() -> None:
    rows, outcome = either_but_not_both(400)
    forest = trees.grow(rows, outcome, growth=FEW, seed=7)
    stages = forest.staged(rows)
    assert stages.shape == (FEW.rounds + 1, 400)
    assert np.allclose(stages[-1], forest.log_odds(rows))
    first = trees.Forest(forest.edges, forest.base, forest.trees[:10])
    assert np.allclose(stages[10], first.log_odds(rows))
    assert np.allclose(stages[0], np.log(outcome.mean() / (1 - outcome.mean())))


def test_columns_without_anything_in_them_change_nothing() -> None:
    rows, outcome = either_but_not_both(400)
    plain = trees.grow(rows, outcome, growth=FEW, seed=7).log_odds(rows)
    padded = np.hstack([rows, np.full((400, 2), 5.0)])
    assert np.allclose(trees.grow(padded, outcome, growth=FEW, seed=7).log_odds(padded), plain)


def test_rows_never_seen_before_are_answered_whatever_they_hold() -> None:
    rows, outcome = either_but_not_both(400)
    forest = trees.grow(rows, outcome, growth=FEW, seed=7)
    odd = np.array([[1e12, -1e12, 0.0, 0.0], [0.0, 0.0, 1e300, -1e300]])
    assert np.isfinite(forest.log_odds(odd)).all()


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_an_outcome_that_never_varies_teaches_nothing(value: float) -> None:
    with pytest.raises(ValueError, match="never varies"):
        trees.grow(np.zeros((10, 2)), np.full(10, value), growth=FEW, seed=1)


def test_many_values_are_cut_into_bins_and_few_keep_their_own() -> None:
    rows = np.column_stack([np.arange(1000.0), np.arange(1000) % 3])
    binned = trees.bins_of(rows, trees.edges_of(rows))
    assert (binned[:, 0].max(), binned[:, 1].max()) == (trees.BINS - 1, 2)
    assert (np.diff(binned[:, 0].astype(int)) >= 0).all()
