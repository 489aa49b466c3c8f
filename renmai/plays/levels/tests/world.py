"""A levels campaign and people who have bought, for tests."""

from typing import Any

from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys.tests.lives import keep, pay
from renmai.journeys.tests.world import Customer, place
from renmai.ordering.models import Order
from renmai.plays.levels.play import PLAY


def campaign(fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running campaign: 2 % off from ¥10 kept within a year, 5 % from ¥50, 10 % from ¥100."""
    raw = {
        "silver_fen": 1000,
        "silver_basis_points": 200,
        "gold_fen": 5000,
        "gold_basis_points": 500,
        "honey_fen": 10_000,
        "honey_basis_points": 1000,
    }
    return running_campaign("levels", terms=checked(PLAY, raw | terms), **(fields or {}))


def kept(who: Customer, sku: Sku, pieces: int = 1) -> Order:
    """An order that was bought and kept."""
    return keep(pay(who, place(who, [(sku, pieces)])))
