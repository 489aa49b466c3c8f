"""Fitting a logistic response with a temper for each receiver, by Newton's steps with a ridge.

Minimised is Σ log-loss + ½·ridge·|θ − θ_start|² + ½·u²/σ² summed over receivers: the tempers are shrunk towards zero like random
effects. Their part of the Hessian is diagonal, so each step eliminates them (a Schur complement) and solves only a small system, however
many receivers there are. Everything is vectorised; a million observations take a few seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from renmai.trust.hazard import Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

RIDGE = 1.0
TEMPER_VARIANCE = 0.25
MOST_STEPS = 50
CLOSE = 1e-8


@dataclass(frozen=True)
class Observed:
    """What followed ``n`` shares. Arrays of length n; ``receiver`` counts from 0; ``happened`` is 0 or 1."""

    pressure: Floats
    belief: Floats
    relevance: Floats
    receiver: Whole
    happened: Floats


@dataclass(frozen=True)
class Fitted:
    """The weights, the temper of each receiver, the mean log-loss, and how many steps it took."""

    weights: Weights
    tempers: Floats
    log_loss: float
    steps: int


def fit(observed: Observed, *, start: Weights, ridge: float = RIDGE) -> Fitted:
    """Return the weights that explain ``observed`` best, drawn towards ``start`` by the ridge: few observations change little.

    Raises ``ArithmeticError`` when Newton's steps do not settle, which a ridge above zero rules out for finite data.
    """
    import numpy as np

    design = _design(observed)
    before = np.array([start.base, start.pressure, start.belief, start.relevance])
    theta, tempers = before.copy(), np.zeros(int(observed.receiver.max(initial=-1)) + 1)
    penalty = np.full(design.shape[1], ridge)
    for step in range(1, MOST_STEPS + 1):
        change, own = _newton(design, observed, theta, tempers, penalty=penalty, towards=before)
        longest = max(float(np.abs(change).max()), float(np.abs(own).max(initial=0.0)), 1.0)
        # Never further than one unit of log odds at once: far from the answer the parabola lies.
        theta, tempers = theta + change / longest, tempers + own / longest
        if max(float(np.abs(change).max()), float(np.abs(own).max(initial=0.0))) < CLOSE:
            loss = mean_log_loss(_chance(design @ theta + tempers[observed.receiver]), observed.happened)
            return Fitted(Weights(*map(float, theta)), tempers, loss, step)
    raise ArithmeticError("the fit of a response did not settle")


def mean_log_loss(chance: Floats, happened: Floats) -> float:
    """Return the mean of −log of the probability given to what happened, in nats; 0 when nothing did."""
    import numpy as np

    if not len(happened):
        return 0.0
    inside = np.clip(chance, 1e-12, 1.0 - 1e-12)
    return float(-np.mean(happened * np.log(inside) + (1.0 - happened) * np.log1p(-inside)))


def calibration_error(chance: Floats, happened: Floats, *, bins: int = 10) -> float:
    """Return the expected calibration error over ``bins`` groups of equal size: the mean gap between what was said and what happened."""
    import numpy as np

    groups = np.array_split(np.argsort(chance, kind="stable"), bins)
    gaps = [abs(float(chance[group].mean() - happened[group].mean())) * len(group) for group in groups if len(group)]
    return sum(gaps) / len(chance)


def _design(observed: Observed) -> Floats:
    import numpy as np

    inside = np.clip(observed.belief, 1e-9, 1.0 - 1e-9)
    log_odds = np.log(inside) - np.log1p(-inside)
    return np.column_stack([np.ones(len(inside)), observed.pressure, log_odds, observed.relevance])


def _chance(odds: Floats) -> Floats:
    import numpy as np

    chance: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -35.0, 35.0)))
    return chance


def _newton(
    design: Floats, observed: Observed, theta: Floats, tempers: Floats, *, penalty: Floats, towards: Floats
) -> tuple[Floats, Floats]:
    """Return the Newton step for θ and for the tempers, these eliminated first."""
    import numpy as np

    chance = _chance(design @ theta + tempers[observed.receiver])
    weight, rest = chance * (1.0 - chance), observed.happened - chance
    count = len(tempers)
    slope = design.T @ rest - penalty * (theta - towards)
    own_slope = np.bincount(observed.receiver, rest, minlength=count) - tempers / TEMPER_VARIANCE
    own_curve = np.bincount(observed.receiver, weight, minlength=count) + 1.0 / TEMPER_VARIANCE
    curve = (design * weight[:, None]).T @ design + np.diag(penalty)
    mixed = np.column_stack([np.bincount(observed.receiver, weight * column, minlength=count) for column in design.T])
    schur = curve - mixed.T @ (mixed / own_curve[:, None])
    change: Floats = np.linalg.solve(schur, slope - mixed.T @ (own_slope / own_curve)).astype(np.float64)
    return change, (own_slope - mixed @ change) / own_curve
