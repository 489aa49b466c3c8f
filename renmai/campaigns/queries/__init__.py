"""Reads of the room."""

from renmai.campaigns.queries.lists import (
    access_campaign,
    authors_of,
    campaign_of_number,
    campaigns_by_id,
    campaigns_of,
    money_of,
    parts_of_order,
    parts_of_orders,
    taken_part,
)
from renmai.campaigns.queries.options import options_for, told_of
from renmai.campaigns.queries.rewards import access_reward, rewards_of, rewards_under_review
from renmai.campaigns.queries.running import offers_on, open_campaigns

__all__ = [
    "access_campaign",
    "access_reward",
    "authors_of",
    "campaign_of_number",
    "campaigns_by_id",
    "campaigns_of",
    "money_of",
    "offers_on",
    "open_campaigns",
    "options_for",
    "parts_of_order",
    "parts_of_orders",
    "rewards_of",
    "rewards_under_review",
    "taken_part",
    "told_of",
]
