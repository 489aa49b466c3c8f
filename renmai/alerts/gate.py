"""Whether an agent may be told now: how sure, how often already; the rest is what trust says of a share that would follow."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from renmai.accounts.consents import Purpose
from renmai.policy.queries import integer

NEEDED: Final = (Purpose.BROWSING, Purpose.AGENT_ALERTS)
"""What a customer must agree to now, both, before her agent hears anything: that her looks are kept, and that the agent is told of them."""


class Reason(StrEnum):
    """Why an agent was not told; what the gate of trust says (muted, paused, quiet hours, caps, too dear) stands beside these."""

    NO_CONSENT = "no_consent"
    NO_AGENT = "no_agent"
    NOT_HER = "not_her"
    NOT_ON_SALE = "not_on_sale"
    ALREADY_TOLD = "already_told"
    NOT_SURE = "not_sure"
    CUSTOMER_CAP = "customer_cap"
    AGENT_CAP = "agent_cap"


@dataclass(frozen=True)
class Limits:
    """What the operator allows: the least chance in 1/100 of a percent, alerts a day, and the time to answer one."""

    least_chance: int
    customer_daily: int
    agent_daily: int
    deadline_minutes: int


def limits() -> Limits:
    """Return the settings in force."""
    return Limits(
        least_chance=integer("alerts.minimum_chance_basis_points"),
        customer_daily=integer("alerts.customer_daily"),
        agent_daily=integer("alerts.agent_daily"),
        deadline_minutes=integer("alerts.deadline_minutes"),
    )


def stopped_by(allowed: Limits, *, chance: int, customer_today: int, agent_today: int) -> Reason | None:
    """Return what keeps an agent from being told of a customer who agreed and is hers; None when nothing of ours does."""
    if chance < allowed.least_chance:
        return Reason.NOT_SURE
    if customer_today >= allowed.customer_daily:
        return Reason.CUSTOMER_CAP
    if agent_today >= allowed.agent_daily:
        return Reason.AGENT_CAP
    return None
