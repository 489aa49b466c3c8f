"""What must always be true of orders, parcels and claims. Set-based, bounded memory; imported pasts have no parcels and no claims.

``sums``: an order is the sum of its lines, and its price is explained to the fen. ``refunds``: what claims refunded is what lines and
orders say. ``parcels``: every paid piece is in exactly one parcel. Invariant 9: nothing waits past its time.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering import windows
from renmai.ordering.models import AfterSale, CartLine, Order, OrderAdjustment, OrderLine, Shipment, ShipmentLine

SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
"""How late a sweep may be before what it should have moved counts as stuck."""

PAID: Final = (
    Order.Status.PAID,
    Order.Status.SHIPPED,
    Order.Status.RECEIVED,
    Order.Status.SETTLED,
    Order.Status.REFUNDED,
)


def violations() -> Iterator[Violation]:
    """Yield every broken rule of this room."""
    yield from _orders_are_sums()
    yield from _prices_are_explained()
    yield from _claims_are_counted()
    yield from _refunded_orders_are_refunded()
    yield from _parcels_cover_lines()
    yield from _parcels_follow_orders()
    yield from _stuck_orders()
    yield from _stuck_claims()
    yield from _carts()


def _orders_are_sums() -> Iterator[Violation]:
    goods = F("lines__unit_price_fen") * F("lines__quantity")
    rows = (
        Order.objects.values("pk", "number", "goods_fen", "discount_fen", "freight_fen", "refunded_fen")
        .annotate(
            goods=Coalesce(Sum(goods), 0),
            discount=Coalesce(Sum("lines__discount_fen"), 0),
            freight=Coalesce(Sum("lines__freight_fen"), 0),
            refunded=Coalesce(Sum("lines__refunded_fen"), 0),
        )
        .exclude(goods_fen=F("goods"), discount_fen=F("discount"), freight_fen=F("freight"), refunded_fen=F("refunded"))
    )
    for row in rows.order_by("pk")[:SHOWN]:
        is_ = f"goods {row['goods_fen']}, off {row['discount_fen']}, freight {row['freight_fen']}, refunded {row['refunded_fen']}"
        sums = f"{row['goods']}, {row['discount']}, {row['freight']}, {row['refunded']}"
        yield Violation("sums", f"order {row['number']}", f"{is_}; its lines sum to {sums}")


def _prices_are_explained() -> Iterator[Violation]:
    explained = _sum_of(OrderAdjustment.objects.filter(order=OuterRef("pk")), by="order", field="amount_fen")
    rows = Order.objects.exclude(funnel=Order.Funnel.IMPORTED).annotate(explained=explained)
    for order in rows.exclude(explained=F("freight_fen") - F("discount_fen")).order_by("pk")[:SHOWN]:
        expected = order.freight_fen - order.discount_fen
        yield Violation("sums", f"order {order.number}", f"the adjustments explain {order.explained} of {expected} fen")


def _claims_are_counted() -> Iterator[Violation]:
    """``claimed`` = open + refunded pieces; ``refunded`` = pieces and fen of the claims that led to a refund."""
    mine = AfterSale.objects.filter(order_line=OuterRef("pk"))
    refunding = mine.filter(Q(status=AfterSale.Status.REFUNDING) | Q(status=AfterSale.Status.DONE, replacement__isnull=True))
    counted = mine.filter(Q(status__in=AfterSale.OPEN) | Q(status=AfterSale.Status.DONE, replacement__isnull=True))
    rows = OrderLine.objects.exclude(order__funnel=Order.Funnel.IMPORTED).annotate(
        counted=_sum_of(counted, by="order_line", field="quantity"),
        pieces=_sum_of(refunding, by="order_line", field="quantity"),
        fen=_sum_of(refunding, by="order_line", field="amount_fen"),
    )
    rightly = F("fen") + F("reduced_fen")
    wrong = rows.exclude(claimed_quantity=F("counted"), refunded_quantity=F("pieces"), refunded_fen=rightly)
    for line in wrong.order_by("pk")[:SHOWN]:
        is_ = f"claimed {line.claimed_quantity}, refunded {line.refunded_quantity} pieces and {line.refunded_fen} fen"
        yield Violation(
            "refunds", f"line {line.pk}", f"{is_}; its claims say {line.counted}, {line.pieces}, {line.fen} + {line.reduced_fen}"
        )


def _refunded_orders_are_refunded() -> Iterator[Violation]:
    left = OrderLine.objects.filter(order=OuterRef("pk"), refunded_quantity__lt=F("quantity"))
    for order in Order.objects.filter(Exists(left), status=Order.Status.REFUNDED).order_by("pk")[:SHOWN]:
        yield Violation("refunds", f"order {order.number}", "refunded as a whole, but some of its pieces are not")


def _parcels_cover_lines() -> Iterator[Violation]:
    """Pieces in parcels + pieces refunded before they left = pieces of the line; replacements are counted by their claims."""
    packed = ShipmentLine.objects.filter(order_line=OuterRef("pk"), shipment__after_sale__isnull=True)
    never_left = AfterSale.objects.filter(order_line=OuterRef("pk"), is_before_shipment=True)
    rows = (
        OrderLine.objects.filter(order__status__in=PAID)
        .exclude(order__funnel=Order.Funnel.IMPORTED)
        .exclude(~Q(order__held_for=""), order__status=Order.Status.PAID)
        .annotate(
            packed=_sum_of(packed, by="order_line", field="quantity"),
            never_left=_sum_of(never_left, by="order_line", field="quantity"),
        )
    )
    for line in rows.exclude(quantity=F("packed") + F("never_left")).order_by("pk")[:SHOWN]:
        detail = f"{line.quantity} pieces, of which {line.packed} are in parcels and {line.never_left} never left"
        yield Violation("parcels", f"line {line.pk}", detail)
    unpaid = Shipment.objects.exclude(order__status__in=PAID).select_related("order")
    for parcel in unpaid.order_by("pk")[:SHOWN]:
        yield Violation("parcels", f"parcel {parcel.number}", f"order {parcel.order.number} was never paid")
    both = Order.objects.filter(released_at__isnull=False, given_back_at__isnull=False)
    for order in both.order_by("pk")[:SHOWN]:
        yield Violation("5", f"order {order.number}", "was released and given back")
    held = Shipment.objects.exclude(order__held_for="").select_related("order")
    for parcel in held.order_by("pk")[:SHOWN]:
        yield Violation(
            "parcels", f"parcel {parcel.number}", f"order {parcel.order.number} still waits for {parcel.order.held_for}"
        )


def _parcels_follow_orders() -> Iterator[Violation]:
    """Nothing of a shipped order waits, and no parcel with pieces in it is cancelled."""
    moved_on = (Order.Status.SHIPPED, Order.Status.RECEIVED, Order.Status.SETTLED, Order.Status.REFUNDED)
    waiting = Shipment.objects.filter(status=Shipment.Status.WAITING, after_sale__isnull=True, order__status__in=moved_on)
    for parcel in waiting.order_by("pk")[:SHOWN]:
        yield Violation("parcels", f"parcel {parcel.number}", "waits although its order has moved on")
    full = ShipmentLine.objects.filter(shipment=OuterRef("pk"), quantity__gt=0)
    for parcel in Shipment.objects.filter(Exists(full), status=Shipment.Status.CANCELLED).order_by("pk")[:SHOWN]:
        yield Violation("parcels", f"parcel {parcel.number}", "was cancelled with pieces in it")


def _stuck_orders() -> Iterator[Violation]:
    late = clock.now() - OVERDUE
    disputed = AfterSale.objects.filter(order=OuterRef("pk"), status__in=AfterSale.OPEN)
    calm = Order.objects.filter(~Exists(disputed))
    stuck = {
        "unpaid": Order.objects.filter(status=Order.Status.PLACED, pay_before__lt=late - windows.RESERVATION_MARGIN),
        "not received": calm.filter(status=Order.Status.SHIPPED, receive_before__lt=late),
        "not settled": calm.filter(status=Order.Status.RECEIVED, settle_after__lt=late),
        "without a deadline": Order.objects.filter(
            Q(status=Order.Status.SHIPPED, receive_before__isnull=True)
            | Q(status=Order.Status.RECEIVED, settle_after__isnull=True)
        ),
    }
    for what, rows in stuck.items():
        for order in rows.order_by("pk")[:SHOWN]:
            yield Violation("9", f"order {order.number}", f"{order.status} and {what} past its time")


def _stuck_claims() -> Iterator[Violation]:
    rows = AfterSale.objects.filter(status__in=AfterSale.OPEN, deadline_at__lt=clock.now() - OVERDUE)
    for claim in rows.order_by("pk")[:SHOWN]:
        yield Violation("9", f"claim {claim.number}", f"{claim.status} past its deadline {claim.deadline_at:%Y-%m-%d %H:%M}Z")


def _carts() -> Iterator[Violation]:
    for line in CartLine.objects.filter(quantity__lt=1).order_by("pk")[:SHOWN]:
        yield Violation("carts", f"cart line {line.pk}", f"{line.quantity} pieces")


def _sum_of(rows: QuerySet[Any], *, by: str, field: str) -> Coalesce:
    total = rows.order_by().values(by).annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())
