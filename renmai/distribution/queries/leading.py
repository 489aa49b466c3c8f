"""Who leads whose team, now and then."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, Q

from renmai.distribution.models import Agent, LeaderTerm

MOST = 100


def leader_at(moment: datetime | OuterRef) -> Q:
    """Return the condition under which a term covers a moment."""
    return Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))


def leader_of(agent: Agent) -> Agent | None:
    """Return who leads an agent's team now."""
    term = LeaderTerm.objects.filter(agent=agent, until__isnull=True).select_related("leader__user").first()
    return term.leader if term else None


def leader_terms(agent: Agent) -> Sequence[LeaderTerm]:
    """Return who led an agent's team, the newest first."""
    return list(LeaderTerm.objects.filter(agent=agent).select_related("leader__user").order_by("-since", "-pk")[:MOST])
