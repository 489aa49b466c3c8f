"""The life of an order: paid, cancelled, received, settled, refunded.

Everything that changes an order, its parcels or its claims first holds the order's row (``held``), then moves on by conditional
updates. The locks are taken in one order everywhere, so that no two actions wait for each other in a circle: payment, order, parcel,
line, claim, stock.
"""

from collections.abc import Sequence
from typing import Literal

from django.db.models import Exists, F, OuterRef

from renmai.kernel import clock
from renmai.kernel.compiled import CompiledUpdate, CompiledValues, by_key
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance, advance_each
from renmai.kernel.transactions import joined
from renmai.ordering import windows
from renmai.ordering.actions import parcels
from renmai.ordering.actions.steps import note_each, note_order
from renmai.ordering.events import DepositPaid, OrderCancelled, OrderPaid, OrderReceived, OrderSettled
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment

PaidOutcome = Literal["paid", "already", "cancelled"]

_DEPOSIT_PAID = CompiledUpdate(
    lambda order_id, now: (
        Order.objects.filter(pk=order_id, status=Order.Status.PLACED, deposit_fen__gt=0, deposit_paid_at__isnull=True),
        {"deposit_paid_at": now, "pay_before": F("balance_until")},
    ),
    values=2,
)
_DELIVERED = CompiledUpdate(
    lambda order_id, now: (
        Shipment.objects.filter(order_id=order_id, after_sale__isnull=True, status=Shipment.Status.SHIPPED),
        {"status": Shipment.Status.DELIVERED, "delivered_at": now},
    ),
    values=2,
)
# Replacements are told apart below and not by the database: SQLite would look for all parcels that are none.
_PARCELS = CompiledValues(lambda order_id: Shipment.objects.filter(order_id=order_id).values_list("status", "after_sale_id"))
_OPEN_CLAIM = CompiledValues(
    lambda order_id: AfterSale.objects.filter(order_id=order_id, status__in=AfterSale.OPEN).values_list("pk")[:1]
)
_UNFINISHED = CompiledValues(
    lambda order_id: Order.objects.filter(
        Exists(OrderLine.objects.filter(order=OuterRef("pk"), refunded_quantity__lt=F("quantity")))
        | Exists(AfterSale.objects.filter(order=OuterRef("pk"), status__in=AfterSale.OPEN)),
        pk=order_id,
    ).values_list("pk")
)


def held(order_id: int) -> Order:
    """Return the order as it is now and keep others from changing it until the caller's transaction ends."""
    return by_key(Order, order_id, lock=True)


def mark_paid(order_id: int, *, lines: Sequence[OrderLine] | None = None) -> PaidOutcome:
    """Turn a placed order into a paid one and split it into parcels by supplier, in the caller's transaction or its own.

    An order that is held for a play is not packed: ``holding.release`` does that.

    ``already`` means that it was paid before, whatever became of it since, and nothing changes; ``cancelled`` that the money came too
    late. Both times the caller gives the money back. ``lines`` are the order's, from ``parcels.lines_to_pack``, when the caller has
    read them.
    """
    now = clock.now()
    with joined():
        if not advance(Order, order_id, old=Order.Status.PLACED, new=Order.Status.PAID, paid_at=now):
            status = Order.objects.values_list("status", flat=True).get(pk=order_id)
            return "cancelled" if status == Order.Status.CANCELLED else "already"
        _paid([lines or parcels.lines_of(order_id)])
    return "paid"


def mark_each_paid(orders: Sequence[Sequence[OrderLine]]) -> None:
    """Do as ``mark_paid`` for placed orders that the caller holds, given as their lines (``parcels.hold_to_pack``): all, or ``AssertionError``.

    In the caller's transaction; as many statements as for one.
    """
    keys = [lines[0].order_id for lines in orders]
    advance_each(Order, keys, old=Order.Status.PLACED, new=Order.Status.PAID, paid_at=clock.now())
    _paid(orders)


def _paid(orders: Sequence[Sequence[OrderLine]]) -> None:
    """What follows when orders have become paid; given as their lines."""
    parcels.split_by_supplier([line for lines in orders if not lines[0].order.held_for for line in lines])
    keys = [lines[0].order_id for lines in orders]
    note_each(keys, "paid")
    emit(*(OrderPaid(order_id=key) for key in keys))


def mark_deposit_paid(order_id: int) -> PaidOutcome:
    """Note that the deposit of a placed order is there: it goes on waiting, for the balance now. As ``mark_paid`` otherwise."""
    with joined():
        if not _DEPOSIT_PAID.run(order_id, clock.now()):
            status = Order.objects.values_list("status", flat=True).get(pk=order_id)
            return "cancelled" if status == Order.Status.CANCELLED else "already"
        note_order(order_id, "deposit_paid")
        emit(DepositPaid(order_id=order_id))
    return "paid"


def forfeit(order_id: int) -> int:
    """Note that the deposit of an order that was cancelled in this transaction stays with the shop; return how much that is."""
    gone = Order.objects.filter(pk=order_id, status=Order.Status.CANCELLED, deposit_paid_at__isnull=False, forfeited_fen=0)
    if not gone.update(forfeited_fen=F("deposit_fen")):
        return 0
    return Order.objects.values_list("forfeited_fen", flat=True).get(pk=order_id)


def cancel(order_id: int, *, reason: str, actor_id: int | None = None) -> bool:
    """End an unpaid order; False when it is not unpaid any more. The caller frees its stock in the same transaction."""
    with joined():
        cancelled = advance(
            Order,
            order_id,
            old=Order.Status.PLACED,
            new=Order.Status.CANCELLED,
            closed_at=clock.now(),
            close_reason=reason,
        )
        if cancelled:
            note_order(order_id, "cancelled", detail=reason, actor_id=actor_id)
            emit(OrderCancelled(order_id=order_id, reason=reason))
    return cancelled


def mark_received(order_id: int, *, actor_id: int | None = None) -> bool:
    """The customer has the goods: the after-sales window begins. False when the order is not on its way."""
    now = clock.now()
    with joined():
        received = advance(
            Order,
            order_id,
            old=Order.Status.SHIPPED,
            new=Order.Status.RECEIVED,
            received_at=now,
            settle_after=windows.settle_after(now),
        )
        if received:
            _DELIVERED.run(order_id, now)
            note_order(order_id, "received", actor_id=actor_id)
            emit(OrderReceived(order_id=order_id))
    return received


def settle(order_id: int) -> Order | None:
    """Complete a received order whose window is over and that has no open claim; None when it is not (yet) to be settled.

    Returns the order as settled. The caller recognises ``payable_fen - refunded_fen`` as revenue in the same transaction.
    """
    now = clock.now()
    with joined():
        order = held(order_id)
        is_due = order.status == Order.Status.RECEIVED and order.settle_after is not None and order.settle_after <= now
        if not is_due or _OPEN_CLAIM.rows(order_id):
            return None
        if not advance(Order, order_id, old=Order.Status.RECEIVED, new=Order.Status.SETTLED, settled_at=now):
            return None
        note_order(order_id, "settled")
        emit(OrderSettled(order_id=order_id))
        order.status = Order.Status.SETTLED
        order.settled_at = now
    return order


def leave_when_all_left(order: Order) -> bool:
    """Move a paid order on when no parcel waits any more and at least one has left. The caller holds the order."""
    if order.status != Order.Status.PAID:
        return False
    statuses = {status for status, after_sale_id in _PARCELS.rows(order.pk) if after_sale_id is None}
    if Shipment.Status.WAITING in statuses or statuses <= {Shipment.Status.CANCELLED}:
        return False
    now = clock.now()
    if not advance(
        Order,
        order.pk,
        old=Order.Status.PAID,
        new=Order.Status.SHIPPED,
        shipped_at=now,
        receive_before=windows.receive_before(now),
    ):
        return False
    order.status = Order.Status.SHIPPED
    note_order(order.pk, "shipped")
    return True


def close_when_refunded(order: Order) -> bool:
    """Close an order all of whose pieces were refunded and whose claims are done. The caller holds the order."""
    if Order.Status.REFUNDED not in Order.TRANSITIONS[order.status]:
        return False
    if _UNFINISHED.rows(order.pk):
        return False
    if not advance(
        Order,
        order.pk,
        old=order.status,
        new=Order.Status.REFUNDED,
        closed_at=clock.now(),
        close_reason="refunded",
    ):
        return False
    order.status = Order.Status.REFUNDED
    note_order(order.pk, "refunded")
    return True
