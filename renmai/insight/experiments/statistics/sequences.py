"""Confidence sequences: intervals that stay true however often somebody looks, and whenever she stops.

The difference of two arms, measured with information 1 ÷ its variance, moves like a Brownian motion with drift. Mixing the likelihood ratio
over normally distributed drifts gives a martingale (Robbins 1970), whose inverse is the interval used here; for means with estimated variances
it holds asymptotically (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Annals of Statistics 2024, Theorem 2.2), for tests it is the
mSPRT (Johari, Koomen, Pekelis and Walsh, Operations Research 2022). Where the interval is tightest can be chosen: Howard, Ramdas, McAuliffe and
Sekhon, Annals of Statistics 2021, Section 3.5.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from renmai.insight.experiments.statistics.moments import Array, Moments

LEAST_UNITS = 50
"""With fewer counted units in an arm, or …"""

LEAST_NONZERO = 10
"""… fewer outcomes other than zero in both together, nothing is said: a variance from so few cannot be believed."""

HALVINGS = 60


@dataclass(frozen=True)
class Interval:
    """An estimate with its always-valid interval, at each look; endless (−∞ … ∞) where nothing can be said yet.

    ``error`` is the standard error: an ordinary interval, good for one look, reaches 1.96 of them to both sides.
    """

    value: Array
    low: Array
    high: Array
    error: Array

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Whether anything can be said."""
        return np.isfinite(self.low)

    @property
    def excludes_zero(self) -> NDArray[np.bool_]:
        """Whether chance alone does not explain a difference."""
        return (self.low > 0) | (self.high < 0)

    def running(self) -> "Interval":
        """Return the interval of everything learnt so far: what one look ruled out stays ruled out. Looks are the last axis."""
        low, high = np.maximum.accumulate(self.low, axis=-1), np.minimum.accumulate(self.high, axis=-1)
        return Interval(self.value, low, high, self.error)


def half_width(effective: Array | float, *, alpha: float, planned: float) -> Array:
    """Return half the width of the interval in standard deviations of one unit, after ``effective`` units of which ``planned`` were planned.

    Normal mixture, tightest near ``planned``. Infinite without units.
    """
    best = planned / (-2 * math.log(alpha) + math.log(-2 * math.log(alpha) + 1))
    seen = np.maximum(np.asarray(effective, dtype=np.float64), 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = np.sqrt((seen + best) * np.log((seen + best) / (best * alpha**2))) / seen
    return np.where(seen > 0, width, np.inf)


def contrast(arms: list[Moments], weights: list[float], *, alpha: float, planned: float) -> Interval:
    """Return Σ weight × ratio over arms, with its interval. ``planned`` is how many units each arm was to have.

    Difference of two arms: weights 1 and −1. Chance that shows in ``c`` already is taken out of means (one slope for all arms: Deng, Xu,
    Kohavi and Walker, WSDM 2013); ratios get the variance of the delta method.
    """
    slope = _slope(arms)
    typical = _mean_of_c(sum(arms[1:], arms[0]))
    value = sum(
        (weight * (arm.ratio - slope * (_mean_of_c(arm) - typical)) for arm, weight in zip(arms, weights, strict=True)),
        np.float64(0),
    )
    variance = sum((weight**2 * _variance(arm, slope) for arm, weight in zip(arms, weights, strict=True)), np.float64(0))
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = 1 / sum((weight**2 / arm.count for arm, weight in zip(arms, weights, strict=True)), np.float64(0))
        one = np.sqrt(variance * effective)
    aim = planned / sum(weight**2 for weight in weights)
    width = one * half_width(effective, alpha=alpha, planned=aim)
    nonzero = sum((arm.nonzero for arm in arms), np.float64(0))
    enough = np.all([arm.count >= LEAST_UNITS for arm in arms], axis=0) & (nonzero >= LEAST_NONZERO) & np.isfinite(width)
    low, high = np.where(enough, value - width, -np.inf), np.where(enough, value + width, np.inf)
    return Interval(np.asarray(value), low, high, np.sqrt(variance))


def difference(treatment: Moments, control: Moments, *, alpha: float, planned: float) -> Interval:
    """Return how much more ``treatment`` has than ``control``, with its interval."""
    return contrast([treatment, control], [1.0, -1.0], alpha=alpha, planned=planned)


def rate(successes: int, count: int, *, alpha: float) -> tuple[float, float]:
    """Return the always-valid interval of a chance of which ``successes`` of ``count`` came true. Exact for any number, also for few.

    Beta-binomial mixture with a flat prior (Robbins 1970): a chance stays in as long as the mixture is less than 1 ÷ alpha times as likely.
    """
    if not 0 <= successes <= count:
        raise ValueError("more successes than tries")
    mixture = math.lgamma(successes + 1) + math.lgamma(count - successes + 1) - math.lgamma(count + 2)
    best = successes / count if count else 0.5

    def is_in(chance: float) -> bool:
        likely = _times(successes, chance) + _times(count - successes, 1 - chance)
        return mixture - likely < -math.log(alpha)

    low = 0.0 if is_in(0.0) else _edge(is_in, outside=0.0, inside=best)
    high = 1.0 if is_in(1.0) else _edge(is_in, outside=1.0, inside=best)
    return low, high


def units_needed(effect: float, *, deviation: float, alpha: float, power: float) -> int:
    """Return how many units each of two arms needs, so that a true ``effect`` is seen with ``power`` at the last look.

    ``deviation`` is the standard deviation of one unit's outcome. Looks before only raise the chance.
    """
    if effect <= 0 or deviation <= 0:
        raise ValueError("an effect and a deviation are greater than zero")
    wanted = effect / deviation
    quantile = NormalDist().inv_cdf(power)

    def is_enough(units: float) -> bool:
        effective = units / 2
        return float(half_width(effective, alpha=alpha, planned=effective)) + quantile / math.sqrt(effective) <= wanted

    most = 1.0
    while not is_enough(most):
        most *= 2
    return math.ceil(_edge(is_enough, outside=most / 2, inside=most))


def _slope(arms: list[Moments]) -> Array:
    """Return how much of ``y`` goes with ``c``, within the arms; 0 where ``c`` says nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        together = sum((arm.yc - arm.y * arm.c / arm.count for arm in arms), np.float64(0))
        alone = sum((arm.cc - arm.c**2 / arm.count for arm in arms), np.float64(0))
        return np.where(alone > 0, together / alone, 0.0)


def _mean_of_c(arm: Moments) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(arm.count > 0, arm.c / arm.count, 0.0)


def _variance(arm: Moments, slope: Array) -> Array:
    """Return the variance of an arm's estimate: of Σ y ÷ Σ x by the delta method, less what ``c`` explains."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = arm.y / arm.x
        squares = arm.yy - 2 * ratio * arm.yx + ratio**2 * arm.xx
        squares = squares - 2 * slope * (arm.yc - arm.y * arm.c / arm.count) + slope**2 * (arm.cc - arm.c**2 / arm.count)
        return np.maximum(squares, 0.0) * arm.count / (arm.count - 1) / arm.x**2


def _times(count: int, chance: float) -> float:
    if count == 0:
        return 0.0
    return count * math.log(chance) if chance > 0 else -math.inf


def _edge(holds: Callable[[float], bool], *, outside: float, inside: float) -> float:
    for _halving in range(HALVINGS):
        middle = (outside + inside) / 2
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return inside
