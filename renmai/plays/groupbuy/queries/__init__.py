"""Reads of the play."""

from renmai.plays.groupbuy.queries.figures import Counts, counts_of
from renmai.plays.groupbuy.queries.lists import (
    group_of_number,
    members_of,
    open_campaigns_here,
    seat_in,
    seat_of_order,
    seats_of,
)
from renmai.plays.groupbuy.queries.people import groups_of_people_known, people_known

__all__ = [
    "Counts",
    "counts_of",
    "group_of_number",
    "groups_of_people_known",
    "members_of",
    "open_campaigns_here",
    "people_known",
    "seat_in",
    "seat_of_order",
    "seats_of",
]
