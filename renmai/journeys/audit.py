"""What must be true across rooms: orders against stock, payments and the ledger. Set-based, bounded memory.

Every piece that orders hold is reserved, every piece they sold is sold; every paid order has its money exactly once, every other one
has none left; what was kept of a finished order is revenue, once.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.catalogue.models import Sku, StockMovement
from renmai.journeys import pledges
from renmai.journeys.after_sale import CAUSE
from renmai.journeys.promises import REDUCTION
from renmai.kernel.audits import Violation
from renmai.kernel.models import OutboxEvent
from renmai.ledger.models import Transfer
from renmai.ordering.audit import PAID
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.payments.models import Payment, Refund
from renmai.trust.actions.pledging import PLEDGES
from renmai.trust.models import PlatformEntry, Progress

SHOWN: Final = 1000
_OWED: Final = Q(cause__startswith=f"{CAUSE}:") | Q(cause__startswith=f"{REDUCTION}:")
"""Refunds of what the order itself owes; all others return money that no order wanted."""

FINISHED: Final = (Order.Status.SETTLED, Order.Status.REFUNDED)


def violations() -> Iterator[Violation]:
    """Yield every disagreement between rooms."""
    yield from _reserved_is_what_orders_wait_for()
    yield from _pools_serve_orders()
    yield from _sold_is_what_orders_paid_for()
    yield from _stock_of_claims()
    yield from _pieces_that_nobody_moved()
    yield from _money_of_orders()
    yield from _currencies()
    yield from _refunds_of_orders()
    yield from _revenue_of_orders()
    yield from _pledges_counted()


def _pledges_counted() -> Iterator[Violation]:
    """Every pledge that was kept or broken counted, once nothing is on its way any more and the past was read."""
    on_its_way = OutboxEvent.objects.filter(status=OutboxEvent.Status.PENDING).exists()
    if on_its_way or not Progress.objects.filter(source=PLEDGES, position=1).exists():
        return
    for outcome in pledges.all_lasting():
        if not PlatformEntry.objects.filter(evidence=outcome.evidence, pledge=outcome.pledge).exists():
            yield Violation("pledges", outcome.evidence, f"{outcome.pledge} never counted")


def _reserved_is_what_orders_wait_for() -> Iterator[Violation]:
    waiting = OrderLine.objects.filter(sku=OuterRef("pk"), order__status=Order.Status.PLACED, pool__isnull=True)
    rows = Sku.objects.annotate(waiting=_sum_of(waiting, by="sku", field="quantity"))
    for sku in rows.exclude(stock_reserved=F("waiting")).order_by("pk")[:SHOWN]:
        yield Violation("4", f"SKU {sku.code}", f"{sku.stock_reserved} reserved, but unpaid orders hold {sku.waiting}")


def _pools_serve_orders() -> Iterator[Violation]:
    """What orders hold and have sold in a pool is what their receipts say; what else is held there the play answers for."""
    moves = StockMovement.objects.filter(reference=OuterRef("order__number"), sku=OuterRef("sku"), pool__isnull=False)
    mine = moves.filter(pool=OuterRef("pool"))
    rows = OrderLine.objects.filter(Exists(moves) | Q(pool__isnull=False)).annotate(
        holds=_sum_of(mine, by="reference", field="reserved_change"), sold=_sum_of(mine, by="reference", field="sold_change")
    )
    rightly = {
        Order.Status.PLACED: Q(holds=F("quantity"), sold=0),
        Order.Status.CANCELLED: Q(holds=0, sold=0),
    }
    for status, right in rightly.items():
        for line in rows.filter(order__status=status).exclude(right).select_related("order").order_by("pk")[:SHOWN]:
            yield Violation("4", f"order {line.order.number}", f"{status}: holds {line.holds} of a pool and sold {line.sold}")
    for line in rows.filter(order__status__in=PAID).exclude(holds=0, sold=F("quantity")).order_by("pk")[:SHOWN]:
        yield Violation("4", f"line {line.pk}", f"paid: holds {line.holds} of a pool and sold {line.sold}")


def _sold_is_what_orders_paid_for() -> Iterator[Violation]:
    sold = StockMovement.objects.filter(reference=OuterRef("number"), kind=StockMovement.Kind.SELL)
    pieces = OrderLine.objects.filter(order=OuterRef("pk"))
    rows = _own_orders().annotate(
        sold=_sum_of(sold, by="reference", field="sold_change"), pieces=_sum_of(pieces, by="order", field="quantity")
    )
    is_paid = Q(status__in=PAID)
    for order in rows.filter(is_paid & ~Q(sold=F("pieces")) | ~is_paid & ~Q(sold=0)).order_by("pk")[:SHOWN]:
        yield Violation(
            "4", f"order {order.number}", f"{order.status} with {order.pieces} pieces, of which {order.sold} are sold"
        )


def _stock_of_claims() -> Iterator[Violation]:
    """Pieces that never left are on the shelf again, and a replacement came off it."""
    moves = StockMovement.objects.filter(reference=OuterRef("number"), sku=OuterRef("order_line__sku"))
    back = Exists(moves.filter(kind=StockMovement.Kind.RESTOCK, free_change=OuterRef("quantity")))
    for claim in AfterSale.objects.filter(~back, is_before_shipment=True).order_by("pk")[:SHOWN]:
        yield Violation("4", f"claim {claim.number}", f"{claim.quantity} pieces never left and are not on the shelf again")
    sold = Exists(moves.filter(kind=StockMovement.Kind.SELL, sold_change=OuterRef("quantity")))
    for claim in AfterSale.objects.filter(~sold, replacement__isnull=False).order_by("pk")[:SHOWN]:
        yield Violation("4", f"claim {claim.number}", f"{claim.quantity} pieces were replaced and never taken off the shelf")


def _pieces_that_nobody_moved() -> Iterator[Violation]:
    """Every move of a sale has an order or a claim behind it, every return a claim of as many pieces."""
    order = Exists(OrderLine.objects.filter(order__number=OuterRef("reference"), sku=OuterRef("sku")))
    claims = AfterSale.objects.filter(number=OuterRef("reference"), order_line__sku=OuterRef("sku"))
    came_back = Exists(claims.filter(quantity=OuterRef("free_change")))
    restocks = Q(kind=StockMovement.Kind.RESTOCK)
    # In a pool tickets hold pieces too: their play answers for them. Sold is only what somebody ordered.
    tickets = Q(kind__in=[StockMovement.Kind.RESERVE, StockMovement.Kind.RELEASE], pool__isnull=False)
    sales = Q(kind__in=[StockMovement.Kind.RESERVE, StockMovement.Kind.RELEASE, StockMovement.Kind.SELL]) & ~tickets
    rows = StockMovement.objects.filter(sales & ~order & ~Exists(claims) | restocks & ~came_back)
    for move in rows.order_by("pk")[:SHOWN]:
        yield Violation("4", f"movement {move.pk}", f"{move.kind} for {move.reference}, of which nothing is known")


def _currencies() -> Iterator[Violation]:
    paid = Payment.objects.filter(reference=OuterRef("number"), status=Payment.Status.CAPTURED)
    for order in Order.objects.filter(Exists(paid.exclude(currency=OuterRef("currency")))).order_by("pk")[:SHOWN]:
        yield Violation("3", f"order {order.number}", f"costs {order.currency} and was paid in something else")


def _money_of_orders() -> Iterator[Violation]:
    """A paid order keeps its price (before its claims), an unpaid one nothing, but for a deposit that waits for its balance or was kept.

    Late and second payments are on their way back.
    """
    captured = Payment.objects.filter(reference=OuterRef("number"), status=Payment.Status.CAPTURED)
    returned = _refunds().exclude(_OWED)
    rows = _own_orders().annotate(
        kept=_sum_of(captured, by="reference", field="amount_fen")
        - _sum_of(returned, by="payment__reference", field="amount_fen")
    )
    is_paid = Q(status__in=PAID)
    has_deposit = Q(status=Order.Status.PLACED, deposit_paid_at__isnull=False)
    wrong = (
        is_paid & ~Q(kept=F("payable_fen"))
        | has_deposit & ~Q(kept=F("deposit_fen"))
        | ~is_paid & ~has_deposit & ~Q(kept=F("forfeited_fen"))
    )
    for order in rows.filter(wrong).order_by("pk")[:SHOWN]:
        yield Violation("3", f"order {order.number}", f"{order.status}, costs {order.payable_fen}, but {order.kept} fen are kept")


def _refunds_of_orders() -> Iterator[Violation]:
    rows = _own_orders().annotate(returned=_claimed(_refunds()))
    for order in rows.exclude(refunded_fen=F("returned")).order_by("pk")[:SHOWN]:
        yield Violation("3", f"order {order.number}", f"{order.refunded_fen} fen refunded, its refunds say {order.returned}")


def _revenue_of_orders() -> Iterator[Violation]:
    posted = Transfer.objects.filter(reference=OuterRef("number"), reason="settle", kind=Transfer.Kind.POSTED)
    rows = _own_orders().annotate(
        recognised=_sum_of(posted, by="reference", field="amount_fen"),
        kept=F("payable_fen") - _claimed(_refunds().filter(after_settlement=False)),
    )
    is_finished = Q(status__in=FINISHED)
    wrong = rows.filter(is_finished & ~Q(recognised=F("kept")) | ~is_finished & ~Q(recognised=F("forfeited_fen")))
    for order in wrong.order_by("pk")[:SHOWN]:
        yield Violation("revenue", f"order {order.number}", f"{order.status}: {order.recognised} recognised, {order.kept} kept")


def _own_orders() -> QuerySet[Order]:
    """Orders placed here; imported pasts bring their own books."""
    return Order.objects.exclude(funnel=Order.Funnel.IMPORTED)


def _refunds() -> QuerySet[Refund]:
    return Refund.objects.filter(payment__reference=OuterRef("number")).exclude(status=Refund.Status.FAILED)


def _claimed(refunds: QuerySet[Refund]) -> Coalesce:
    return _sum_of(refunds.filter(_OWED), by="payment__reference", field="amount_fen")


def _sum_of(rows: QuerySet[Any], *, by: str, field: str) -> Coalesce:
    total = rows.order_by().values(by).annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())
