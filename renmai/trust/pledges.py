"""What the platform pledges to its agents, and how far it has kept its word with one of them: q again, the other way round.

A pledge is kept or broken, once, on a day that everybody can look up. q is the chance, weighed by how much they matter, that the next one
is kept: a Beta posterior of kept against broken, both fading by half in 90 days, with the rate of all agents as its prior.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from renmai.trust.beliefs import START_RATE, Belief, Tally, belief
from renmai.trust.decay import BELIEF_DAYS, scale

PLATFORM_SHRINK: Final = 20.0
"""So much evidence of all agents together weighs as much as what is expected before there is any."""

BINS: Final = 10


class Pledge(TextChoices):
    """What is pledged."""

    PAYOUT = "payout", pgettext_lazy("pledge", "Withdrawals paid in time")
    CLAIM = "claim", pgettext_lazy("pledge", "Claims answered in time and rightly")
    GOODS = "goods", pgettext_lazy("pledge", "Goods without a fault")
    PARCEL = "parcel", pgettext_lazy("pledge", "Parcels sent in time")


WEIGHTS: Final[dict[str, float]] = {Pledge.PAYOUT: 1.0, Pledge.CLAIM: 0.5, Pledge.GOODS: 0.5, Pledge.PARCEL: 0.25}
"""How much each matters to an agent: her own money most; of the parcels there are many."""


@dataclass(frozen=True)
class Outcome:
    """A pledge to one agent that was kept or broken at a moment. ``evidence`` names what it is made of: ``withdrawal:5``."""

    pledge: str
    evidence: str
    agent_user_id: int
    is_kept: bool
    at: datetime

    @property
    def tally(self) -> Tally:
        """What it counts."""
        weight = WEIGHTS[self.pledge]
        return Tally(good=weight) if self.is_kept else Tally(bad=weight)


@dataclass(frozen=True)
class Calibration:
    """How well q foretold each next outcome from those before it. ``error`` is the expected calibration error, weighed like q."""

    outcomes: int
    said: float
    kept: float
    error: float


def platform_rate(everybody: Tally) -> float:
    """Return how often the platform keeps its word, whoever the agent, shrunk to what is expected before anything is known."""
    return (everybody.good + PLATFORM_SHRINK * START_RATE) / (everybody.total + PLATFORM_SHRINK)


def regard(own: Tally, everybody: Tally) -> Belief:
    """Return q of one agent and its prior; all tallies are faded to the same moment."""
    return belief(own, prior_mean=platform_rate(everybody))


def foretold(outcomes: Iterable[Outcome]) -> Calibration | None:
    """Return how well q foretold these outcomes, which come in order of time; None without any. Each is judged before it is learnt."""
    own: dict[int, Tally] = defaultdict(Tally)
    everybody = Tally()
    weight, said, kept = [0.0] * BINS, [0.0] * BINS, [0.0] * BINS
    count = 0
    for outcome in outcomes:
        size = scale(outcome.at, BELIEF_DAYS)
        chance = regard(_shrunk(own[outcome.agent_user_id], size), _shrunk(everybody, size)).mean
        counted = outcome.tally
        place = min(BINS - 1, int(chance * BINS))
        weight[place] += counted.total
        said[place] += counted.total * chance
        kept[place] += counted.good
        stored = Tally(counted.good * size, counted.bad * size)
        own[outcome.agent_user_id] += stored
        everybody += stored
        count += 1
    total = sum(weight)
    if not total:
        return None
    error = sum(abs(said[place] - kept[place]) for place in range(BINS)) / total
    return Calibration(count, sum(said) / total, sum(kept) / total, error)


def _shrunk(stored: Tally, size: float) -> Tally:
    return Tally(stored.good / size, stored.bad / size)
