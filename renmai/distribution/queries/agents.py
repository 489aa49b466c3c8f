"""Agents: her own, and the list for staff."""

from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Count, F, Q, Sum

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.distribution.actions.booking import CURRENCY
from renmai.distribution.models import LEFT, Agent, Commission
from renmai.distribution.policies import may_see_agent, may_see_withdrawals
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged, viewed

PAGE_SIZE = 30

_ACTIVE: Compiled[Agent] = Compiled(lambda user_id: Agent.objects.filter(user_id=user_id, status=Agent.Status.ACTIVE))


@dataclass(frozen=True)
class AgentRow:
    """One agent as staff see her: what she earned after reversals, and what she could take out now, in fen."""

    agent: Agent
    commissions: int
    earned_fen: int
    available_fen: int


def agent_of_user(user_id: int) -> Agent | None:
    """Return the active agent that this member is, or None: only an active agent can be given an order."""
    return _ACTIVE.first(user_id)


def membership(user_id: int) -> Agent | None:
    """Return the agent that this member is in whatever state, or None."""
    return Agent.objects.filter(user_id=user_id).first()


def access_agent(actor: User, agent_id: int) -> Agent:
    """Return an agent to herself or to staff who manage agents or withdrawals; raise ``request.not_found`` to others."""
    agent = Agent.objects.select_related("user", "introduced_by__user").filter(pk=agent_id).first()
    if agent is None or not (may_see_agent(actor, agent) or may_see_withdrawals(actor)):
        raise DomainError("request.not_found")
    return agent


def agents(actor: User, *, status: str | None = None, text: str = "", page: int = 1) -> Page[AgentRow]:
    """Return agents, the newest first, whose name or phone contains ``text``. Needs ``agents.manage``. Four statements a page."""
    require(actor, Permission.AGENTS_MANAGE)
    rows = Agent.objects.select_related("user", "introduced_by__user").order_by("-joined_at", "-pk")
    if status:
        rows = rows.filter(status=status)
    wanted = text.strip()
    if wanted:
        rows = rows.filter(
            Q(user__display_name__icontains=wanted) | Q(user__phone__startswith=wanted) | Q(real_name__icontains=wanted)
        )
    found = paged(rows, number=page, size=PAGE_SIZE)
    sums = _sums([agent.pk for agent in found.object_list])
    return viewed(found, lambda agent: AgentRow(agent, *sums.get(agent.pk, (0, 0, 0))))


def _sums(agent_ids: list[int]) -> dict[int, tuple[int, int, int]]:
    mine = Commission.objects.filter(agent_id__in=agent_ids, currency=CURRENCY).values("agent_id")
    rows = mine.annotate(
        number=Count("pk"),
        earned=Sum(F("amount_fen") - F("reversed_fen")),
        left=Sum(LEFT, filter=Q(thawed_at__isnull=False)),
    )
    return {row["agent_id"]: (row["number"], row["earned"] or 0, row["left"] or 0) for row in rows}
