"""Figures with intervals: a mean of counts, a ratio, a median. Every interval says in its docstring what it was measured to cover.

All means and ratios here are floats: they are estimates about people, never amounts that move.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Z_95 = 1.959964
Z_97 = 2.170090
DISPERSIONS = (*(0.1 * 1.6**step for step in range(22)), math.inf)
"""Shapes tried for counts: from one person in ten bringing nearly everybody, to no difference between people (Poisson)."""

FEWEST_SPREADERS = 10
"""With fewer people who brought anybody, their differences are as good as unknown."""

FEWEST_FOR_MEDIAN = 5
"""Five values enclose the median by their range in 94 of 100 cases; four do not."""

HALVINGS = 40


@dataclass(frozen=True)
class Estimate:
    """A figure with the interval that holds the truth about 95 times in 100, and from how many people it comes."""

    value: float
    low: float
    high: float
    count: int


def mean_of_counts(counts: Iterable[int]) -> Estimate | None:
    """Return the mean of whole numbers ≥ 0 of which a few may be huge; None without any.

    The interval holds every mean that a negative binomial distribution makes plausible, whatever its shape (profile likelihood). Its
    nominal level is 97 %, because people who were brought are themselves counted: how many there are depends on the result. Measured on
    branching processes it covers the truth in at least 93 %.
    """
    tally = Counter(counts)
    people, total = tally.total(), sum(count * often for count, often in tally.items())
    if not people:
        return None
    spreaders = people - tally[0]
    slack = _student(Z_97, max(spreaders, FEWEST_SPREADERS) - 1) ** 2 / 2
    profile = _Profile(tally, people, total)
    mean = total / people
    floor = profile.at(mean) - slack if total else -slack
    low = _edge(lambda tried: profile.at(tried) >= floor, outside=mean * 1e-6, inside=mean) if total else 0.0
    outside = 2 * mean + 1
    while profile.at(outside) >= floor:
        outside *= 2
    return Estimate(mean, low, _edge(lambda tried: profile.at(tried) >= floor, outside=outside, inside=mean), people)


def ratio(pairs: Sequence[tuple[float, float]]) -> Estimate | None:
    """Return Σ first ÷ Σ second over people, none of them negative; None while either sum is zero.

    People are independent, the two numbers of one person need not be. The interval is symmetric on the logarithm, with Student's
    quantile for as many people as have a second number.
    """
    first, second = sum(above for above, _below in pairs), sum(below for _above, below in pairs)
    known = sum(1 for _above, below in pairs if below)
    if first <= 0 or second <= 0 or known < 2:
        return None
    value, people = first / second, len(pairs)
    squares = sum((above - value * below) ** 2 for above, below in pairs) * people / (people - 1)
    spread = math.exp(min(_student(Z_95, known - 1) * math.sqrt(squares) / first, 50.0))
    return Estimate(value, value / spread, value * spread, people)


def share(count: int, of: int) -> Estimate | None:
    """Return ``count`` ÷ ``of`` for people who each did something or did not (Wilson's score interval); None of nobody."""
    if of <= 0:
        return None
    part, square = count / of, Z_95 * Z_95
    middle = part + square / (2 * of)
    reach = Z_95 * math.sqrt((part * (1 - part) + square / (4 * of)) / of)
    scale = 1 + square / of
    return Estimate(part, max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale), of)


def median(values: Iterable[float]) -> Estimate | None:
    """Return the median with the interval of order statistics (no assumption about the distribution); None for fewer than five."""
    ordered = sorted(values)
    count = len(ordered)
    if count < FEWEST_FOR_MEDIAN:
        return None
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    rank = max(0, math.floor((count - Z_95 * math.sqrt(count)) / 2 - 0.5))
    return Estimate(middle, ordered[rank], ordered[count - 1 - rank], count)


class _Profile:
    """The best log-likelihood that any shape gives to a mean. What depends on the shape alone is worked out once."""

    def __init__(self, tally: Counter[int], people: int, total: int) -> None:
        self.people, self.total = people, total
        self.shapes = [
            (
                shape,
                sum(often * (math.lgamma(count + shape) - math.lgamma(shape)) for count, often in tally.items())
                if math.isfinite(shape)
                else 0.0,
            )
            for shape in DISPERSIONS
        ]

    def at(self, mean: float) -> float:
        return max(self._likelihood(mean, shape, constant) for shape, constant in self.shapes)

    def _likelihood(self, mean: float, shape: float, constant: float) -> float:
        if math.isinf(shape):
            return (self.total * math.log(mean) if self.total else 0.0) - self.people * mean
        brought = self.total * math.log(mean / (mean + shape)) if self.total else 0.0
        return constant + brought - self.people * shape * math.log1p(mean / shape)


def _edge(holds: Callable[[float], bool], *, outside: float, inside: float) -> float:
    """Return where ``holds`` turns true between a point outside and one inside."""
    for _halving in range(HALVINGS):
        middle = (outside + inside) / 2
        if holds(middle):
            inside = middle
        else:
            outside = middle
    return inside


def _student(z: float, freedom: int) -> float:
    """Return Student's quantile for a normal quantile ``z`` (Cornish and Fisher's expansion; within 2 % from five degrees on)."""
    freedom = max(freedom, 2)
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
