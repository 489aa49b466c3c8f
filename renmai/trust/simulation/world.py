"""Ties that live for some months: people trust, tire, mute and buy by laws that the senders do not know.

Each tie has a true trust that drifts (a mean-reverting walk in log odds), each receiver a temper of her own and a severity. Every day
something of random relevance could be shared. Sending adds pressure; the receiver may mute, which ends the tie, or buy, which brings a
margin and, later, a good or a bad outcome. ``Ties`` is what a sender can observe; the rest is private to the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from renmai.trust.beliefs import PRIOR_STRENGTH, START_RATE
from renmai.trust.decay import BELIEF_DAYS, PRESSURE_DAYS
from renmai.trust.hazard import Weights

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]
    Policy = Callable[["Ties", Floats, "np.random.Generator"], Truths]

TRUE_MUTING = Weights(base=-4.1, pressure=0.6, belief=-0.7, relevance=-1.2)
TRUE_BUYING = Weights(base=-4.0, pressure=-0.1, belief=0.7, relevance=2.6)
TRUST_MEAN, TRUST_SPREAD, PULL, DRIFT = 1.2, 0.9, 0.01, 0.09
SEVERITY_SPREAD, TEMPER_SPREAD = 0.8, 0.5
MARGIN = 10.0
BAD_IS_RETURNED = 1.0
TALKS = 0.03
"""So often somebody says useful or not useful of a share that she did not buy from."""


class Ties:
    """What can be observed of ``count`` ties on a day: ``good`` and ``bad`` faded, ``pressure``, whether muted, days since the last."""

    def __init__(self, count: int) -> None:
        import numpy as np

        self.day = 0
        self.good, self.bad, self.pressure = np.zeros(count), np.zeros(count), np.zeros(count)
        self.muted = np.zeros(count, dtype=bool)
        self.idle = np.full(count, 99)
        self.sent, self.bought = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)

    @property
    def belief(self) -> Floats:
        """Return q of every tie, its prior the mean of all ties."""
        good, bad = float(self.good.sum()), float(self.bad.sum())
        mean = (good + 50 * START_RATE) / (good + bad + 50)
        return (self.good + PRIOR_STRENGTH * mean) / (self.good + self.bad + PRIOR_STRENGTH)


@dataclass(frozen=True)
class Outcome:
    """What a policy came to: margin per tie in units of ``MARGIN`` / 10, the shares of ties muted, and how often it sent per tie."""

    margin_per_tie: float
    muted_share: float
    sent_per_tie: float


@dataclass(frozen=True)
class Day:
    """What followed the shares of one day: indices of the ties sent to, with what was seen before, and who muted or bought."""

    sent: Floats
    pressure: Floats
    belief: Floats
    relevance: Floats
    muted: Floats
    bought: Floats


def live(
    policy: Policy, *, count: int = 6000, days: int = 180, seed: int = 1, heard: Callable[[Day], None] | None = None
) -> Outcome:
    """Let ``policy`` send for ``days`` and return what came of it; ``heard`` gets each day's observations.

    The world's own chances are drawn apart from the policy's, so that two policies meet the same people.
    """
    import numpy as np

    people, chances, lots = (np.random.default_rng([seed, part]) for part in range(3))
    ties = Ties(count)
    middle = people.normal(TRUST_MEAN, TRUST_SPREAD, count)
    severity = people.normal(0.0, SEVERITY_SPREAD, count)
    temper = people.normal(0.0, TEMPER_SPREAD, count)
    trust = middle.copy()
    margin = 0.0
    for day in range(days):
        ties.day = day
        relevance, luck = chances.beta(1.2, 3.0, count), chances.random((4, count))
        sends = policy(ties, relevance, lots) & ~ties.muted
        mute = luck[0] < _chance(TRUE_MUTING, ties.pressure, trust, relevance, temper)
        buy = luck[1] < _chance(TRUE_BUYING, ties.pressure, trust, relevance, 0.0)
        if heard is not None:
            heard(_seen(ties, sends, relevance, mute, buy))
        margin += MARGIN * float((sends & buy).sum())
        _learn(ties, sends, buy, is_good=luck[2] < 1 / (1 + np.exp(-(trust - severity))), talks=luck[3] < TALKS)
        ties.muted |= sends & mute
        ties.pressure = (ties.pressure + sends) * 2.0 ** (-1.0 / PRESSURE_DAYS)
        ties.idle = np.where(sends, 1, ties.idle + 1)
        ties.sent += sends
        ties.bought += sends & buy
        trust += PULL * (middle - trust) + chances.normal(0.0, DRIFT, count)
    return Outcome(margin / count, float(ties.muted.mean()), float(ties.sent.mean()))


def _chance(weights: Weights, pressure: Floats, trust: Floats, relevance: Floats, temper: Floats | float) -> Floats:
    import numpy as np

    odds = weights.base + weights.pressure * pressure + weights.belief * trust + weights.relevance * relevance + temper
    chance: Floats = 1.0 / (1.0 + np.exp(-odds))
    return chance


def _learn(ties: Ties, sends: Truths, buy: Truths, *, is_good: Truths, talks: Truths) -> None:
    """Let yesterday's evidence fade and add today's: a kept or returned purchase, or a word on what was not bought."""
    fade = 2.0 ** (-1.0 / BELIEF_DAYS)
    weight = (sends & buy) + 0.5 * (sends & ~buy & talks)
    ties.good = ties.good * fade + weight * is_good
    ties.bad = ties.bad * fade + BAD_IS_RETURNED * weight * ~is_good


def _seen(ties: Ties, sends: Truths, relevance: Floats, mute: Truths, buy: Truths) -> Day:
    import numpy as np

    chosen = np.flatnonzero(sends)
    return Day(
        sent=chosen.astype(np.float64),
        pressure=ties.pressure[chosen],
        belief=ties.belief[chosen],
        relevance=relevance[chosen],
        muted=mute[chosen].astype(np.float64),
        bought=buy[chosen].astype(np.float64),
    )
