"""Logistic regression with a ridge, by Newton's method."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_STEPS = 50
CLOSE_ENOUGH = 1e-9


@dataclass(frozen=True)
class Logistic:
    """Chances from a weighted sum: ``intercept + rows · weights`` are the log-odds of yes."""

    intercept: float
    weights: Floats

    def log_odds(self, rows: Floats) -> Floats:
        """Return the log-odds of each row."""
        return np.asarray(self.intercept + rows @ self.weights)


@dataclass(frozen=True)
class Scale:
    """How columns were brought to mean 0 and spread 1 on the rows a model was fitted to."""

    mean: Floats
    spread: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return ``rows`` on this scale."""
        return np.asarray((rows - self.mean) / self.spread)


def scale_of(rows: Floats) -> Scale:
    """Return the scale of ``rows``; a column that never varies keeps spread 1."""
    spread = rows.std(axis=0)
    return Scale(rows.mean(axis=0), np.where(spread > 0, spread, 1.0))


def fit_logistic(rows: Floats, outcome: Floats, *, ridge: float, towards: Floats | None = None) -> Logistic:
    """Return the weights that maximise the likelihood less ``ridge``/2 · |weights - towards|² (the intercept is free).

    ``towards`` (default: zeros) is what the weights are where the rows say nothing. Newton's steps are halved until the likelihood
    rises; the likelihood is concave, so they end at its one peak.
    """
    design = np.column_stack([np.ones(len(rows)), rows])
    goal = np.concatenate([[0.0], np.zeros(rows.shape[1]) if towards is None else towards])
    penalty = np.full(design.shape[1], float(ridge))
    penalty[0] = 1e-9

    def worth(weights: Floats) -> float:
        odds = design @ weights
        return float((outcome * odds - np.logaddexp(0.0, odds)).sum() - 0.5 * (penalty * (weights - goal) ** 2).sum())

    weights = goal.copy()
    value = worth(weights)
    for _step in range(MOST_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(design @ weights)))
        slope = design.T @ (outcome - chance) - penalty * (weights - goal)
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(penalty + 1e-12)
        step = np.linalg.solve(bend, slope)
        while worth(weights + step) < value and np.abs(step).max() > CLOSE_ENOUGH:
            step = step / 2
        weights = weights + step
        gained, value = worth(weights) - value, worth(weights)
        if gained < CLOSE_ENOUGH * len(rows):
            break
    return Logistic(float(weights[0]), weights[1:])
