"""Old channel and new: what each way sold, and how long it takes from the first look to the order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery, Sum

from renmai.insight.models import View
from renmai.insight.queries.figures import paid_orders
from renmai.insight.queries.periods import Period
from renmai.insight.spread.estimates import Estimate, median, share
from renmai.ordering.models import Order

MOST_ORDERS = 50_000
NEW = (Order.Funnel.SOCIAL, Order.Funnel.CONTENT)


@dataclass(frozen=True)
class Channel:
    """One way: orders paid in a period, what was paid, its part of all sales, and minutes from the first look to the order (median)."""

    kind: str
    orders: int
    sales_fen: int
    part: float | None
    first_look_minutes: Estimate | None

    @property
    def is_new(self) -> bool:
        """Whether goods find people here; otherwise people look for goods."""
        return self.kind in NEW


@dataclass(frozen=True)
class ChannelOrder:
    """One paid order behind the figures. ``first_look`` is None when nobody saw the buyer look at any of its goods."""

    number: str
    buyer_id: int
    kind: str
    through_people: bool
    paid_fen: int
    first_look: datetime | None
    placed_at: datetime
    paid_at: datetime

    @property
    def minutes(self) -> float | None:
        """From the first look to placing the order."""
        return (self.placed_at - self.first_look).total_seconds() / 60 if self.first_look else None


def channels(period: Period) -> tuple[Channel, ...]:
    """Return every way, also those by which nothing came. Two statements.

    Medians are over the newest ``MOST_ORDERS`` orders of the period whose buyers were seen to look.
    """
    rows = paid_orders(period).values("funnel").annotate(orders=Count("pk"), sales=Sum("payable_fen")).order_by()
    sold = {row["funnel"]: (row["orders"], row["sales"]) for row in rows}
    whole = sum(sales for _orders, sales in sold.values())
    waits: dict[str, list[float]] = {}
    for kind, first, placed in (
        _looked(period).filter(first_look__isnull=False).values_list("funnel", "first_look", "placed_at")[:MOST_ORDERS]
    ):
        waits.setdefault(kind, []).append((placed - first).total_seconds() / 60)
    return tuple(
        Channel(
            kind=kind,
            orders=sold.get(kind, (0, 0))[0],
            sales_fen=sold.get(kind, (0, 0))[1],
            part=sold.get(kind, (0, 0))[1] / whole if whole else None,
            first_look_minutes=median(waits.get(kind, [])),
        )
        for kind in Order.Funnel.values
    )


def through_people(period: Period) -> Estimate | None:
    """Return the share of paid orders that came through people, with its interval: attributed to an agent's shop, by a share or a binding."""
    paid = paid_orders(period).aggregate(orders=Count("pk"), through=Count("shop_id"))
    return share(paid["through"], paid["orders"])


def channel_orders(period: Period, *, limit: int) -> Iterator[ChannelOrder]:
    """Yield the paid orders of a period, newest first, at most ``limit``. One statement."""
    rows = _looked(period).values_list(
        "number", "buyer_id", "funnel", "shop_id", "payable_fen", "first_look", "placed_at", "paid_at"
    )
    for number, buyer, kind, shop, fen, first, placed, paid in rows[:limit].iterator(chunk_size=2_000):
        yield ChannelOrder(number, buyer, kind, shop is not None, fen, first, placed, paid)


def _looked(period: Period) -> QuerySet[Any, Any]:
    seen = (
        View.objects.filter(user=OuterRef("buyer"), at__lte=OuterRef("placed_at"), product__skus__orderline__order=OuterRef("pk"))
        .order_by()
        .values("user")
        .annotate(first=Min("at"))
        .values("first")
    )
    return paid_orders(period).annotate(first_look=Subquery(seen)).order_by(F("paid_at").desc(), "-pk")
