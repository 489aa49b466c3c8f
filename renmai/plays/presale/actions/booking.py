"""Bookings: one per order, as many per person as the terms allow."""

from typing import Final

from renmai.campaigns.actions import spend, unspend
from renmai.campaigns.models import Campaign, Participation
from renmai.kernel import clock
from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.plays.presale.models import Booking, CalledOff
from renmai.plays.presale.terms import terms_at

MOST_KEPT_OF: Final = 5
"""A deposit that can be kept is at most this part of the price, by law: of what she pays, whatever else was taken off it."""


def book(order: Order, part: Participation) -> None:
    """Write an order down that is being placed, in the caller's transaction.

    Raises ``presale.share``, ``presale.limit``, ``campaigns.budget``, and ``campaigns.not_open`` when it was called off a moment ago.
    """
    if order.deposit_is_kept and order.deposit_fen * MOST_KEPT_OF > order.payable_fen:
        raise DomainError("presale.share")
    limit = terms_at(part.campaign_id, part.version).per_person
    # Whoever finds her place taken by another order of hers, a moment ago, takes the next one.
    if not any(_written(order, part, limit=limit) for _try in range(limit)):
        raise DomainError("presale.limit", limit=limit)
    spend(part.campaign_id, part.discount_fen)
    hold(part.campaign_id)
    if CalledOff.objects.filter(campaign=part.campaign_id).exists():
        raise DomainError("campaigns.not_open", title=Campaign.objects.get(pk=part.campaign_id).title)


def hold(campaign_id: int) -> None:
    """Take the campaign's row until the end of the transaction: a booking and the end of all bookings happen one after the other.

    So either the booking finds that the pre-sale was called off, or calling it off finds the booking.
    """
    Campaign.objects.select_for_update(no_key=True).filter(pk=campaign_id).values_list("pk", flat=True).get()


def _written(order: Order, part: Participation, *, limit: int) -> bool:
    if order.balance_from is None:
        raise AssertionError(f"order {order.number} has no balance")
    mine = Booking.objects.filter(campaign=part.campaign_id, user=order.buyer_id, counts=True)
    taken = set(mine.values_list("ordinal", flat=True))
    free = next((ordinal for ordinal in range(1, limit + 1) if ordinal not in taken), None)
    if free is None or len(taken) >= limit:
        raise DomainError("presale.limit", limit=limit)
    row = Booking(
        order=order,
        campaign_id=part.campaign_id,
        version=part.version,
        user_id=order.buyer_id,
        ordinal=free,
        balance_from=order.balance_from,
        booked_at=clock.now(),
    )
    return bool(insert_missing([row]))


def forget(order: Order, part: Participation) -> None:
    """The order was cancelled: it counts against no limit. In the caller's transaction."""
    if Booking.objects.filter(order=order, counts=True).update(counts=False):
        unspend(part.campaign_id, part.discount_fen)
