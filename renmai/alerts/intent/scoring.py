"""The chance that a live session ends in a purchase, and what raised it: a weighted sum of what was seen, or trees (branching.py).

Plain arithmetic without numpy: the worker asks it for every customer who lingers, and every card is explained by it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Protocol

from renmai.alerts.intent.features import NAMES, Signals

REASONS_MOST = 3
STARTING_INTERCEPT = -3.6
STARTING_WEIGHTS: Mapping[str, float] = {
    "views": 0.5,
    "seconds": 0.45,
    "scroll_percent": 0.3,
    "pictures": 0.2,
    "variants": 1.0,
    "cart_additions": 1.6,
    "cart_openings": 0.5,
    "searches": 0.3,
    "other_products": -0.1,
    "earlier_days": 0.5,
    "past_orders": 0.4,
}
"""What we believe before a shop has sessions of its own: 2.7 % for whoever shows nothing, more for each step towards the till.

Judgement, not measurement: the order of the steps follows the funnel (looked, chose a variant, put it into the cart), the base rate is that
of web shops. Our own sessions pull the weights away from it (refitting.py).
"""


class Scorer(Protocol):
    """A model as it scores."""

    @property
    def number(self) -> int | None:
        """Its row; None for the starting model."""

    def chance(self, seen: Signals) -> float:
        """Return the chance, between 0 and 1."""

    def reasons(self, seen: Signals) -> Sequence[str]:
        """Return the names of what raised the chance most, the strongest first; nothing that was not seen."""

    def parameters(self) -> Mapping[str, object]:
        """Return the model as a row keeps it, in JSON."""


def chance_of(odds: float) -> float:
    """Return the chance that log-odds stand for."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, odds))))


def strongest(raised: Mapping[str, float]) -> Sequence[str]:
    """Return the names of what raised the chance most, the strongest first."""
    return [name for name, part in sorted(raised.items(), key=lambda item: -item[1]) if part > 0][:REASONS_MOST]


@dataclass(frozen=True)
class Weighted:
    """A weighted sum: ``slope`` and ``shift`` are its calibration in log-odds."""

    intercept: float
    weights: tuple[float, ...]
    shift: float = 0.0
    slope: float = 1.0
    number: int | None = None

    def chance(self, seen: Signals) -> float:
        """Return the chance, between 0 and 1."""
        odds = self.intercept + sum(weight * value for weight, value in zip(self.weights, seen.numbers(), strict=True))
        return chance_of(self.shift + self.slope * odds)

    def reasons(self, seen: Signals) -> Sequence[str]:
        """Return what raised the chance most: the largest parts of the sum."""
        numbers = zip(NAMES, self.weights, seen.numbers(), strict=True)
        return strongest({name: weight * value for name, weight, value in numbers})

    def parameters(self) -> Mapping[str, object]:
        """Return the model as a row keeps it."""
        weights = dict(zip(NAMES, self.weights, strict=True))
        return {"intercept": self.intercept, "weights": weights, "shift": self.shift, "slope": self.slope}


STARTING = Weighted(STARTING_INTERCEPT, tuple(STARTING_WEIGHTS[name] for name in NAMES))


def weighted(parameters: Mapping[str, object], *, number: int) -> Weighted | None:
    """Return the weighted sum that a row keeps; None when it is not of the features that there are now, so that it counts as missing."""
    weights = parameters.get("weights")
    if not isinstance(weights, Mapping) or set(weights) != set(NAMES):
        return None
    plain = [parameters.get(name) for name in ("intercept", "shift", "slope")]
    if not all(isinstance(value, int | float) for value in [*plain, *weights.values()]):
        return None
    intercept, shift, slope = (float(value) for value in plain if isinstance(value, int | float))
    return Weighted(intercept, tuple(float(weights[name]) for name in NAMES), shift, slope, number)
