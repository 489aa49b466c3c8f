"""Reads of coupons."""

from renmai.plays.coupon.queries.choosing import conditions_on, covered, options, usable
from renmai.plays.coupon.queries.lists import Counted, CouponView, OpenCampaign, count, count_of, mine, open_campaign, open_now

__all__ = [
    "Counted",
    "CouponView",
    "OpenCampaign",
    "conditions_on",
    "count",
    "count_of",
    "covered",
    "mine",
    "open_campaign",
    "open_now",
    "options",
    "usable",
]
