"""How far the platform has kept its word, with one agent and with all: what is believed, what it is made of, how well it foretells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet, Sum

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.paging import paged
from renmai.trust.beliefs import Belief, Tally
from renmai.trust.decay import BELIEF_DAYS, scale
from renmai.trust.models import PlatformEntry, PlatformTie
from renmai.trust.pledges import Calibration, Outcome, Pledge, foretold, regard

PERIOD: Final = timedelta(days=90)
PAGE_SIZE: Final = 20
MOST_AGENTS: Final = 5000
MOST_OUTCOMES: Final = 20_000
SHOWN: Final = 10


@dataclass(frozen=True)
class PledgeCount:
    """One kind of pledge in the last ``PERIOD``: how often it was kept and broken."""

    pledge: str
    label: str
    kept: int
    broken: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.kept + self.broken


@dataclass(frozen=True)
class Regard:
    """How far one agent can rely on the platform, by what it pledged to her: q, and what it is made of. Without a pledge yet: what is usual."""

    agent_user_id: int
    belief: Belief
    counts: tuple[PledgeCount, ...]


@dataclass(frozen=True)
class AgentRegard:
    """One agent among all, by q."""

    user: User
    mean: float
    outcomes: float


@dataclass(frozen=True)
class Reliance:
    """How far agents can rely on the platform: the mean of q, pledges by kind, those with least reason to, and how well q foretells."""

    agents: int
    mean: float | None
    counts: tuple[PledgeCount, ...]
    least: tuple[AgentRegard, ...]
    calibration: Calibration | None


def regard_of(agent_user_id: int) -> Regard:
    """Return how far one agent can rely on the platform. Three statements."""
    now = clock.now()
    row = PlatformTie.objects.filter(agent=agent_user_id).first()
    entries = PlatformEntry.objects.filter(tie__agent=agent_user_id)
    return Regard(
        agent_user_id=agent_user_id,
        belief=regard(_tally(row, now), _everybody(now)),
        counts=_counts(entries.filter(at__gte=now - PERIOD)),
    )


def pledges_to(agent_user_id: int, *, page: int = 1) -> Page[PlatformEntry]:
    """Return one page of the pledges to one agent that were kept or broken, the newest first. Two statements."""
    rows = PlatformEntry.objects.filter(tie__agent=agent_user_id).order_by("-at", "-pk")
    return paged(rows, number=page, size=PAGE_SIZE)


def reliance() -> Reliance:
    """Return how far agents can rely on the platform, over those whose pledges moved last, at most ``MOST_AGENTS``. Four statements."""
    now = clock.now()
    everybody = _everybody(now)
    rows = PlatformTie.objects.select_related("agent").order_by("-moved_at", "-pk")[:MOST_AGENTS]
    ranked = sorted((_ranked(row, everybody, now) for row in rows), key=lambda each: (each.mean, each.user.pk))
    return Reliance(
        agents=len(ranked),
        mean=sum(each.mean for each in ranked) / len(ranked) if ranked else None,
        counts=_counts(PlatformEntry.objects.filter(at__gte=now - PERIOD)),
        least=tuple(ranked[:SHOWN]),
        calibration=foretold(_latest_outcomes()),
    )


def _ranked(row: PlatformTie, everybody: Tally, now: datetime) -> AgentRegard:
    own = _tally(row, now)
    return AgentRegard(row.agent, regard(own, everybody).mean, own.total)


def _tally(row: PlatformTie | None, now: datetime) -> Tally:
    size = scale(now, BELIEF_DAYS)
    return Tally(row.good / size, row.bad / size) if row else Tally()


def _everybody(now: datetime) -> Tally:
    sums, size = PlatformTie.objects.aggregate(good=Sum("good"), bad=Sum("bad")), scale(now, BELIEF_DAYS)
    return Tally((sums["good"] or 0.0) / size, (sums["bad"] or 0.0) / size)


def _counts(entries: QuerySet[PlatformEntry]) -> tuple[PledgeCount, ...]:
    broken = Q(bad__gt=0)
    grouped = entries.values("pledge").annotate(broken=Count("pk", filter=broken), total=Count("pk")).order_by()
    found = {row["pledge"]: (row["total"] - row["broken"], row["broken"]) for row in grouped}
    return tuple(PledgeCount(pledge, str(pledge.label), *found.get(pledge, (0, 0))) for pledge in Pledge)


def _latest_outcomes() -> Iterable[Outcome]:
    newest = PlatformEntry.objects.order_by("-at", "-pk").values_list("pledge", "evidence", "tie__agent", "bad", "at")
    for pledge, evidence, agent_user_id, bad, at in reversed(newest[:MOST_OUTCOMES]):
        yield Outcome(pledge, evidence, agent_user_id, bad == 0, at)
