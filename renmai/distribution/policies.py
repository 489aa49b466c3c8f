"""Who may do what here, and what the rules and settings say about earning."""

from datetime import date

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.accounts.queries import has_permission
from renmai.distribution.models import Agent, Withdrawal
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy

LEVELS_AT_MOST = 2
INTRODUCER, LEADER = "introducer", "leader"


def pays_commission() -> bool:
    """False in the direct model: orders are attributed, nobody earns on them."""
    return policy.text("shop.model") == "agent"


def second_level_is_on() -> bool:
    """Whether the setting lets an introducer earn; the law allows no more than two levels."""
    return policy.integer("commission.depth") >= LEVELS_AT_MOST


def second_layer() -> str:
    """Return whose the second layer is: ``introducer`` or ``leader``. There is one: side layers count, and the law allows no third."""
    return policy.text("commission.second_layer")


def require_rule(key: str, value: int | str, *, field: str) -> None:
    """Raise ``policy.refused`` at ``field``, with the rule and its source, when a hard limit forbids ``value``."""
    decision = policy.decide(key, value)
    if decision.is_refused and decision.rule is not None:
        rule = decision.rule
        raise DomainError("policy.refused", field=field, says=rule.says, rule=rule.key, source=decision.source)


def years_between(born_on: date, today: date) -> int:
    """Return the completed years of age."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def may_see_agent(actor: User, agent: Agent) -> bool:
    """True for herself and for staff who manage agents."""
    return agent.user_id == actor.pk or has_permission(actor, Permission.AGENTS_MANAGE)


def may_see_withdrawals(actor: User) -> bool:
    """True for staff who review or approve."""
    return has_permission(actor, Permission.WITHDRAWALS_REVIEW) or has_permission(actor, Permission.WITHDRAWALS_APPROVE)


def require_reviewer(actor: User, withdrawal: Withdrawal) -> None:
    """The first of two people: may review, and is not the agent herself."""
    require(actor, Permission.WITHDRAWALS_REVIEW)
    _require_other_than_agent(actor, withdrawal)


def require_approver(actor: User, withdrawal: Withdrawal) -> None:
    """The second of two people: may approve, is neither the agent nor who reviewed."""
    require(actor, Permission.WITHDRAWALS_APPROVE)
    _require_other_than_agent(actor, withdrawal)
    if withdrawal.reviewed_by_id == actor.pk:
        raise DomainError("distribution.same_person")


def require_decider(actor: User, withdrawal: Withdrawal) -> None:
    """Whoever may take one of the two steps may also refuse."""
    if not may_see_withdrawals(actor):
        raise DomainError("request.forbidden")
    _require_other_than_agent(actor, withdrawal)


def _require_other_than_agent(actor: User, withdrawal: Withdrawal) -> None:
    if withdrawal.agent.user_id == actor.pk:
        raise DomainError("distribution.own_withdrawal")
