"""Reads of the play."""

from renmai.plays.invitation.queries.figures import Counts, counts_of
from renmai.plays.invitation.queries.lists import (
    Brought,
    Stage,
    brought_by,
    campaigns_here,
    inviter_of,
    latest_campaign,
    may_enter_until,
    open_campaign,
    owner_of,
    thanked_this_month,
)

__all__ = [
    "Brought",
    "Counts",
    "Stage",
    "brought_by",
    "campaigns_here",
    "counts_of",
    "inviter_of",
    "latest_campaign",
    "may_enter_until",
    "open_campaign",
    "owner_of",
    "thanked_this_month",
]
