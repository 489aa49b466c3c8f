"""What alerts came to: how many, how fast, how often followed up, and what was bought. For operators."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet, Sum

from renmai.alerts.models import BrowseAlert, Held
from renmai.insight.queries import Period
from renmai.kernel import clock

SAMPLE_MOST: Final = 20_000
AGENTS_SHOWN: Final = 50
Status = BrowseAlert.Status
MILLISECONDS: Final = 1000


@dataclass(frozen=True)
class AlertFigures:
    """Alerts of a period. Delays in milliseconds, None without an alert; ``shared_ordered`` of those shared, ``other_ordered`` of all others."""

    told: int
    shared: int
    dismissed: int
    missed: int
    withdrawn: int
    waiting: int
    visited: int
    ordered: int
    shared_ordered: int
    other_ordered: int
    expected_orders: float
    """The sum of the chances: what should have been ordered if they were right."""

    told_half_ms: int | None
    told_most_ms: int | None
    seen_half_ms: int | None
    seen_most_ms: int | None

    @property
    def others(self) -> int:
        """Those that were not shared."""
        return self.told - self.shared


@dataclass(frozen=True)
class AgentRow:
    """One agent's alerts of a period."""

    user_id: int
    name: str
    told: int
    shared: int
    missed: int
    ordered: int


def figures(period: Period) -> AlertFigures:
    """Return what the alerts told in ``period`` came to. Delays count from the moment our server heard of the browsing. Two statements."""
    rows = _told(period)
    sums = rows.aggregate(
        told=Count("pk"),
        **{status.value: Count("pk", filter=Q(status=status)) for status in Status},
        visited=Count("pk", filter=Q(visited_at__isnull=False)),
        ordered=Count("pk", filter=Q(order_id__isnull=False)),
        shared_ordered=Count("pk", filter=Q(order_id__isnull=False, status=Status.SHARED)),
        expected=Sum("chance_basis_points"),
    )
    moments = list(rows.order_by("-pk").values_list("received_at", "told_at", "seen_at")[:SAMPLE_MOST])
    told = sorted((told_at - received_at).total_seconds() for received_at, told_at, _seen_at in moments)
    seen = sorted((seen_at - received_at).total_seconds() for received_at, _told_at, seen_at in moments if seen_at)
    return AlertFigures(
        told=sums["told"],
        shared=sums["shared"],
        dismissed=sums["dismissed"],
        missed=sums["missed"],
        withdrawn=sums["withdrawn"],
        waiting=sums["open"],
        visited=sums["visited"],
        ordered=sums["ordered"],
        shared_ordered=sums["shared_ordered"],
        other_ordered=sums["ordered"] - sums["shared_ordered"],
        expected_orders=(sums["expected"] or 0) / 10_000,
        told_half_ms=_at(told, 0.5),
        told_most_ms=_at(told, 0.95),
        seen_half_ms=_at(seen, 0.5),
        seen_most_ms=_at(seen, 0.95),
    )


def by_agent(period: Period) -> list[AgentRow]:
    """Return the agents who were told most in ``period``. One statement."""
    rows = _told(period).values("agent_id", "agent__display_name")
    counted = rows.annotate(
        told=Count("pk"),
        shared=Count("pk", filter=Q(status=Status.SHARED)),
        missed=Count("pk", filter=Q(status=Status.MISSED)),
        ordered=Count("pk", filter=Q(order_id__isnull=False)),
    ).order_by("-told", "agent_id")
    return [
        AgentRow(row["agent_id"], row["agent__display_name"], row["told"], row["shared"], row["missed"], row["ordered"])
        for row in counted[:AGENTS_SHOWN]
    ]


def held(first: date, last: date) -> list[tuple[str, int]]:
    """Return how often agents were not told from ``first`` to ``last`` (both in China), by reason, the most frequent first."""
    rows = (
        Held.objects.filter(day__gte=first, day__lte=last)
        .values("reason")
        .annotate(total=Sum("count"))
        .order_by("-total", "reason")
    )
    return [(row["reason"], row["total"]) for row in rows]


def per_day(period: Period) -> dict[date, int]:
    """Return how many alerts each day of ``period`` had; days without one are missing."""
    rows = BrowseAlert.objects.filter(day__gte=period.days[0], day__lte=period.days[-1])
    return dict(rows.values_list("day").annotate(Count("pk")).order_by("day"))


def told_at_least(chance_basis_points: int, *, days: int) -> int:
    """Return how many alerts of the last ``days`` were at least as sure as that. One statement."""
    since = clock.now() - timedelta(days=days)
    return BrowseAlert.objects.filter(told_at__gte=since, chance_basis_points__gte=chance_basis_points).count()


def _told(period: Period) -> QuerySet[BrowseAlert]:
    return BrowseAlert.objects.filter(told_at__gte=period.start, told_at__lt=period.end)


def _at(ordered: list[float], part: float) -> int | None:
    """Return the value, in milliseconds, below which ``part`` of them lie."""
    if not ordered:
        return None
    return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))] * MILLISECONDS)
