"""Reads of coupons."""

from renmai.plays.coupon.queries.choosing import conditions_on, covered, last_day, options, usable
from renmai.plays.coupon.queries.lists import (
    Counted,
    CouponView,
    OpenCampaign,
    count,
    mine,
    open_campaign,
    open_now,
    view_of,
)

__all__ = [
    "Counted",
    "CouponView",
    "OpenCampaign",
    "conditions_on",
    "count",
    "covered",
    "last_day",
    "mine",
    "open_campaign",
    "open_now",
    "options",
    "usable",
    "view_of",
]
