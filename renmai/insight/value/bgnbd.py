"""How often customers will order again: the BG/NBD model, by a vectorised likelihood with its analytic gradient.

While she is a customer, somebody orders at random at her own rate λ; after each order she leaves for good with her own probability p. Over
people λ is gamma distributed (shape ``r``, rate ``alpha``) and p beta distributed (``a``, ``b``). Source: Fader, Hardie, Lee, "Counting Your
Customers the Easy Way: An Alternative to the Pareto/NBD Model", Marketing Science 24 (2005). Times are in whatever unit the caller
uses throughout; Renmai uses weeks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, hyp2f1

from renmai.insight.value.fitting import Fit, UnfitError, Vector, maximise

NAMES = ("r", "alpha", "a", "b")
FEWEST_REPEATERS = 20
"""Below so many people who came back four parameters say nothing."""

ALMOST = 1e-6
"""So close to a pole of the hypergeometric function the expectation, which has none, is taken just beside it."""


@dataclass(frozen=True)
class Histories:
    """What the model knows of people, one entry each in arrays of one length.

    ``frequency`` is the number of orders after the first, ``recency`` the time from the first to the last (0 without a second one),
    ``age`` the time from the first until now.
    """

    frequency: Vector
    recency: Vector
    age: Vector

    def __len__(self) -> int:
        return len(self.frequency)

    def part(self, which: slice) -> "Histories":
        """Return some of the people."""
        return Histories(self.frequency[which], self.recency[which], self.age[which])


@dataclass(frozen=True)
class BgNbd:
    """The parameters of the model."""

    r: float
    alpha: float
    a: float
    b: float


@dataclass(frozen=True)
class _Collapsed:
    """Distinct histories with how many people share each. ``orders`` counts people by their number of repeated orders."""

    frequency: Vector
    recency: Vector
    age: Vector
    weight: Vector
    orders: Vector


def fit(people: Histories) -> Fit:
    """Return the parameters of greatest likelihood with their intervals, in the order of ``NAMES``.

    Equal histories are counted once with their number. Raises ``UnfitError`` with fewer than ``FEWEST_REPEATERS`` who came back, or when
    the likelihood has no peak; ``ValueError`` for histories that cannot be (a recency beyond the age, negative numbers).
    """
    _check(people)
    if np.count_nonzero(people.frequency) < FEWEST_REPEATERS:
        raise UnfitError(f"fewer than {FEWEST_REPEATERS} customers came back")
    # In units of the longest age every time is at most 1, so that α is neither huge nor tiny whatever the caller counts in.
    unit = float(people.age.max())
    scaled = Histories(people.frequency, people.recency / unit, people.age / unit)
    rows = _collapse(scaled)
    shift = float(people.frequency.sum()) * np.log(unit)

    def objective(logs: Vector) -> tuple[float, Vector]:
        value, slope = _negative(rows, np.exp(logs))
        return value + shift, slope * np.exp(logs)

    rate = float(people.frequency.sum() / scaled.age.sum())
    found = maximise(objective, (0.5, 0.5 / rate, 1.0, 2.0), names=NAMES, people=len(people))
    return found.in_units("alpha", unit)


def log_likelihood(model: BgNbd, people: Histories) -> float:
    """Return the log-likelihood of ``people``."""
    rows = _collapse(people)
    return -_negative(rows, np.array([model.r, model.alpha, model.a, model.b]))[0]


def alive(model: BgNbd, people: Histories) -> Vector:
    """Return the probability that each is still a customer. Who never came back has had no occasion to leave: 1."""
    gone = np.where(people.frequency > 0, expit(_log_odds_gone(model, people)), 0.0)
    return np.asarray(1 - gone, dtype=np.float64)


def expected_orders(model: BgNbd, people: Histories, horizon: float) -> Vector:
    """Return how many orders each is expected to place within ``horizon`` from now, given her history.

    The paper's expression multiplies a vanishing power with an exploding hypergeometric function when somebody ordered very often; by
    Euler's transformation both become tame: (1−z)^(r+x)·F(r+x, b+x; c; z) = (1−z)^(a−1)·F(c−r−x, a−1; c; z) with c = a+b+x−1.
    """
    a = _beside(model.a, 1.0)
    c = a + model.b + people.frequency - 1
    c = np.where(np.abs(c) < ALMOST, ALMOST, c)
    left = (model.alpha + people.age) / (model.alpha + people.age + horizon)
    tail = left ** (a - 1) * hyp2f1(a + model.b - 1 - model.r, a - 1, c, 1 - left)
    return np.asarray(np.maximum(c / (a - 1) * (1 - tail), 0.0) * alive(model, people), dtype=np.float64)


def simulated_orders(model: BgNbd, people: Histories, horizon: float, generator: np.random.Generator) -> Vector:
    """Return one possible future for each: a number of orders within ``horizon``, drawn from what her history leaves possible.

    Given that she still is a customer, her rate is gamma distributed with r+x and α+T, her probability of leaving beta with a and b+x.
    """
    rate = generator.gamma(model.r + people.frequency, 1 / (model.alpha + people.age))
    leaves = np.maximum(generator.beta(model.a, model.b + people.frequency), 1e-12)
    stays = generator.random(len(people)) < alive(model, people)
    until_leaving = generator.geometric(leaves)
    return np.asarray(np.minimum(generator.poisson(rate * horizon), until_leaving) * stays, dtype=np.float64)


def _log_odds_gone(model: BgNbd, people: Histories) -> Vector:
    """Return ln of gone : alive for people who came back (meaningless for others)."""
    x = np.maximum(people.frequency, 1.0)
    waited = np.log((model.alpha + people.age) / (model.alpha + people.recency))
    return np.asarray(np.log(model.a / (model.b + x - 1)) + (model.r + x) * waited, dtype=np.float64)


def _negative(rows: _Collapsed, parameters: Vector) -> tuple[float, Vector]:
    """Return the negative log-likelihood and its gradient by r, α, a, b.

    What depends on the number of orders alone (the gamma functions) is worked out once per number, not once per person. The sum of the
    two cases, still there or gone since the last order, is taken on logarithms, so that nothing under- or overflows.
    """
    r, alpha, a, b = parameters
    counts = np.arange(len(rows.orders))
    repeated = counts > 0
    constant = gammaln(r + counts) - gammaln(r) + r * np.log(alpha)
    constant += gammaln(a + b) - gammaln(a + b + counts) + gammaln(b + counts) - gammaln(b)
    log_gone = np.where(repeated, np.log(a) - np.log(np.maximum(b + counts - 1, 1e-300)), -np.inf)

    # Who never came back cannot have left: her part is the simple power alone. The rows are in the order of their number of orders.
    never = int(np.searchsorted(rows.frequency, 0.5))
    x, weight = rows.frequency[never:], rows.weight[never:]
    index: NDArray[np.intp] = x.astype(np.intp)
    until_now, until_last = alpha + rows.age, alpha + rows.recency[never:]
    log_now, log_last = np.log(until_now), np.log(until_last)
    there = -(r + x) * log_now[never:]
    odds = log_gone[index] - (r + x) * log_last - there
    value = rows.orders @ constant - r * (rows.weight[:never] @ log_now[:never]) + weight @ (there + np.logaddexp(0.0, odds))

    share_gone = expit(odds) * weight
    share_there = rows.weight.copy()
    share_there[never:] -= share_gone
    gone_by_count = np.bincount(index, share_gone, minlength=len(counts))
    slope_r = rows.orders @ (digamma(r + counts) - digamma(r) + np.log(alpha)) - share_there @ log_now - share_gone @ log_last
    slope_alpha = rows.orders.sum() * r / alpha - (r + rows.frequency) @ (share_there / until_now)
    slope_alpha -= (r + x) @ (share_gone / until_last)
    both = rows.orders @ (digamma(a + b) - digamma(a + b + counts))
    slope_a = both + gone_by_count.sum() / a
    slope_b = both + rows.orders @ (digamma(b + counts) - digamma(b))
    slope_b -= gone_by_count[1:] @ (1 / (b + counts[1:] - 1))
    return -float(value), -np.array([slope_r, slope_alpha, slope_a, slope_b])


def _collapse(people: Histories) -> _Collapsed:
    """Return the distinct histories with their numbers, in the order of their number of orders."""
    order = np.lexsort((people.age, people.recency, people.frequency))
    frequency, recency, age = people.frequency[order], people.recency[order], people.age[order]
    begins = np.flatnonzero(np.r_[True, (np.diff(frequency) != 0) | (np.diff(recency) != 0) | (np.diff(age) != 0)])
    return _Collapsed(
        frequency=frequency[begins],
        recency=recency[begins],
        age=age[begins],
        weight=np.diff(np.r_[begins, len(people)]).astype(np.float64),
        orders=np.bincount(people.frequency.astype(np.intp)).astype(np.float64),
    )


def _beside(value: float, pole: float) -> float:
    return value if abs(value - pole) > ALMOST else pole + ALMOST


def _check(people: Histories) -> None:
    if not len(people):
        raise UnfitError("there are no customers")
    if np.any(people.frequency < 0) or np.any(people.frequency != np.floor(people.frequency)):
        raise ValueError("a number of orders is a whole number")
    if np.any(people.recency < 0) or np.any(people.recency > people.age):
        raise ValueError("the last order lies between the first one and now")
    if people.age.max() <= 0:
        raise UnfitError("nobody has been a customer for any time")
