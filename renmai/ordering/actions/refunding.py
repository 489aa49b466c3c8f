"""The end of a claim: money back or a replacement. Rows only; ``journeys.after_sale`` moves money and stock in the same transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from renmai.kernel import clock, money
from renmai.kernel.compiled import CompiledUpdate
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.ordering import windows
from renmai.ordering.actions import after_sales, parcels, progress
from renmai.ordering.actions.steps import note_claim, note_order
from renmai.ordering.events import LineRefunded
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment

Status = AfterSale.Status

_REFUND_LINE = CompiledUpdate(
    lambda line_id, before, quantity, amount_fen: (
        OrderLine.objects.filter(pk=line_id, refunded_quantity=before),
        {"refunded_quantity": F("refunded_quantity") + quantity, "refunded_fen": F("refunded_fen") + amount_fen},
    ),
    values=4,
)
_REFUND_ORDER = CompiledUpdate(
    lambda order_id, amount_fen: (
        Order.objects.filter(pk=order_id),
        {"refunded_fen": F("refunded_fen") + amount_fen},
    ),
    values=2,
)


@dataclass(frozen=True)
class RefundDue:
    """What is owed now: the claim as it stands, the amount in fen, and whether the sale was already settled."""

    claim: AfterSale
    line: OrderLine
    amount_fen: int
    is_after_settlement: bool
    is_before_shipment: bool


@dataclass(frozen=True)
class Finished:
    """A claim that ended with a refund. ``kept_fen`` is what remains ours when the whole order closed before it was settled."""

    order: Order
    is_order_closed: bool
    kept_fen: int


def begin_refund(claim: AfterSale, *, order: Order, actor_id: int | None, answer: str = "") -> RefundDue:
    """Fix the refund of a claim: pieces and fen of the line, fen of the order, the claim on its way. The caller holds the order.

    The claim is as read since then, and its line with it. The amount is the claimed pieces' part of the line by cumulative rounding,
    so that partial refunds sum to the line exactly; the freight share is added only for pieces that never left. Emits
    ``LineRefunded``. Raises ``request.conflict`` when the line moved on in between, ``ordering.claim_state`` when the claim did.
    """
    line = claim.order_line
    # A held order was never packed: there is no parcel to take anything out of.
    unshipped = order.is_held or (claim.kind == AfterSale.Kind.REFUND_ONLY and parcels.take_out(line.pk, quantity=claim.quantity))
    if unshipped and not order.is_held:
        progress.leave_when_all_left(order)
    amount_fen = _amount(line, claim.quantity, with_freight=unshipped)
    if not _REFUND_LINE.run(line.pk, line.refunded_quantity, claim.quantity, amount_fen):
        raise DomainError("request.conflict")
    _REFUND_ORDER.run(order.pk, amount_fen)
    _advance(
        claim,
        new=Status.REFUNDING,
        amount_fen=amount_fen,
        answer=answer or claim.answer,
        is_before_shipment=unshipped,
        deadline_at=clock.now() + timedelta(days=windows.REFUND_DAYS),
    )
    note_claim(claim.pk, "refunding", detail=answer, actor_id=actor_id)
    emit(LineRefunded(after_sale_id=claim.pk, order_id=order.pk, order_line_id=line.pk, quantity=claim.quantity))
    return RefundDue(
        claim=claim,
        line=line,
        amount_fen=amount_fen,
        is_after_settlement=order.status == Order.Status.SETTLED,
        is_before_shipment=unshipped,
    )


def finish_refund(claim: AfterSale, *, order: Order) -> Finished | None:
    """End a claim whose money has arrived; None when it ended before. The caller holds the order.

    When every piece of the order is refunded, the order closes too.
    """
    if not advance(AfterSale, claim.pk, old=Status.REFUNDING, new=Status.DONE, finished_at=clock.now()):
        return None
    was_settled = order.status == Order.Status.SETTLED
    claim.status = Status.REFUNDING
    after_sales.close(claim, outcome="done")
    is_closed = progress.close_when_refunded(order)
    kept_fen = order.payable_fen - order.refunded_fen if is_closed and not was_settled else 0
    return Finished(order=order, is_order_closed=is_closed, kept_fen=kept_fen)


def begin_replacement(claim: AfterSale, *, actor_id: int | None) -> Shipment:
    """Pack the replacement of an exchange whose goods came back. The caller holds the order and has taken the stock."""
    parcel = parcels.pack_replacement(claim)
    _advance(claim, new=Status.RESHIPPING, deadline_at=_replacement_deadline(parcel))
    note_claim(claim.pk, "reshipping", detail=parcel.number, actor_id=actor_id)
    return parcel


def finish_replacement(claim: AfterSale, *, actor_id: int | None) -> bool:
    """End an exchange: its replacement has arrived. False when it has not left yet, or the claim ended before."""
    now = clock.now()
    with transaction.atomic():
        progress.held(claim.order_id)
        parcel = Shipment.objects.filter(after_sale=claim).first()
        if parcel is None or parcel.status == Shipment.Status.WAITING:
            return False
        if not advance(AfterSale, claim.pk, old=Status.RESHIPPING, new=Status.DONE, finished_at=now):
            return False
        Shipment.objects.filter(pk=parcel.pk, status=Shipment.Status.SHIPPED).update(
            status=Shipment.Status.DELIVERED, delivered_at=now
        )
        claim.status = Status.RESHIPPING
        after_sales.close(claim, outcome="done", actor_id=actor_id)
    return True


def note_arrival(claim: AfterSale, *, detail: str, actor_id: int | None) -> None:
    """Write down that the goods came back, or count as arrived."""
    note_claim(claim.pk, "goods_back", detail=detail, actor_id=actor_id)
    note_order(claim.order_id, "goods_back", detail=claim.number, actor_id=actor_id)


def _amount(line: OrderLine, quantity: int, *, with_freight: bool) -> int:
    lot = {"quantity": line.quantity, "before": line.refunded_quantity, "taken": quantity}
    goods_fen = money.part_of_lot(line.net_fen, **lot)
    return goods_fen + (money.part_of_lot(line.freight_fen, **lot) if with_freight else 0)


def _replacement_deadline(parcel: Shipment) -> datetime:
    return windows.receive_before(parcel.ship_before)


def _advance(claim: AfterSale, *, new: str, **fields: object) -> None:
    if not advance(AfterSale, claim.pk, old=claim.status, new=new, **fields):
        raise DomainError("ordering.claim_state")
