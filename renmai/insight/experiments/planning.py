"""How many people an experiment needs, and how long that takes: from what people like these did lately. Needs numpy; import it late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db.models import Min

from renmai.distribution.models import Agent
from renmai.insight.experiments.metrics import Metric
from renmai.insight.experiments.outcomes import outcomes
from renmai.insight.experiments.statistics.moments import moments
from renmai.insight.experiments.statistics.sequences import units_needed
from renmai.insight.experiments.switches import Unit
from renmai.insight.models import View
from renmai.kernel import clock

POWER = 0.8
ALPHA = 0.05
LOOKED_BACK_DAYS = 28
MOST_PEOPLE = 20_000
LONGEST_DAYS = 3650


@dataclass(frozen=True)
class Plan:
    """What to expect. ``baseline`` is the figure of people like these lately; ``days`` until enough of them count, None: not within ten years."""

    baseline: float
    people_seen: int
    units: int
    days: int | None


def plan_for(
    metric: Metric, *, unit: str, variants: int, window_days: int, lift_basis_points: int, share: float = 1.0
) -> Plan | None:
    """Return how many people each variant needs to see a lift of so many basis points of the baseline; None where nothing can be foreseen.

    ``share`` is the part of all people who take part. Foreseen from those who came in the ``LOOKED_BACK_DAYS`` before the last whole
    window: their outcomes, and how many different people came by which day.
    """
    window = metric.days(window_days)
    until = clock.now() - timedelta(days=window)
    people = _came(unit, since=until - timedelta(days=LOOKED_BACK_DAYS), until=until)
    if len(people) < 2:
        return None
    found = outcomes(metric, people, window_days=window)
    sums = moments(found.y, found.x, found.c)
    baseline = float(sums.ratio)
    deviation = _deviation(found.y, found.x, baseline)
    if not np.isfinite(baseline) or baseline <= 0 or deviation <= 0:
        return None
    alpha = ALPHA / max(1, variants - 1)
    units = units_needed(baseline * lift_basis_points / 10_000, deviation=deviation, alpha=alpha, power=POWER)
    days = _days_until(units * variants / share, [at for _user, at in people], until=until)
    return Plan(baseline, len(people), units, None if days is None else days + window)


def _came(unit: str, *, since: datetime, until: datetime) -> list[tuple[int | None, datetime]]:
    """Return who looked at products between the two moments, and when first."""
    looks = View.objects.filter(user__isnull=False, at__gte=since, at__lt=until)
    if unit == Unit.AGENT:
        looks = looks.filter(user__agent__status=Agent.Status.ACTIVE)
    rows = looks.order_by().values_list("user_id").annotate(first=Min("at")).order_by("first")[:MOST_PEOPLE]
    return [(user_id, first) for user_id, first in rows]


def _deviation(y: "np.ndarray", x: "np.ndarray", ratio: float) -> float:
    """Return the standard deviation of one unit's part in the figure: of ``y`` itself for a mean, linearised for a ratio."""
    mean = float(x.mean())
    return float(np.std(y - ratio * x, ddof=1)) / mean if mean > 0 else 0.0


def _days_until(wanted: float, firsts: list[datetime], *, until: datetime) -> int | None:
    """Return by which day so many different people will have come, going on as in the second half of what was seen."""
    start = until - timedelta(days=LOOKED_BACK_DAYS)
    by_day = [sum(first < start + timedelta(days=day) for first in firsts) for day in range(1, LOOKED_BACK_DAYS + 1)]
    reached = next((day for day, people in enumerate(by_day, start=1) if people >= wanted), None)
    if reached is not None:
        return reached
    half = LOOKED_BACK_DAYS // 2
    a_day = (by_day[-1] - by_day[half - 1]) / (LOOKED_BACK_DAYS - half)
    if a_day <= 0:
        return None
    days = LOOKED_BACK_DAYS + int(np.ceil((wanted - by_day[-1]) / a_day))
    return days if days <= LONGEST_DAYS else None
