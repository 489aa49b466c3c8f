"""What a receiver may believe of a sharer, from the rows: the tie's own evidence and the standing of both people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from renmai.trust.beliefs import START_RATE, Belief, Tally, belief, prior, receiver_mean, sharer_mean
from renmai.trust.decay import BELIEF_DAYS, scale
from renmai.trust.hazard import BUYING, MUTING, Weights
from renmai.trust.models import Fit, Standing, Tie


@dataclass(frozen=True)
class Known:
    """What was learnt of all: the platform's rate of good, and the weights of muting and buying."""

    platform_rate: float
    muting: Weights
    buying: Weights


def known() -> Known:
    """Return what is in force: the newest fit, or the starting values."""
    newest = Fit.objects.order_by("-pk").first()
    if newest is None:
        return Known(START_RATE, MUTING, BUYING)
    return Known(newest.platform_rate, Weights(*newest.muting), Weights(*newest.buying))


def standings(sharer_ids: Collection[int], receiver_ids: Collection[int]) -> dict[tuple[int, str], Standing]:
    """Return the standings of these people, by person and role. One statement."""
    rows = Standing.objects.filter(user__in={*sharer_ids, *receiver_ids})
    return {(row.user_id, row.role): row for row in rows}


def believed(tie: Tie, found: dict[tuple[int, str], Standing], *, about: Known, now: datetime) -> Belief:
    """Return q of a tie with its prior and lower bound."""
    platform = about.platform_rate
    sharer = sharer_mean(_tally(found.get((tie.sharer_id, Standing.Role.SHARER))), platform=platform)
    receiver = receiver_mean(_tally(found.get((tie.receiver_id, Standing.Role.RECEIVER))), platform=platform)
    size = scale(now, BELIEF_DAYS)
    # What was taken back leaves the crumbs of two roundings.
    own = Tally(max(0.0, tie.good / size), max(0.0, tie.bad / size))
    return belief(own, prior_mean=prior(sharer=sharer, receiver=receiver, platform=platform))


def _tally(standing: Standing | None) -> Tally:
    return Tally(standing.good, standing.bad) if standing else Tally()
