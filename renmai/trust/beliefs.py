"""What a receiver may believe of a sharer: a Beta distribution of good against bad, with a prior that knows both of them.

After the beta reputation system (Jøsang and Ismail 2002): q = (α + m·q̄) / (α + β + m). α and β are the tie's own good and bad,
faded. q̄ is the sharer's mean over all her ties, shrunk to the platform's, and moved by how severe this receiver is with everybody.

Three properties hold by construction, and are tested. A good outcome never lowers q. Nobody is lifted far above the platform by what
others say of her (``MAX_LIFT``), though complaints lower her without a floor. And one receiver is at most one vote (``vote``), counted as
far as others know her, so that a ring which praises itself moves little.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import Final

PRIOR_STRENGTH: Final = 4.0
"""m: so many outcomes weigh as much as everything that is known of the two from elsewhere."""

SHARER_SHRINK: Final = 4.0
"""So many votes of receivers weigh as much as the platform's mean."""

RECEIVER_SHRINK: Final = 6.0
"""So many outcomes of a receiver weigh as much as the platform's mean, before she counts as severe or mild."""

CREDIBLE_AFTER: Final = 2.0
"""A receiver known on so many other ties counts half; one known to nobody else counts nothing."""

MAX_LIFT: Final = 0.35
"""A sharer's mean is at most so far above the platform's, in log odds."""

START_RATE: Final = 0.8
"""The platform's rate of good before anything is known."""

LOW_SHARE: Final = 0.1
"""Ranking trusts the value that q exceeds with 90 %."""

_CLOSE: Final = 1e-12


@dataclass(frozen=True)
class Tally:
    """Good and bad, faded to one moment."""

    good: float = 0.0
    bad: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.good + other.good, self.bad + other.bad)

    @property
    def total(self) -> float:
        """All evidence."""
        return self.good + self.bad


@dataclass(frozen=True)
class Belief:
    """The posterior of one tie: ``mean`` is q; ``prior`` is q̄ for these two."""

    mean: float
    prior: float
    tally: Tally

    @property
    def low(self) -> float:
        """The lower 10 % bound of q; asked for only where something is ranked, because it takes a while."""
        return quantile(LOW_SHARE, *_shapes(self.tally, self.prior))


def logit(share: float) -> float:
    """Return the log odds of a share, kept finite."""
    inside = min(max(share, 1e-9), 1.0 - 1e-9)
    return log(inside) - log1p(-inside)


def sigmoid(odds: float) -> float:
    """Return the share with these log odds."""
    return 1.0 / (1.0 + exp(-odds)) if odds >= 0 else exp(odds) / (1.0 + exp(odds))


def vote(tally: Tally, *, elsewhere: float) -> Tally:
    """Return what one receiver counts in her sharer's mean: at most one, and only as far as she is known on other ties.

    ``elsewhere`` is on how many ties to others she is known (``standing``). The vote is α/(α+β+1) against β/(α+β+1), so more good never
    lowers the mean, whatever the receiver thought before.
    """
    credible = max(elsewhere, 0.0) / (max(elsewhere, 0.0) + CREDIBLE_AFTER)
    return Tally(credible * tally.good / (tally.total + 1.0), credible * tally.bad / (tally.total + 1.0))


def sharer_mean(votes: Tally, *, platform: float) -> float:
    """Return a sharer's mean from the votes of her receivers, shrunk to the platform's and bounded above."""
    mean = (votes.good + SHARER_SHRINK * platform) / (votes.total + SHARER_SHRINK)
    return min(mean, sigmoid(logit(platform) + MAX_LIFT))


def receiver_mean(tally: Tally, *, platform: float) -> float:
    """Return how often this receiver finds things good, whoever shares, shrunk to the platform's: low for a severe one."""
    return (tally.good + RECEIVER_SHRINK * platform) / (tally.total + RECEIVER_SHRINK)


def prior(*, sharer: float, receiver: float, platform: float) -> float:
    """Return q̄ of two people: in log odds, the sharer's mean moved by what is special about the receiver."""
    return sigmoid(logit(sharer) + logit(receiver) - logit(platform))


def belief(tally: Tally, *, prior_mean: float) -> Belief:
    """Return what a tie's own evidence makes of its prior."""
    good, bad = _shapes(tally, prior_mean)
    return Belief(good / (good + bad), prior_mean, tally)


def rank_value(relevance: float, believed: Belief) -> float:
    """Return what a share is worth showing: its relevance by what is surely true of the tie."""
    return relevance * believed.low


def _shapes(tally: Tally, prior_mean: float) -> tuple[float, float]:
    return tally.good + PRIOR_STRENGTH * prior_mean, tally.bad + PRIOR_STRENGTH * (1.0 - prior_mean)


@lru_cache(maxsize=4096)
def quantile(share: float, good: float, bad: float) -> float:
    """Return the value that a Beta(``good``, ``bad``) stays below with probability ``share``, to eight digits.

    By halving; ``scipy.special.betaincinv`` says the same (tested), but would be loaded by every page that shows a tie.
    """
    low, high = 0.0, 1.0
    for _halving in range(28):
        middle = (low + high) / 2
        if below(middle, good, bad) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def below(x: float, good: float, bad: float) -> float:
    """Return the probability that a Beta(``good``, ``bad``) is below ``x``: the regularised incomplete beta function."""
    if not 0.0 < x < 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = exp(lgamma(good + bad) - lgamma(good) - lgamma(bad) + good * log(x) + bad * log1p(-x))
    if x < (good + 1.0) / (good + bad + 2.0):
        return front * _fraction(x, good, bad) / good
    return 1.0 - front * _fraction(1.0 - x, bad, good) / bad


def _fraction(x: float, good: float, bad: float) -> float:
    """Return the continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22)."""
    numerator, denominator = 1.0, 1.0 / _kept(1.0 - (good + bad) * x / (good + 1.0))
    value = denominator
    for step in range(1, 300):
        even = step * (bad - step) * x / ((good + 2 * step - 1) * (good + 2 * step))
        odd = -(good + step) * (good + bad + step) * x / ((good + 2 * step) * (good + 2 * step + 1))
        for part in (even, odd):
            denominator = 1.0 / _kept(1.0 + part * denominator)
            numerator = _kept(1.0 + part / numerator)
            value *= numerator * denominator
        if abs(numerator * denominator - 1.0) < _CLOSE:
            break
    return value


def _kept(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300
