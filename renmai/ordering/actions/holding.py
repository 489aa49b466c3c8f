"""Paid orders that wait for a play: released to the parcels, perhaps at a lower price. Rows only; ``journeys.promises`` moves money."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from renmai.kernel import clock
from renmai.kernel.compiled import CompiledUpdate
from renmai.kernel.money import check_fen
from renmai.kernel.outbox import emit
from renmai.kernel.transactions import joined
from renmai.ordering.actions import parcels
from renmai.ordering.actions.steps import note_order
from renmai.ordering.events import OrderReleased
from renmai.ordering.models import Order, OrderLine


@dataclass(frozen=True)
class Released:
    """An order that is packed now. ``reduced_fen`` of what was paid for it goes back."""

    number: str
    reduced_fen: int


def release(order_id: int, *, held_for: str, reductions: Mapping[int, int]) -> Released | None:
    """Pack a paid order that was held for the play ``held_for``; None when it is not held for it (any more), and nothing changes.

    ``reductions`` names the fen that go back of each line's goods, by the line's id; a reduction above the line's price is a bug of
    the play and raises ``AssertionError``. In the caller's transaction or its own; the caller gives the money back.
    """
    now = clock.now()
    total_fen = sum(check_fen(amount_fen) for amount_fen in reductions.values())
    with joined():
        if not _RELEASE.run(order_id, held_for, now, total_fen):
            return None
        for line_id, amount_fen in sorted(reductions.items()):
            _reduce(order_id, line_id, amount_fen)
        lines = parcels.lines_of(order_id)
        parcels.split_by_supplier(lines)
        note_order(order_id, "released", detail=str(total_fen) if total_fen else "")
        emit(OrderReleased(order_id=order_id))
    return Released(number=lines[0].order.number, reduced_fen=total_fen)


def give_up(order_id: int, *, held_for: str) -> bool:
    """Decide that a held order is given back; False when it is not held for it (any more), or that was decided before.

    In the caller's transaction, who refunds it. The decision is one conditional update, so that an order is either released or given
    back, whoever comes first.
    """
    return bool(_GIVE_UP.run(order_id, held_for, clock.now()))


def _waiting(order_id: Any, held_for: Any) -> QuerySet[Order]:
    orders = Order.objects.filter(pk=order_id, status=Order.Status.PAID, held_for=held_for, given_back_at__isnull=True)
    return orders.exclude(held_for="")


_RELEASE = CompiledUpdate(
    lambda order_id, held_for, now, total_fen: (
        _waiting(order_id, held_for),
        {"held_for": "", "released_at": now, "refunded_fen": F("refunded_fen") + total_fen},
    ),
    values=4,
)
_GIVE_UP = CompiledUpdate(lambda order_id, held_for, now: (_waiting(order_id, held_for), {"given_back_at": now}), values=3)
_REDUCE = CompiledUpdate(
    lambda order_id, line_id, amount_fen: (
        OrderLine.objects.filter(pk=line_id, order_id=order_id, amount_fen__gte=F("reduced_fen") + amount_fen),
        {"reduced_fen": F("reduced_fen") + amount_fen, "refunded_fen": F("refunded_fen") + amount_fen},
    ),
    values=3,
)


def _reduce(order_id: int, line_id: int, amount_fen: int) -> None:
    if not _REDUCE.run(order_id, line_id, amount_fen):
        raise AssertionError(f"order {order_id}: line {line_id} cannot cost {amount_fen} fen less")
