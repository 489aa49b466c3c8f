"""What this room holds of people: what agents were told of them, what they were told as agents."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Uncopied
from renmai.alerts.models import BrowseAlert

HOLDINGS: Final = (
    Holding(
        model=BrowseAlert,
        person="customer",
        topic=Topic.ALERTS,
        copied=("agent__display_name", "product_id", "status", "chance_basis_points", "evidence", "browsed_at", "told_at"),
    ),
    Holding(model=BrowseAlert, person="agent", topic=Topic.ALERTS, uncopied=Uncopied.OTHERS),
)
