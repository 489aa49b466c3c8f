"""What this play holds of people: their orders of pre-sales."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.plays.presale.models import Booking

HOLDINGS: Final = (
    Holding(
        model=Booking,
        person="user",
        topic=Topic.PLAYS,
        stays=Why.LAW,
        copied=("order__number", "campaign__number", "balance_from", "booked_at"),
    ),
)
