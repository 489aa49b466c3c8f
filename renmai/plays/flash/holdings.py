"""What this play holds of people: their places in the lines of sales."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.plays.flash.models import Ticket

HOLDINGS: Final = (
    Holding(
        model=Ticket,
        person="user",
        topic=Topic.PLAYS,
        stays=Why.COUNTED,
        copied=("number", "campaign__number", "status", "joined_at", "held_at", "ended_at"),
    ),
)
