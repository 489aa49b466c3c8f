"""Making chances honest: a rising step curve, or a line in log-odds, from scores to the share of yes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renmai.alerts.intent.logistic import fit_logistic

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """An isotonic curve: between the knots ``score`` → ``chance`` it is interpolated, outside them it stays level."""

    score: Floats
    chance: Floats

    def __call__(self, score: Floats) -> Floats:
        """Return the chance at each score."""
        return np.interp(score, self.score, self.chance)


@dataclass(frozen=True)
class Line:
    """Platt's curve: the chance is the logistic function of ``intercept + slope · log-odds``."""

    intercept: float
    slope: float

    def __call__(self, score: Floats) -> Floats:
        """Return the chance at each score."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.intercept + self.slope * score))))


def isotonic(score: Floats, outcome: Floats) -> Steps:
    """Return the rising curve closest to ``outcome`` (pool adjacent violators, Ayer et al. 1955).

    No chance is nearer to 0 or 1 than one row among all and two more: nothing that was seen so often is sure.
    """
    pools: list[tuple[float, float, int]] = []
    order = np.argsort(score, kind="stable")
    for place, yes in zip(score[order].tolist(), outcome[order].tolist(), strict=True):
        pools.append((place, yes, 1))
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            pools[-2:] = [_together(pools[-2], pools[-1])]
    least = 1 / (len(outcome) + 2)
    places, means, _weights = (np.array(column) for column in zip(*pools, strict=True))
    return Steps(places, np.clip(means, least, 1 - least))


def _together(left: tuple[float, float, int], right: tuple[float, float, int]) -> tuple[float, float, int]:
    """Return two pools (mean score, mean outcome, rows) as one."""
    weight = left[2] + right[2]
    place, mean = ((left[part] * left[2] + right[part] * right[2]) / weight for part in (0, 1))
    return place, mean, weight


def platt(score: Floats, outcome: Floats) -> Line:
    """Return the line in log-odds that fits best (Platt 1999)."""
    fitted = fit_logistic(score[:, None], outcome, ridge=1e-3)
    return Line(fitted.intercept, float(fitted.weights[0]))
