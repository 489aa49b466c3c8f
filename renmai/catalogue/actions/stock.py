"""Moves of stock: free → reserved → sold, and back.

Every move is a row of ``StockMovement`` and a conditional UPDATE of the SKU, in the caller's transaction. The row comes first: its
unique key (reference, SKU, kind) is the receipt, so a second call with the same reference moves nothing. Then the SKUs are updated
in the order of their ids, so that two orders for the same goods never wait for each other in a circle, and the hot rows are locked
last. A move that would make a column negative changes no row, and the whole move is undone.

**Twice the same call.** All four moves answer ``True`` when they moved something now and ``False`` when exactly this move
(reference, SKUs, quantities) was made before. A call that names one SKU again under the same reference and is not the same call is
refused with ``catalogue.stock_conflict``; a call that names only other SKUs is a move of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import F, Sum

from renmai.catalogue.models import Sku, StockMovement
from renmai.kernel import clock
from renmai.kernel.compiled import CompiledUpdate, CompiledValues, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.transactions import joined

MAX_QUANTITY: Final = 9999
MAX_SKUS: Final = 200

_Kind = StockMovement.Kind


@dataclass(frozen=True)
class StockWant:
    """So many pieces of one SKU."""

    sku_id: int
    quantity: int


@dataclass(frozen=True)
class _Signs:
    """What one piece does to each column."""

    free: int
    reserved: int
    sold: int


_SIGNS: Final = {
    _Kind.RESERVE: _Signs(free=-1, reserved=1, sold=0),
    _Kind.RELEASE: _Signs(free=1, reserved=-1, sold=0),
    _Kind.SELL: _Signs(free=0, reserved=-1, sold=1),
    _Kind.RESTOCK: _Signs(free=1, reserved=0, sold=-1),
}


def reserve(reference: str, wants: Sequence[StockWant]) -> bool:
    """Hold pieces for ``reference`` (an order's number). All or nothing.

    Raises ``catalogue.sold_out`` (with the title and what is left) when one SKU has too few free pieces or is switched off.
    """
    return _move(_Kind.RESERVE, reference, wants)


def release(reference: str, wants: Sequence[StockWant]) -> bool:
    """Give back what ``reference`` holds. Raises ``catalogue.not_held`` for more than it holds."""
    return _move(_Kind.RELEASE, reference, wants)


def sell(reference: str, wants: Sequence[StockWant]) -> bool:
    """Turn what ``reference`` holds into sold pieces. Raises ``catalogue.not_held`` for more than it holds."""
    return _move(_Kind.SELL, reference, wants)


def restock(reference: str, wants: Sequence[StockWant]) -> bool:
    """Put returned pieces on the shelf again. ``reference`` names the return, not the order: one order may have several returns.

    Raises ``catalogue.not_held`` when fewer pieces were ever sold.
    """
    return _move(_Kind.RESTOCK, reference, wants)


def _move(kind: StockMovement.Kind, reference: str, wants: Sequence[StockWant]) -> bool:
    quantities = _merged(wants)
    with joined():
        if not _write_receipts(kind, reference, quantities):
            return False
        for sku_id, quantity in quantities.items():
            _update(kind, sku_id, quantity)
        if kind in {_Kind.RELEASE, _Kind.SELL}:
            _check_held(reference)
    return True


def _merged(wants: Sequence[StockWant]) -> dict[int, int]:
    quantities: dict[int, int] = {}
    for want in wants:
        quantities[want.sku_id] = quantities.get(want.sku_id, 0) + want.quantity
    if not quantities or len(quantities) > MAX_SKUS:
        raise DomainError("catalogue.quantity", most=MAX_QUANTITY)
    for quantity in [want.quantity for want in wants] + list(quantities.values()):
        if not 1 <= quantity <= MAX_QUANTITY:
            raise DomainError("catalogue.quantity", field="quantity", most=MAX_QUANTITY)
    return dict(sorted(quantities.items()))


def _write_receipts(kind: StockMovement.Kind, reference: str, quantities: dict[int, int]) -> bool:
    signs = _SIGNS[kind]
    rows = [
        StockMovement(
            sku_id=sku_id,
            kind=kind,
            reference=reference,
            free_change=signs.free * quantity,
            reserved_change=signs.reserved * quantity,
            sold_change=signs.sold * quantity,
            at=clock.now(),
        )
        for sku_id, quantity in quantities.items()
    ]
    written = len(insert_missing(rows))
    if written == len(rows):
        return True
    earlier = StockMovement.objects.filter(reference=reference, kind=kind)
    found = {row.sku_id: abs(row.free_change or row.reserved_change) for row in earlier[: MAX_SKUS + 1]}
    if written or found != quantities:
        raise DomainError("catalogue.stock_conflict")
    return False


def _update(kind: StockMovement.Kind, sku_id: int, quantity: int) -> None:
    if not _UPDATES[kind].run(sku_id, quantity):
        _refuse(kind, sku_id)


def _taken_from(column: str, given_to: str, **condition: bool) -> CompiledUpdate:
    """Move pieces from one column to another while there are enough."""
    return CompiledUpdate(
        lambda sku_id, quantity: (
            Sku.objects.filter(pk=sku_id, **{f"{column}__gte": quantity}, **condition),
            {column: F(column) - quantity, given_to: F(given_to) + quantity},
        ),
        values=2,
    )


_UPDATES: Final = {
    _Kind.RESERVE: _taken_from("stock_free", "stock_reserved", is_active=True),
    _Kind.RELEASE: _taken_from("stock_reserved", "stock_free"),
    _Kind.SELL: _taken_from("stock_reserved", "stock_sold"),
    _Kind.RESTOCK: _taken_from("stock_sold", "stock_free"),
}


def _refuse(kind: StockMovement.Kind, sku_id: int) -> None:
    if kind != _Kind.RESERVE:
        raise DomainError("catalogue.not_held")
    sku = Sku.objects.select_related("product").filter(pk=sku_id).first()
    if sku is None:
        raise DomainError("request.not_found")
    left = sku.stock_free if sku.is_active else 0
    raise DomainError("catalogue.sold_out", title=sku.product.title, left=left, sku_id=sku_id)


def _check_held(reference: str) -> None:
    """Refuse when ``reference`` gave away more than it held, though others hold enough to keep the column positive.

    This looks after the SKUs are locked: a rival move of the same reference is either committed, and seen, or still waits for us.
    """
    if _OVERDRAWN.rows(reference):
        raise DomainError("catalogue.not_held")


_OVERDRAWN: Final = CompiledValues(
    lambda reference: (
        StockMovement.objects.filter(reference=reference, kind__in=[_Kind.RESERVE, _Kind.RELEASE, _Kind.SELL])
        .values("sku_id")
        .annotate(held=Sum("reserved_change"))
        .filter(held__lt=0)
        .values_list("sku_id")[:1]
    )
)
