"""Becoming an agent: free, of age, eligible, with consent. Staff suspend, bring back and close."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from renmai.accounts.actions import Purpose, give_consent, log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.distribution.events import AgentJoined
from renmai.distribution.models import Agent
from renmai.distribution.policies import require_rule, years_between
from renmai.distribution.tax import china_date
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.policy.rules import Occupation

OLDEST_YEARS = 120
REAL_NAME_LENGTH = 40
PAYOUT_ACCOUNT_LENGTH = 64
REASON_LENGTH = 200


@dataclass(frozen=True)
class AgentApplication:
    """What a member says of herself to become an agent. ``has_agreed``: she ticked the agent agreement.

    Name and account may stay empty until she wants to be paid.
    """

    born_on: date
    occupation: str
    real_name: str
    has_agreed: bool
    payout_account: str = ""
    introducer_user_id: int | None = None


def join(user: User, application: AgentApplication) -> Agent:
    """Make ``user`` an agent at once; asking again returns the agent she is. No fee, no purchase, nothing for whoever introduced her.

    Raises ``policy.refused`` (age, occupation; with the rule and its source) and the ``distribution`` refusals of its fields.
    """
    existing = Agent.objects.filter(user=user).first()
    if existing is not None:
        return _not_closed(existing)
    _check(application)
    introducer = _introducer(user, application.introducer_user_id)
    try:
        with transaction.atomic():
            give_consent(user, Purpose.AGENT_AGREEMENT)
            agent = Agent.objects.create(
                user=user,
                introduced_by=introducer,
                born_on=application.born_on,
                occupation=application.occupation,
                real_name=application.real_name.strip(),
                payout_account=application.payout_account.strip(),
            )
            emit(AgentJoined(agent.pk, user.pk))
    except IntegrityError:
        # The same form sent twice at once: the other one made her an agent.
        winner = Agent.objects.filter(user=user).first()
        if winner is None:
            raise
        return _not_closed(winner)
    return agent


def update_payout(user: User, *, real_name: str, payout_account: str) -> Agent:
    """Change the name and account that are paid. Withdrawals already asked for keep the account they were asked with."""
    agent = Agent.objects.filter(user=user).first()
    if agent is None:
        raise DomainError("distribution.not_agent")
    _check_name(real_name)
    account = payout_account.strip()
    if not 1 <= len(account) <= PAYOUT_ACCOUNT_LENGTH:
        raise DomainError("distribution.payout_account", field="payout_account")
    agent.real_name, agent.payout_account = real_name.strip(), account
    agent.save(update_fields=["real_name", "payout_account"])
    return agent


def suspend(actor: User, agent_id: int, *, reason: str, ip_address: str | None = None) -> Agent:
    """Stop an agent from earning and withdrawing for now; what she has stays hers. Logged."""
    return _move(actor, agent_id, new=Agent.Status.SUSPENDED, reason=reason, ip_address=ip_address)


def reactivate(actor: User, agent_id: int, *, reason: str, ip_address: str | None = None) -> Agent:
    """Let a suspended agent earn and withdraw again. Logged."""
    return _move(actor, agent_id, new=Agent.Status.ACTIVE, reason=reason, ip_address=ip_address)


def close(actor: User, agent_id: int, *, reason: str, ip_address: str | None = None) -> Agent:
    """End an agent for good; she can still withdraw what is hers. Logged."""
    return _move(actor, agent_id, new=Agent.Status.CLOSED, reason=reason, ip_address=ip_address)


def _move(actor: User, agent_id: int, *, new: str, reason: str, ip_address: str | None) -> Agent:
    require(actor, Permission.AGENTS_MANAGE)
    why = reason.strip()
    if not 1 <= len(why) <= REASON_LENGTH:
        raise DomainError("distribution.reason", field="reason")
    with transaction.atomic():
        agent = Agent.objects.select_related("user").filter(pk=agent_id).first()
        if agent is None:
            raise DomainError("request.not_found")
        old = agent.status
        if new not in Agent.TRANSITIONS[old]:
            raise DomainError("distribution.status")
        if not advance(Agent, agent.pk, old=old, new=new):
            raise DomainError("request.conflict")
        log_act(
            actor,
            f"agent.{new}",
            object_type="agent",
            object_id=agent.pk,
            detail={"from": old, "reason": why},
            ip_address=ip_address,
        )
    agent.status = new
    return agent


def _not_closed(agent: Agent) -> Agent:
    if agent.status == Agent.Status.CLOSED:
        raise DomainError("distribution.closed")
    return agent


def _check(application: AgentApplication) -> None:
    years = years_between(application.born_on, china_date(clock.now()))
    if not 0 <= years <= OLDEST_YEARS:
        raise DomainError("distribution.born_on", field="born_on")
    require_rule("agent.age", years, field="born_on")
    if application.occupation not in Occupation.values:
        raise DomainError("distribution.occupation", field="occupation")
    require_rule("agent.occupation", application.occupation, field="occupation")
    if len(application.real_name.strip()) > REAL_NAME_LENGTH:
        raise DomainError("distribution.real_name", field="real_name")
    if len(application.payout_account.strip()) > PAYOUT_ACCOUNT_LENGTH:
        raise DomainError("distribution.payout_account", field="payout_account")
    if not application.has_agreed:
        raise DomainError("distribution.consent_missing", field="has_agreed")


def _check_name(real_name: str) -> None:
    if not 1 <= len(real_name.strip()) <= REAL_NAME_LENGTH:
        raise DomainError("distribution.real_name", field="real_name")


def _introducer(user: User, introducer_user_id: int | None) -> Agent | None:
    if introducer_user_id is None or introducer_user_id == user.pk:
        return None
    return Agent.objects.filter(user_id=introducer_user_id, status=Agent.Status.ACTIVE).first()
