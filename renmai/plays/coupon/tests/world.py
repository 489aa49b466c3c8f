"""Coupon campaigns and what people do with their coupons, for tests."""

from typing import Any

from renmai.campaigns.models import Campaign
from renmai.campaigns.terms import checked
from renmai.campaigns.tests.fakes import choice, running_campaign
from renmai.catalogue.models import Sku
from renmai.journeys.tests.world import Customer, place
from renmai.ordering.models import Order
from renmai.plays.coupon import actions
from renmai.plays.coupon.models import Coupon
from renmai.plays.coupon.play import PLAY


def campaign(fields: dict[str, Any] | None = None, **terms: Any) -> Campaign:
    """A running campaign: ¥10 off from ¥30, a thousand coupons, one each; ``terms`` and ``fields`` change it."""
    raw = {"off_fen": 1000, "threshold_fen": 3000} | terms
    running = running_campaign("coupon", terms=checked(PLAY, raw), **(fields or {}))
    actions.prepare(running)
    return running


def claimed(who: Customer, running: Campaign | None = None) -> Coupon:
    """A coupon of ``who``."""
    return actions.claim(who.user, (running or campaign()).pk)


def ordered(who: Customer, coupon: Coupon, sku: Sku, *, pieces: int = 2, **fields: Any) -> Order:
    """An order with her coupon."""
    return place(who, [(sku, pieces)], plays=(choice(coupon.campaign, coupon.code),), **fields)


def now(coupon: Coupon) -> Coupon:
    """The coupon as it is now."""
    return Coupon.objects.select_related("campaign").get(pk=coupon.pk)
