"""What becomes of a coupon with its order: kept while it waits for the money, used when that comes, free again when it ends."""

from django.db import transaction

from renmai.campaigns import vouchers
from renmai.campaigns.actions import spend, unspend
from renmai.campaigns.models import Participation
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.plays.coupon.models import Coupon


def reserve(order: Order, part: Participation) -> None:
    """Keep the coupon for an order that is being placed, if it is still free and hers. Raises ``coupon.gone``.

    What it takes off counts against the campaign's budget; a reward's was counted, where it was granted, before.
    """
    coupon = vouchers.reserve(Coupon, order, part.reference)
    if coupon is None:
        raise DomainError("coupon.gone")
    if coupon.reward_id is None:
        spend(part.campaign_id, part.discount_fen)


def use(order: Order) -> None:
    """The order is paid. In the caller's transaction."""
    vouchers.use(Coupon, order)


def give_back(order: Order, part: Participation) -> None:
    """The order ended unpaid, or everything in it went back: the coupon is free again until its own end. Again changes nothing."""
    with transaction.atomic():
        coupon = vouchers.give_back(Coupon, order)
        if coupon is not None and coupon.reward_id is None:
            unspend(part.campaign_id, part.discount_fen)


def expire_coupons(limit: int) -> int:
    """End up to ``limit`` coupons whose time is over; return how many. A timer."""
    return vouchers.expire(Coupon, limit, name="coupon.expire")
