"""Ties whose quality drifts, judged by receivers of different severity: how well each way of believing foretells the next outcome."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from renmai.trust.beliefs import START_RATE, Tally, belief, prior, receiver_mean, sharer_mean
from renmai.trust.decay import BELIEF_DAYS
from renmai.trust.fitting import calibration_error, mean_log_loss
from renmai.trust.standing import circles, receiver_tallies, votes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from renmai.trust.standing import Pair

SHARERS, RECEIVERS, TIES_EACH = 40, 100, 5
YEARS = 2.0
MEAN, SHARER_SPREAD, TIE_SPREAD, SEVERITY_SPREAD = 1.3, 0.7, 1.3, 0.8
TURN_DAYS = 120.0
"""A tie's quality is drawn anew this often on average: somebody changes her supplier, or begins to push."""

GAP_DAYS = 14.0
BURN_IN_DAYS = 180.0
STANDINGS_EVERY_DAYS = 60.0


@dataclass(frozen=True)
class Foretold:
    """How well one way of believing did: mean log-loss, expected calibration error, and over how many outcomes."""

    log_loss: float
    calibration_error: float
    count: int


def foretell(*, seed: int = 1, half_life_days: float = BELIEF_DAYS, knows_people: bool = True) -> Foretold:
    """Return how well beliefs foretell each next outcome after a burn-in, from what came before it only.

    Without ``knows_people`` the prior is the platform's rate, whoever the two are.
    """
    import numpy as np

    said: list[float] = []
    happened: list[float] = []
    ties: dict[Pair, Tally] = defaultdict(Tally)
    last: dict[Pair, float] = {}
    sharers: dict[int, Tally] = {}
    receivers: dict[int, Tally] = {}
    platform, renewed = START_RATE, 0.0
    for day, pair, is_good in _lived(np.random.default_rng(seed)):
        if day - renewed > STANDINGS_EVERY_DAYS:
            now = {each: _faded(tally, day - last[each], half_life_days) for each, tally in ties.items()}
            total = sum(now.values(), Tally())
            platform = (total.good + 20 * START_RATE) / (total.total + 20)
            sharers = {circle.sharer: votes(circle) for circle in circles(now)} if knows_people else {}
            receivers = receiver_tallies(now) if knows_people else {}
            renewed = day
        tally = _faded(ties[pair], day - last.get(pair, day), half_life_days)
        if day > BURN_IN_DAYS:
            mean = prior(
                sharer=sharer_mean(sharers.get(pair[0], Tally()), platform=platform),
                receiver=receiver_mean(receivers.get(pair[1], Tally()), platform=platform),
                platform=platform,
            )
            said.append(belief(tally, prior_mean=mean).mean)
            happened.append(float(is_good))
        ties[pair], last[pair] = tally + (Tally(good=1.0) if is_good else Tally(bad=1.0)), day
    chance, came = np.array(said), np.array(happened)
    return Foretold(mean_log_loss(chance, came), calibration_error(chance, came), len(came))


def _lived(rng: np.random.Generator) -> Iterator[tuple[float, Pair, bool]]:
    """Yield every outcome of the world in order: its day, its tie, and whether it was good."""
    import numpy as np

    sharer = rng.normal(MEAN, SHARER_SPREAD, SHARERS)
    severity = rng.normal(0.0, SEVERITY_SPREAD, RECEIVERS)
    found: list[tuple[float, Pair, bool]] = []
    for receiver in range(RECEIVERS):
        for which in rng.choice(SHARERS, TIES_EACH, replace=False):
            quality, turn = sharer[which] + rng.normal(0, TIE_SPREAD), rng.exponential(TURN_DAYS)
            day = rng.exponential(GAP_DAYS)
            while day < YEARS * 365:
                while turn < day:
                    quality, turn = sharer[which] + rng.normal(0, TIE_SPREAD), turn + rng.exponential(TURN_DAYS)
                is_good = rng.random() < 1 / (1 + np.exp(-(quality - severity[receiver])))
                found.append((day, (int(which), SHARERS + receiver), bool(is_good)))
                day += rng.exponential(GAP_DAYS)
    yield from sorted(found)


def _faded(tally: Tally, days: float, half_life_days: float) -> Tally:
    left = 2.0 ** (-days / half_life_days)
    return Tally(tally.good * left, tally.bad * left)
