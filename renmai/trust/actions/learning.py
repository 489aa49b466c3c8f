"""What is learnt of everybody: standings of sharers and receivers from their ties, and the weights of muting and buying."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, Sum

from renmai.kernel import clock
from renmai.sharing.models import Attribution
from renmai.trust.beliefs import START_RATE, Tally
from renmai.trust.decay import BELIEF_DAYS, scale
from renmai.trust.hazard import BUYING, MUTING, Weights
from renmai.trust.models import Feedback, Fit, Sending, Standing, Tie
from renmai.trust.standing import Circle, votes

FOLLOWED = timedelta(days=7)
"""A mute or a purchase so soon after a push counts as its consequence."""

MOST_TIES = 5000
"""So many ties of one sharer are looked at, those that moved last."""

LEAST_OBSERVATIONS, LEAST_MUTES = 200, 10
MOST_OBSERVATIONS = 200_000
LEARNS_EVERY = timedelta(hours=20)
PLATFORM_SHRINK = 20.0
STALE = timedelta(days=7)
"""Standings fade with their ties, though nothing happens: they are made anew after so long."""


def refresh_standings(limit: int) -> int:
    """Make the standings of up to ``limit`` people anew whose ties moved since, or that are old; return how many. A timer."""
    now = clock.now()
    done = 0
    for role, column in ((Standing.Role.SHARER, "sharer"), (Standing.Role.RECEIVER, "receiver")):
        due = _due(role, column, now=now, limit=limit - done)
        tallies = _sharers(due, now) if role == Standing.Role.SHARER else _receivers(due, now)
        for user_id in due:
            found = tallies.get(user_id, Tally())
            values = {"good": found.good, "bad": found.bad, "as_of": now}
            Standing.objects.update_or_create(user_id=user_id, role=role, defaults=values)
        done += len(due)
    return done


def learn(limit: int) -> int:
    """Learn the platform's rate of good anew, and, where enough was explored, the weights of muting and buying; return 1. A timer.

    At most once in ``LEARNS_EVERY``. ``limit`` bounds nothing here but is every timer's argument: the observations are bounded by
    ``MOST_OBSERVATIONS``.
    """
    last = Fit.objects.order_by("-pk").first()
    if last is not None and clock.now() - last.at < LEARNS_EVERY:
        return 0
    sums = Tie.objects.aggregate(good=Sum("good"), bad=Sum("bad"))
    size = scale(clock.now(), BELIEF_DAYS)
    good, bad = (sums["good"] or 0.0) / size, (sums["bad"] or 0.0) / size
    rate = (good + PLATFORM_SHRINK * START_RATE) / (good + bad + PLATFORM_SHRINK)
    muting, buying = (_weights(last.muting), _weights(last.buying)) if last else (MUTING, BUYING)
    found = Fit(platform_rate=rate, muting=_listed(muting), buying=_listed(buying), at=clock.now())
    _fit_hazards(found)
    found.save(force_insert=True)
    return min(1, limit)


def _due(role: str, column: str, *, now: datetime, limit: int) -> list[int]:
    """Return whose standing is missing or older than the last move of a tie of hers, or stale."""
    if limit <= 0:
        return []
    fresh = Standing.objects.filter(user_id=OuterRef(column), role=role, as_of__gte=OuterRef("moved_at"), as_of__gt=now - STALE)
    rows = Tie.objects.filter(~Q(Exists(fresh))).order_by(column).values_list(column, flat=True).distinct()
    return list(rows[:limit])


def _sharers(user_ids: Collection[int], now: datetime) -> dict[int, Tally]:
    return {user_id: votes(_circle(user_id, now)) for user_id in user_ids}


def _circle(sharer_id: int, now: datetime) -> Circle:
    """Return the surroundings of one sharer: three statements."""
    size = scale(now, BELIEF_DAYS)
    rows = Tie.objects.filter(sharer=sharer_id).exclude(good=0.0, bad=0.0).order_by("-moved_at")[:MOST_TIES]
    own = {row.receiver_id: Tally(row.good / size, row.bad / size) for row in rows}
    elsewhere: dict[tuple[int, int], Tally] = {}
    back = Tie.objects.filter(sharer=OuterRef("receiver"), receiver=OuterRef("sharer"))
    others = Tie.objects.filter(receiver__in=list(own)).exclude(sharer=sharer_id).exclude(good=0.0, bad=0.0)
    for row in others.filter(~Q(Exists(back))).order_by("-moved_at")[: MOST_TIES * 4]:
        elsewhere[row.sharer_id, row.receiver_id] = Tally(row.good / size, row.bad / size)
    sharing_too = Tie.objects.filter(sharer__in=list(own)).values_list("sharer_id", "receiver_id")
    fellows = {sharer for sharer, _receiver in sharing_too}
    swapped = {sharer for sharer, receiver in sharing_too if receiver == sharer_id}
    return Circle(sharer_id, own, elsewhere, swapped, fellows)


def _receivers(user_ids: Collection[int], now: datetime) -> dict[int, Tally]:
    size = scale(now, BELIEF_DAYS)
    rows = Tie.objects.filter(receiver__in=user_ids).values("receiver").annotate(good=Sum("good"), bad=Sum("bad")).order_by()
    return {row["receiver"]: Tally(row["good"] / size, row["bad"] / size) for row in rows}


def _fit_hazards(found: Fit) -> None:
    """Fit muting and buying on what followed pushes that were drawn by lot; too few leave the weights as they are."""
    import numpy as np

    from renmai.trust import fitting

    done = Sending.objects.filter(is_exploring=True, at__lt=clock.now() - FOLLOWED).order_by("-at", "-pk")
    columns = list(done.values_list("sharer_id", "receiver_id", "pressure", "belief", "relevance", "at")[:MOST_OBSERVATIONS])
    receivers = sorted({row[1] for row in columns})
    place = {user_id: number for number, user_id in enumerate(receivers)}
    muted = _followed(columns, _moments_of_mutes(receivers))
    bought = _followed(columns, _moments_of_purchases(receivers))
    found.observations, found.mutes = len(columns), sum(muted)
    if len(columns) < LEAST_OBSERVATIONS or found.mutes < LEAST_MUTES:
        return
    seen = {
        "pressure": np.array([row[2] for row in columns]),
        "belief": np.array([row[3] for row in columns]),
        "relevance": np.array([row[4] for row in columns]),
        "receiver": np.array([place[row[1]] for row in columns], dtype=np.int64),
    }
    muting = fitting.fit(fitting.Observed(happened=np.array(muted, dtype=float), **seen), start=MUTING)
    buying = fitting.fit(fitting.Observed(happened=np.array(bought, dtype=float), **seen), start=BUYING)
    found.muting, found.buying, found.log_loss = _listed(muting.weights), _listed(buying.weights), muting.log_loss
    for user_id, temper in zip(receivers, muting.tempers, strict=True):
        Standing.objects.filter(user_id=user_id, role=Standing.Role.RECEIVER).update(temper=float(temper))


Moments = dict[tuple[int, int], list[datetime]]


def _followed(columns: Collection[tuple[int, int, float, float, float, datetime]], moments: Moments) -> list[bool]:
    return [
        any(at <= moment <= at + FOLLOWED for moment in moments.get((sharer, receiver), ()))
        for sharer, receiver, _pressure, _belief, _relevance, at in columns
    ]


def _moments_of_mutes(receivers: Collection[int]) -> Moments:
    rows = Feedback.objects.filter(receiver__in=receivers, word=Feedback.Word.MUTE)
    return _by_pair(rows.values_list("sharer_id", "receiver_id", "at"))


def _moments_of_purchases(receivers: Collection[int]) -> Moments:
    rows = Attribution.objects.filter(order__buyer__in=receivers, order__paid_at__isnull=False, shop__isnull=False)
    return _by_pair(rows.values_list(F("shop__owner_id"), "order__buyer_id", "order__paid_at"))


def _by_pair(rows: Collection[tuple[int, int, datetime]]) -> Moments:
    found: Moments = defaultdict(list)
    for sharer, receiver, at in rows:
        found[sharer, receiver].append(at)
    return found


def _weights(listed: list[float]) -> Weights:
    return Weights(*listed)


def _listed(weights: Weights) -> list[float]:
    return [weights.base, weights.pressure, weights.belief, weights.relevance]
