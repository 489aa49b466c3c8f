"""For whom it works: uplift by segment, and whether treating the right people first is better than treating anybody (Qini).

Radcliffe, "Using control groups to target on predicted lift", Direct Marketing Analytics Journal 2007: people in the order of their predicted uplift; the curve is what
was gained on the treated among the first k, compared with the controls among them. The coefficient is the area between the curve and
the straight line of a random order, per person.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renmai.insight.experiments.statistics.moments import Array

DRAWS = 400
POINTS = 50
FOLDS = 5


@dataclass(frozen=True)
class Qini:
    """The curve at ``POINTS`` shares of the people (gain per person), and the coefficient with a bootstrap interval of 95 %."""

    shares: Array
    gains: Array
    coefficient: float
    low: float
    high: float


def predict_by_segment(segments: NDArray[np.int64], treated: NDArray[np.bool_], y: Array, *, seed: int) -> Array:
    """Return each unit's predicted uplift: mean of the treated less mean of the controls of its segment, without its own fold.

    A T-learner with one cell for each segment; nobody's prediction knows her own outcome. A segment without both arms in the other folds gets
    the uplift of everybody.
    """
    dice = np.random.default_rng(seed)
    folds = dice.integers(0, FOLDS, len(y))
    kinds = int(segments.max(initial=0)) + 1
    predicted = np.zeros(len(y))
    for fold in range(FOLDS):
        rest = folds != fold
        overall = _mean(y[rest & treated]) - _mean(y[rest & ~treated])
        means = [_means(segments[rest & arm], y[rest & arm], kinds) for arm in (treated, ~treated)]
        uplift = means[0] - means[1]
        predicted[~rest] = np.where(np.isfinite(uplift), uplift, overall)[segments[~rest]]
    return predicted


def qini(predicted: Array, treated: NDArray[np.bool_], y: Array, *, seed: int) -> Qini:
    """Return the curve of the order in which ``predicted`` puts people, the highest first; people with the same prediction stand in a random order.

    One look, at the end: unlike the sequences, this interval does not allow for looking again and again.
    """
    dice = np.random.default_rng(seed)
    gains, coefficient = _curve(predicted, treated, y, dice)
    drawn = np.empty(DRAWS)
    for draw in range(DRAWS):
        chosen = dice.integers(0, len(y), len(y))
        drawn[draw] = _curve(predicted[chosen], treated[chosen], y[chosen], dice)[1]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Qini(np.linspace(0, 1, POINTS + 1), gains, coefficient, float(low), float(high))


def _curve(predicted: Array, treated: NDArray[np.bool_], y: Array, dice: np.random.Generator) -> tuple[Array, float]:
    order = np.lexsort((dice.random(len(y)), -predicted))
    on, outcome = treated[order].astype(np.float64), y[order]
    many, few = np.cumsum(on), np.cumsum(1 - on)
    gained = np.cumsum(outcome * on) - np.cumsum(outcome * (1 - on)) * np.divide(many, few, out=np.zeros(len(y)), where=few > 0)
    gained = np.concatenate([[0.0], gained]) / max(many[-1], 1.0)
    places = np.linspace(0, len(y), POINTS + 1).round().astype(np.int64)
    line = np.linspace(0, gained[-1], len(y) + 1)
    return gained[places], float((gained - line).mean())


def _means(segments: NDArray[np.int64], y: Array, kinds: int) -> Array:
    counts = np.bincount(segments, minlength=kinds)
    sums = np.bincount(segments, weights=y, minlength=kinds)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _mean(y: Array) -> float:
    return float(y.mean()) if len(y) else 0.0
