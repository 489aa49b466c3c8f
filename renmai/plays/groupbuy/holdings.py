"""What this play holds of people: the groups they opened, and their places in groups."""

from typing import Final

from renmai.accounts.holdings import Holding, Topic, Why
from renmai.plays.groupbuy.models import Group, Seat

HOLDINGS: Final = (
    Holding(
        model=Group,
        person="leader",
        topic=Topic.PLAYS,
        stays=Why.OTHERS,
        copied=("number", "campaign__number", "size", "joined", "status", "opened_at", "closed_at"),
    ),
    Holding(
        model=Seat,
        person="user",
        topic=Topic.PLAYS,
        stays=Why.OTHERS,
        copied=("order__number", "group__number", "status", "ordered_at", "at"),
    ),
)
