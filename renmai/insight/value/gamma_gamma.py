"""What an order will be worth: the Gamma-Gamma model, by a vectorised likelihood with its analytic gradient.

The values of one person's orders are gamma distributed with shape ``p`` and her own rate ν; over people ν is gamma distributed with shape
``q`` and rate ``gamma``. It assumes that what somebody spends an order does not depend on how often she orders. Source: Fader, Hardie, Lee,
"RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing Research 42 (2005), and Fader, Hardie, "The Gamma-Gamma
Model of Monetary Value" (2013).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import digamma, gammaln

from renmai.insight.value.fitting import Fit, UnfitError, Vector, maximise

NAMES = ("p", "q", "gamma")
FEWEST = 20
"""Below so many people three parameters say nothing."""


@dataclass(frozen=True)
class Spending:
    """How many orders each person's ``mean`` value is over (≥ 1), and that mean (> 0), one entry each."""

    orders: Vector
    mean: Vector


@dataclass(frozen=True)
class GammaGamma:
    """The parameters of the model."""

    p: float
    q: float
    gamma: float

    @property
    def overall(self) -> float:
        """What an order of somebody unknown is expected to be worth; infinite when q ≤ 1."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else np.inf


def fit(people: Spending) -> Fit:
    """Return the parameters of greatest likelihood with their intervals, in the order of ``NAMES``.

    Raises ``UnfitError`` for fewer than ``FEWEST`` people or without a peak (everybody spends the same), ``ValueError`` for numbers of
    orders below 1 and values that are not positive.
    """
    if np.any(people.orders < 1) or np.any(people.mean <= 0) or not np.all(np.isfinite(people.mean)):
        raise ValueError("a mean needs at least one order, and a value above zero")
    if len(people.orders) < FEWEST:
        raise UnfitError(f"fewer than {FEWEST} customers came back")
    # In units of the mean order, γ is about as large as q, whatever the currency.
    unit = float(people.mean.mean())
    x, total = people.orders, people.orders * people.mean / unit
    shift = float(np.log(people.mean).sum())

    def objective(logs: Vector) -> tuple[float, Vector]:
        p, q, gamma = np.exp(logs)
        shape, rate = p * x + q, np.log(gamma + total)
        value = gammaln(shape) - gammaln(p * x) - gammaln(q) + q * np.log(gamma) + p * x * np.log(total) - shape * rate
        slope_p = x @ (digamma(shape) - digamma(p * x) + np.log(total) - rate)
        slope_q = (digamma(shape) - digamma(q) + np.log(gamma) - rate).sum()
        slope_gamma = (q / gamma - shape / (gamma + total)).sum()
        return shift - float(value.sum()), -np.array([slope_p, slope_q, slope_gamma]) * np.exp(logs)

    found = maximise(objective, (2.0, 3.0, 1.0), names=NAMES, people=len(x))
    return found.in_units("gamma", unit)


def expected_mean(model: GammaGamma, people: Spending) -> Vector:
    """Return what each person's future orders are expected to be worth on average: between her own mean and everybody's.

    ``orders`` may be 0 here (then her ``mean`` does not count). Raises ``ValueError`` when q ≤ 1, where the expectation is infinite.
    """
    if model.q <= 1:
        raise ValueError("with q ≤ 1 the expected value of an order is infinite")
    own = model.p * people.orders
    weight = own / (own + model.q - 1)
    return np.asarray(weight * people.mean + (1 - weight) * model.overall, dtype=np.float64)


def simulated_total(model: GammaGamma, people: Spending, orders: Vector, generator: np.random.Generator) -> Vector:
    """Return one possible total of so many future ``orders`` of each, drawn from what her history leaves possible."""
    rate = generator.gamma(model.p * people.orders + model.q) / (model.gamma + people.orders * people.mean)
    sums = generator.gamma(np.maximum(model.p * orders, 1e-12)) / np.maximum(rate, 1e-300)
    return np.asarray(np.where(orders > 0, sums, 0.0), dtype=np.float64)
