"""What came of an experiment, counted anew from raw rows each time. Needs numpy and scipy; import it late.

A person counts when her window is over, and then for good with what she did within it. So people come one after another, each with a final
outcome, and the interval of every evening is one look at the same sequence, whenever it is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renmai.insight.experiments.incentives import ArmSpread, arms_spread
from renmai.insight.experiments.metrics import Kind, Metric, metric, metrics_of
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.outcomes import Outcomes, outcomes
from renmai.insight.experiments.statistics import factorial
from renmai.insight.experiments.statistics.balance import imbalance_chance
from renmai.insight.experiments.statistics.moments import Moments, moments_at
from renmai.insight.experiments.statistics.sequences import Interval, contrast
from renmai.insight.experiments.statistics.uplift import Qini, predict_by_segment, qini
from renmai.insight.queries.periods import CHINA
from renmai.kernel import clock

ALPHA = 0.05
BROKEN_DEAL = 0.001
"""Below this chance of the counts under the plan, something is wrong with the deal, and no figure is to be believed."""

MOST_LOOKS = 60
MOST_PEOPLE = 200_000
LEAST_FOR_QINI = 400
KINDS = ("none", "one", "more")
"""People by the paid orders they had before they came: none, one, more."""


@dataclass(frozen=True)
class Estimate:
    """One figure with its interval; ``low`` and ``high`` are None while nothing can be said."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out zero."""
        return (self.low is not None and self.low > 0) or (self.high is not None and self.high < 0)


@dataclass(frozen=True)
class Look:
    """What could be known in the evening of a day, from so many people."""

    day: date
    people: int
    estimate: Estimate


@dataclass(frozen=True)
class Arm:
    """One variant: who was dealt it, how many of them count already, and their figure."""

    variant: str
    share_basis_points: int
    dealt: int
    counted: int
    value: float | None


@dataclass(frozen=True)
class Comparison:
    """A figure of a variant less the control's, evening by evening; the last look is the newest. ``control`` is the control's figure."""

    metric: Metric
    variant: str
    looks: tuple[Look, ...]
    control: float | None

    @property
    def now(self) -> Estimate:
        """What is known now."""
        return self.looks[-1].estimate if self.looks else Estimate(None, None, None)


@dataclass(frozen=True)
class Guardrail:
    """How far a variant is beyond so much worse than the control (``excess``; above zero in the direction of harm)."""

    metric: Metric
    variant: str
    bound_basis_points: int
    value: float | None
    control: float | None
    excess: Estimate

    @property
    def is_broken(self) -> bool:
        """Whether the whole interval lies beyond the bound."""
        return self.excess.low is not None and self.excess.low > 0


@dataclass(frozen=True)
class SegmentEffect:
    """The difference among people of one kind."""

    kind: str
    people: int
    estimate: Estimate


@dataclass(frozen=True)
class FactorEffect:
    """What one switch does, or several together."""

    switches: tuple[str, ...]
    estimate: Estimate


@dataclass(frozen=True)
class Result:
    """Everything the page shows. ``deal_chance`` is the always-valid p-value of the deal; ``crossed`` people met two variants.

    ``incentives`` are the arms of an experiment on a campaign's terms: how each spreads, and what it costs.
    """

    arms: tuple[Arm, ...]
    comparisons: tuple[Comparison, ...]
    others: tuple[Comparison, ...]
    guardrails: tuple[Guardrail, ...]
    segments: tuple[SegmentEffect, ...]
    effects: tuple[FactorEffect, ...]
    qini: Qini | None
    deal_chance: float
    crossed: int
    is_cut: bool
    incentives: tuple[ArmSpread, ...] = ()

    @property
    def deal_is_broken(self) -> bool:
        """Whether people were not dealt out as planned."""
        return self.deal_chance < BROKEN_DEAL


@dataclass(frozen=True)
class _People:
    """Everybody who was dealt something, the first come first."""

    people: Sequence[tuple[int | None, datetime]]
    times: NDArray[np.float64]
    variants: NDArray[np.int64]
    kinds: NDArray[np.int64]
    end: datetime


def result_of(row: Experiment, *, is_whole: bool = True) -> Result:
    """Count an experiment that was started as it stands now, or stood when it was stopped.

    Without ``is_whole`` only what a guard needs: the deal and the guardrails.
    """
    found = _people(row)
    if not is_whole:
        return Result((), (), (), tuple(_guardrails(row, found)), (), (), None, _deal_chance(row, found), 0, is_cut=False)
    first = metric(row.metric, row.campaign_id or 0)
    outcome = _outcome(row, first, found)
    comparisons = _comparisons(row, first, found, outcome)
    others = [each for each in metrics_of(row.unit, row.campaign_id or 0) if each.key != row.metric]
    pairs = tuple(
        compared[-1] for each in others for compared in [_comparisons(row, each, found, _outcome(row, each, found))] if compared
    )
    return Result(
        arms=_arms(row, first, found, outcome),
        comparisons=comparisons,
        others=pairs,
        guardrails=tuple(_guardrails(row, found)),
        segments=_segments(row, first, found, outcome),
        effects=_effects(row, first, found, outcome) if row.is_factorial else (),
        qini=_qini(row, first, found, outcome),
        deal_chance=_deal_chance(row, found),
        crossed=_crossed(row),
        is_cut=len(found.people) == MOST_PEOPLE,
        incentives=arms_spread(row),
    )


def _people(row: Experiment) -> _People:
    end = min(clock.now(), row.stopped_at or clock.now())
    live = Exposure.objects.filter(experiment=row, superseded_at__isnull=True, at__lt=end).order_by("at", "pk")
    names = {key: index for index, (key, _share) in enumerate(row.variants)}
    rows = list(live.values_list("user_id", "at", "variant", "orders_before")[:MOST_PEOPLE])
    return _People(
        people=[(user_id, at) for user_id, at, _variant, _orders in rows],
        times=np.array([at.timestamp() for _user, at, _variant, _orders in rows], dtype=np.float64),
        variants=np.array([names[variant] for _user, _at, variant, _orders in rows], dtype=np.int64),
        kinds=np.array([orders for _user, _at, _variant, orders in rows], dtype=np.int64),
        end=end,
    )


def _outcome(row: Experiment, wanted: Metric, found: _People) -> Outcomes:
    return outcomes(wanted, found.people, window_days=wanted.days(row.window_days))


def _evenings(row: Experiment, wanted: Metric, found: _People) -> list[datetime]:
    """Return when somebody could have looked: every evening since the first window was over, and now; at most ``MOST_LOOKS``."""
    if row.started_at is None or not found.people:
        return []
    first = row.started_at + timedelta(days=wanted.days(row.window_days))
    whole = max(0, (found.end - first) // timedelta(days=1))
    evenings = [first + timedelta(days=day) for day in range(1, whole + 1)]
    step = -(-len(evenings) // MOST_LOOKS) if evenings else 1
    return [*evenings[step - 1 :: step], found.end] if found.end > first else []


def _moments(found: _People, chosen: NDArray[np.bool_], outcome: Outcomes, moments: Sequence[float]) -> Moments:
    """Return the sums of the chosen people who counted at each of the moments (seconds at which their first time must lie)."""
    mine = outcome[chosen]
    ends = np.searchsorted(found.times[chosen], np.asarray(moments), side="left")
    return moments_at(mine.y, ends, x=mine.x, c=mine.c)


def _counted_until(row: Experiment, wanted: Metric, evenings: Sequence[datetime]) -> list[float]:
    window = timedelta(days=wanted.days(row.window_days))
    return [(evening - window).timestamp() for evening in evenings]


def _comparisons(row: Experiment, wanted: Metric, found: _People, outcome: Outcomes) -> tuple[Comparison, ...]:
    """Return each variant against the control. Several variants share the 5 % evenly."""
    evenings = _evenings(row, wanted, found)
    if not evenings:
        return ()
    until = _counted_until(row, wanted, evenings)
    arms = [_moments(found, found.variants == index, outcome, until) for index in range(len(row.variants))]
    alpha = ALPHA / (len(arms) - 1)
    compared = []
    for index in range(1, len(arms)):
        seen = contrast([arms[index], arms[0]], [1.0, -1.0], alpha=alpha, planned=row.planned_units).running()
        people = (arms[index].count + arms[0].count).astype(int)
        looks = [
            Look(evening.astimezone(CHINA).date(), int(people[look]), _estimate(seen, look))
            for look, evening in enumerate(evenings)
        ]
        compared.append(Comparison(wanted, row.variants[index][0], tuple(looks), _number(arms[0].ratio[-1])))
    return tuple(compared)


def _guardrails(row: Experiment, found: _People) -> list[Guardrail]:
    """Return how every variant stands against every bound, evening by evening taken together."""
    rails = []
    for key, bound in row.guardrails:
        wanted = metric(key)
        evenings = _evenings(row, wanted, found)
        if not evenings:
            continue
        outcome, until = _outcome(row, wanted, found), _counted_until(row, wanted, evenings)
        arms = [_moments(found, found.variants == index, outcome, until) for index in range(len(row.variants))]
        sign = -1.0 if wanted.more_is_better else 1.0
        for index in range(1, len(arms)):
            weights = [sign, -sign * (1 + sign * bound / 10_000)]
            seen = contrast([arms[index], arms[0]], weights, alpha=ALPHA, planned=row.planned_units).running()
            values = _number(arms[index].ratio[-1]), _number(arms[0].ratio[-1])
            rails.append(Guardrail(wanted, row.variants[index][0], bound, *values, _estimate(seen, -1)))
    return rails


def _arms(row: Experiment, wanted: Metric, found: _People, outcome: Outcomes) -> tuple[Arm, ...]:
    until = _counted_until(row, wanted, [found.end])
    arms = []
    for index, (variant, share) in enumerate(row.variants):
        chosen = found.variants == index
        counted = _moments(found, chosen, outcome, until)[0]
        arms.append(Arm(variant, share, int(chosen.sum()), int(counted.count), _number(counted.ratio)))
    return tuple(arms)


def _segments(row: Experiment, wanted: Metric, found: _People, outcome: Outcomes) -> tuple[SegmentEffect, ...]:
    """Return the difference for each kind of people; only where one variant stands against one. They share the 5 % evenly."""
    evenings = _evenings(row, wanted, found)
    if len(row.variants) != 2 or not evenings:
        return ()
    until = _counted_until(row, wanted, evenings)
    effects = []
    for kind, name in enumerate(KINDS):
        of_kind = found.kinds == kind
        arms = [_moments(found, of_kind & (found.variants == index), outcome, until) for index in (1, 0)]
        seen = contrast(arms, [1.0, -1.0], alpha=ALPHA / len(KINDS), planned=row.planned_units / len(KINDS)).running()
        effects.append(SegmentEffect(name, int(arms[0].count[-1] + arms[1].count[-1]), _estimate(seen, -1)))
    return tuple(effects)


def _effects(row: Experiment, wanted: Metric, found: _People, outcome: Outcomes) -> tuple[FactorEffect, ...]:
    evenings = _evenings(row, wanted, found)
    if not evenings:
        return ()
    until = _counted_until(row, wanted, evenings)
    off = row.control.split("+")
    cells = {
        tuple(option != first for option, first in zip(variant.split("+"), off, strict=True)): _moments(
            found, found.variants == index, outcome, until
        )
        for index, (variant, _share) in enumerate(row.variants)
    }
    return tuple(
        FactorEffect(tuple(row.switches[factor] for factor in effect.factors), _estimate(effect.interval.running(), -1))
        for effect in factorial.effects(cells, alpha=ALPHA, planned=row.planned_units)
    )


def _qini(row: Experiment, wanted: Metric, found: _People, outcome: Outcomes) -> Qini | None:
    """Return whether the kinds of people tell for whom it works; None where that cannot be asked, or from too few."""
    counted = found.times < _counted_until(row, wanted, [found.end])[0]
    if len(row.variants) != 2 or wanted.kind is Kind.RATIO or counted.sum() < LEAST_FOR_QINI:
        return None
    treated, y, kinds = found.variants[counted] == 1, outcome.y[counted], found.kinds[counted]
    if not treated.any() or treated.all() or len(np.unique(kinds)) < 2:
        return None
    return qini(predict_by_segment(kinds, treated, y, seed=row.pk), treated, y, seed=row.pk)


def _deal_chance(row: Experiment, found: _People) -> float:
    """Return the always-valid chance of how many people each variant has, looked at every hundredth of them."""
    if not found.people:
        return 1.0
    shares = np.array([share for _variant, share in row.variants]) / 10_000
    is_one = found.variants[:, None] == np.arange(len(shares))
    looks = np.unique(np.linspace(1, len(found.people), 100).round().astype(int))
    return float(imbalance_chance(np.cumsum(is_one, axis=0)[looks - 1], shares)[-1])


def _crossed(row: Experiment) -> int:
    """Return how many people met two variants before it was known that they were one."""
    gone = Exposure.objects.filter(experiment=row, superseded_at__isnull=False, user__isnull=False).values_list(
        "user_id", "variant"
    )
    live = Exposure.objects.filter(experiment=row, superseded_at__isnull=True)
    kept = dict(live.filter(user__in=[user_id for user_id, _variant in gone[:MOST_PEOPLE]]).values_list("user_id", "variant"))
    return len({user_id for user_id, variant in gone if kept.get(user_id, variant) != variant})


def _estimate(seen: Interval, look: int) -> Estimate:
    return Estimate(_number(seen.value[look]), _number(seen.low[look]), _number(seen.high[look]))


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
