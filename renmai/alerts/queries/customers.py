"""What a customer may know: what her agent was told of her, when, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from renmai.accounts.models import User
from renmai.alerts.models import BrowseAlert
from renmai.catalogue.models import Product

SHOWN = 50


@dataclass(frozen=True)
class Told:
    """Her agent was told that she looked at ``product``. ``status`` says what the agent did: open, shared, dismissed, missed, withdrawn."""

    at: datetime
    agent_name: str
    product: Product
    chance_percent: int
    status: str
    status_label: str


def told(user: User, *, limit: int = SHOWN) -> list[Told]:
    """Return what agents were told about ``user``, the newest first. One statement."""
    rows = BrowseAlert.objects.filter(customer=user).select_related("agent", "product").order_by("-told_at", "-pk")
    return [
        Told(
            at=row.told_at,
            agent_name=row.agent.display_name,
            product=row.product,
            chance_percent=round(row.chance_basis_points / 100),
            status=row.status,
            status_label=row.get_status_display(),
        )
        for row in rows[:limit]
    ]
