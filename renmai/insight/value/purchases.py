"""Purchases read from orders, as the models take them."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Max, QuerySet

from renmai.insight.queries.periods import CHINA
from renmai.insight.value.margins import kept_orders
from renmai.ordering.models import Order

Row = tuple[int, int, int]
"""Whose, on which day in China (its proleptic ordinal), and what she kept paying, in fen."""

READ_AT_ONCE = 5_000
STILL_AFTER = timedelta(days=30)
"""A shop in which nobody at all bought for so long stands still (a past that was imported, a season's shop): it is told as of its last purchase."""


def rows_until(day: date, *, buyers: Collection[int] | None = None) -> list[Row]:
    """Return every purchase up to the end of a day, of these buyers or of all. One statement."""
    orders = kept_until(day)
    if buyers is not None:
        orders = orders.filter(buyer__in=buyers)
    kept = orders.annotate(kept=F("payable_fen") - F("refunded_fen"))
    found = kept.order_by().values_list("buyer_id", "paid_at", "kept").iterator(chunk_size=READ_AT_ONCE)
    return [(buyer, day_of(at).toordinal(), fen) for buyer, at, fen in found if at]


def kept_until(day: date) -> QuerySet[Order, Any]:
    """Return the purchases up to the end of a day."""
    return kept_orders().filter(paid_at__lt=end_of(day))


def newest_day() -> date | None:
    """Return the day of the last purchase, None before the first. One statement."""
    at = kept_orders().aggregate(at=Max("paid_at"))["at"]
    return day_of(at) if at else None


def told_until(day: date, newest: date) -> date:
    """Return the last day of which something can be told: ``day``, or that of the last purchase in a shop that stands still."""
    return newest if day - newest > STILL_AFTER else day


def day_of(moment: datetime) -> date:
    """Return the day in China on which a moment lies."""
    return moment.astimezone(CHINA).date()


def end_of(day: date) -> datetime:
    """Return the first moment after a day in China."""
    return datetime.combine(day + timedelta(days=1), time.min, CHINA)
