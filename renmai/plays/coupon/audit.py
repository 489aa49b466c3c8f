"""What must always be true of coupons."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.campaigns.models import Campaign, Participation
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order, OrderLine
from renmai.plays.coupon.models import Coupon, CouponStock

ROOM: Final = "coupon"
SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
LIVE: Final = (*PAID, Order.Status.PLACED)
IN_ORDERS: Final = (Coupon.Status.RESERVED, Coupon.Status.USED)


def violations() -> Iterator[Violation]:
    """Yield every broken rule."""
    yield from _as_many_as_issued()
    yield from _orders()
    yield from _within_terms()
    yield from _spent()
    late = Coupon.objects.filter(status=Coupon.Status.FREE, valid_until__lt=clock.now() - OVERDUE)
    for coupon in late.order_by("pk")[:SHOWN]:
        yield Violation("9", f"coupon {coupon.code}", "free past its end")


def _as_many_as_issued() -> Iterator[Violation]:
    counted = _per(Coupon.objects.filter(campaign=OuterRef("pk")), Count("pk"), IntegerField())
    for stock in CouponStock.objects.annotate(counted=counted).exclude(counted=F("issued")).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"campaign {stock.pk}", f"{stock.issued} coupons issued, {stock.counted} are there")


def _orders() -> Iterator[Violation]:
    """A reserved coupon waits with an unpaid order of its owner's, a used one lies in a paid one, and each was granted there."""
    rows = Coupon.objects.select_related("order")
    early = Q(status=Coupon.Status.RESERVED) & ~Q(order__status=Order.Status.PLACED)
    unpaid = Q(status=Coupon.Status.USED, order__paid_at__isnull=True)
    strangers = Q(order__isnull=False) & ~Q(order__buyer=F("owner"))
    for coupon in rows.filter(early | unpaid | strangers).order_by("pk")[:SHOWN]:
        yield Violation(
            ROOM, f"coupon {coupon.code}", f"{coupon.status} in order {coupon.order}, which is not hers, or in another state"
        )
    granted = Participation.objects.filter(order=OuterRef("order"), play=ROOM, reference=OuterRef("code"))
    for coupon in rows.filter(~Exists(granted), status__in=IN_ORDERS).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"coupon {coupon.code}", f"{coupon.status} in order {coupon.order}, which got nothing for it")
    has_it = Coupon.objects.filter(order=OuterRef("order"), code=OuterRef("reference"))
    # Once every piece is on its way back, so is the coupon.
    kept = OrderLine.objects.filter(order=OuterRef("order"), refunded_quantity__lt=F("quantity"))
    live = Participation.objects.filter(Exists(kept), ~Exists(has_it), play=ROOM, order__status__in=LIVE).select_related("order")
    for part in live.order_by("pk")[:SHOWN]:
        yield Violation(
            ROOM, f"order {part.order.number}", f"got {part.discount_fen} fen for coupon {part.reference}, which it does not have"
        )


def _within_terms() -> Iterator[Violation]:
    """No coupon takes off more than stands on it."""
    most = Coupon.objects.filter(code=OuterRef("reference")).values("most_fen")
    parts = Participation.objects.filter(play=ROOM).annotate(most=Subquery(most)).filter(discount_fen__gt=F("most"))
    for part in parts.select_related("order").order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {part.order.number}", f"coupon {part.reference} took {part.discount_fen} fen off")


def _spent() -> Iterator[Violation]:
    """A campaign's spent budget is what its coupons in orders take off; rewards were paid for by who granted them."""
    inside = Participation.objects.filter(
        campaign=OuterRef("pk"),
        order__coupon__code=F("reference"),
        order__coupon__reward__isnull=True,
        order__coupon__status__in=IN_ORDERS,
    )
    off = _per(inside, Sum("discount_fen"), BigIntegerField())
    rows = Campaign.objects.filter(play=ROOM).annotate(off=off).exclude(off=F("spent_fen"))
    for campaign in rows.order_by("pk")[:SHOWN]:
        yield Violation(
            ROOM, f"campaign {campaign.number}", f"{campaign.spent_fen} fen spent, its coupons take {campaign.off} off"
        )


def _per(rows: QuerySet[Any], figure: Any, output: Any) -> Coalesce:
    total = rows.order_by().values("campaign").annotate(total=figure).values("total")
    return Coalesce(Subquery(total, output_field=output), Value(0), output_field=output)
