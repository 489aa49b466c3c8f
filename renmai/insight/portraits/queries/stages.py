"""How far somebody has come, each step with the row that proves it."""

from dataclasses import dataclass
from datetime import datetime

from renmai.accounts.models import User
from renmai.distribution.models import Agent
from renmai.insight.portraits.facts import bought_orders, kept_orders
from renmai.insight.portraits.models import Portrait
from renmai.sharing.models import Share


@dataclass(frozen=True)
class Step:
    """One step: when it was reached and by what; without a moment it has not been reached."""

    stage: Portrait.Stage
    at: datetime | None
    evidence: str


def steps(user: User) -> tuple[Step, ...]:
    """Return the four steps: first order, first order kept whole, first link of her own, agent. Four statements."""
    bought = bought_orders().filter(buyer=user).order_by("paid_at", "pk").first()
    kept = kept_orders().filter(buyer=user).order_by("settled_at", "pk").first()
    link = Share.objects.filter(sharer=user).order_by("created_at", "pk").first()
    agent = Agent.objects.filter(user=user, status=Agent.Status.ACTIVE).first()
    return (
        Step(Portrait.Stage.CONSUMER, bought.paid_at if bought else None, bought.number if bought else ""),
        Step(Portrait.Stage.BENEFICIARY, kept.settled_at if kept else None, kept.number if kept else ""),
        Step(Portrait.Stage.SHARER, link.created_at if link else None, link.code if link else ""),
        Step(Portrait.Stage.OPERATOR, agent.joined_at if agent else None, str(agent.pk) if agent else ""),
    )
