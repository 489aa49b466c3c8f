"""Appointing who leads an agent's team."""

from django.db import IntegrityError, transaction

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.distribution.models import Agent, LeaderTerm
from renmai.kernel import clock
from renmai.kernel.errors import DomainError


def appoint_leader(actor: User, agent_id: int, *, leader_id: int | None) -> None:
    """Let an active agent lead another agent's team from now on, or nobody (None). Orders placed before keep who led then. Logged.

    The same again changes nothing. Raises ``request.forbidden``, ``request.not_found``, ``distribution.leader`` for herself and for who is
    not active, ``request.conflict`` when somebody else appoints at this moment.
    """
    require(actor, Permission.AGENTS_MANAGE)
    agent = Agent.objects.filter(pk=agent_id).first()
    leader = Agent.objects.filter(pk=leader_id).first() if leader_id is not None else None
    if agent is None:
        raise DomainError("request.not_found")
    if leader_id is not None and (leader is None or leader == agent or leader.status != Agent.Status.ACTIVE):
        raise DomainError("distribution.leader", field="leader_id")
    now = clock.now()
    try:
        with transaction.atomic():
            current = LeaderTerm.objects.filter(agent=agent, until__isnull=True)
            if (current.values_list("leader_id", flat=True).first() or None) == leader_id:
                return
            current.update(until=now)
            if leader is not None:
                LeaderTerm.objects.create(agent=agent, leader=leader, since=now)
            log_act(actor, "agent.leader", object_type="agent", object_id=agent_id, detail={"leader": leader_id})
    except IntegrityError:
        raise DomainError("request.conflict") from None
