"""What is left of what customers pay: the shop's own orders, less commission, rewards, sending and what the goods cost.

Exactly, over the orders paid in a time:

    kept     = Σ paid − refunded (carriage included)
    margin   = kept − commission − rewards − parcels × what one costs − goods × what they cost

Commission is what agents were granted and was not taken back; rewards are those handed out for the orders. What a parcel costs, and which part of
the price of goods goes to whoever supplies them, no row says: the operator does, in the settings.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from renmai.campaigns.models import Reward
from renmai.distribution.models import Commission
from renmai.insight.spread.costs import reward_fen
from renmai.kernel.money import BASIS_POINTS, share_of
from renmai.ordering.models import Order, OrderLine, Shipment
from renmai.policy import queries as policy

LOST = (Order.Status.CANCELLED, Order.Status.REFUNDED)


@dataclass(frozen=True)
class Margin:
    """What was kept in a time and what it cost, in fen."""

    kept_fen: int
    commission_fen: int
    rewards_fen: int
    parcels_fen: int
    goods_fen: int

    @property
    def left_fen(self) -> int:
        """What is left; below zero where customers cost more than they pay."""
        return self.kept_fen - self.commission_fen - self.rewards_fen - self.parcels_fen - self.goods_fen

    @property
    def basis_points(self) -> int:
        """What is left of 10,000 fen kept, rounded down; 0 without anything kept."""
        return self.left_fen * BASIS_POINTS // self.kept_fen if self.kept_fen else 0


def kept_orders() -> QuerySet[Order, Order]:
    """Return the orders that are purchases: paid, and not all of it given back."""
    return Order.objects.filter(paid_at__isnull=False, refunded_fen__lt=F("payable_fen")).exclude(status__in=LOST)


def margin_between(start: datetime, end: datetime) -> Margin:
    """Return the margin of the purchases paid between two moments. Five statements."""
    orders = kept_orders().filter(paid_at__gte=start, paid_at__lt=end)
    lines = OrderLine.objects.filter(order__in=orders)
    goods = _sum(lines, F("amount_fen") - F("refunded_fen"))
    commission = _sum(Commission.objects.filter(order_line__order__in=orders), F("amount_fen") - F("reversed_fen"))
    granted = Reward.objects.filter(order__in=orders, status=Reward.Status.GRANTED)
    rewards = granted.values_list("benefit", "amount").annotate(count=Count("pk")).order_by()
    sent = (Shipment.Status.SHIPPED, Shipment.Status.DELIVERED)
    parcels = Shipment.objects.filter(order__in=orders, order__delivery=Order.Delivery.PARCEL, status__in=sent).count()
    return Margin(
        kept_fen=_sum(orders, F("payable_fen") - F("refunded_fen")),
        commission_fen=commission,
        rewards_fen=sum(count * reward_fen(benefit, amount) for benefit, amount, count in rewards),
        parcels_fen=parcels * policy.integer("value.parcel_fen"),
        goods_fen=share_of(max(goods, 0), basis_points=policy.integer("value.goods_basis_points")),
    )


def _sum(rows: QuerySet[Any, Any], amount: Any) -> int:
    return rows.aggregate(total=Sum(amount))["total"] or 0
