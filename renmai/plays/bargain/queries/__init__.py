"""Reads of the play."""

from renmai.plays.bargain.queries.figures import Counts, counts_of
from renmai.plays.bargain.queries.lists import (
    access_bargain,
    bargains_of,
    campaign_of,
    campaigns_here,
    cuts_of,
    going_on_of,
    has_helped,
    of_number,
)

__all__ = [
    "Counts",
    "access_bargain",
    "bargains_of",
    "campaign_of",
    "campaigns_here",
    "counts_of",
    "cuts_of",
    "going_on_of",
    "has_helped",
    "of_number",
]
