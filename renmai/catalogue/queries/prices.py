"""Prices of the past: what may be shown beside a reduced price."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Min

from renmai.catalogue.models import PricePoint, Sku
from renmai.kernel import clock

REFERENCE_DAYS: Final = 30
"""Policy ``price.reference``: the lowest price of the 30 days before the reduction."""


def true_reference(reference_fen: int | None, *, until: datetime | None, price_fen: int, now: datetime) -> int | None:
    """Return the reference price that may stand beside ``price_fen`` now, or None when none may."""
    if reference_fen is None or until is None or until <= now or reference_fen <= price_fen:
        return None
    return reference_fen


def lowest_before(sku_id: int, moment: datetime) -> int | None:
    """Return the lowest price of a SKU in the ``REFERENCE_DAYS`` before ``moment``, or None when it was not on sale then.

    The price that was in force when the window opened counts: it was the price on its first day.
    """
    opens = moment - timedelta(days=REFERENCE_DAYS)
    points = PricePoint.objects.filter(sku_id=sku_id, at__lt=moment)
    at_opening = points.filter(at__lte=opens).order_by("-at", "-pk").values_list("price_fen", flat=True).first()
    within = points.filter(at__gt=opens).aggregate(lowest=Min("price_fen"))["lowest"]
    known = [price for price in (at_opening, within) if price is not None]
    return min(known) if known else None


def reference_price(sku: Sku) -> int | None:
    """Return the price that may be shown struck out beside the SKU's price now, in fen, or None.

    It is the lowest price of the 30 days before the present price began, it is higher than the present price, and it is shown for
    30 days: after that the reduced price is simply the price.
    """
    return true_reference(sku.reference_price_fen, until=sku.reference_until, price_fen=sku.price_fen, now=clock.now())
