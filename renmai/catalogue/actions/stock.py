"""Moves of stock: free → reserved → sold, and back.

Every move is a row of ``StockMovement`` and a conditional UPDATE of the SKU, in the caller's transaction. The row comes first: its
unique key (reference, SKU, kind) is the receipt, so a second call with the same reference moves nothing. Then the SKUs are updated
in the order of their ids, so that two orders for the same goods never wait for each other in a circle, and the hot rows are locked
last. A move that would make a column negative changes no row, and the whole move is undone.

**Twice the same call.** All four moves answer ``True`` when they moved something now and ``False`` when exactly this move
(reference, SKUs, quantities) was made before. A call that names one SKU again under the same reference and is not the same call is
refused with ``catalogue.stock_conflict``; a call that names only other SKUs is a move of its own.

**Pools.** Pieces that a hot sale has set aside move in their pool (``pools``) instead of on the SKU's row, under the same receipts.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import F, Sum

from renmai.catalogue.actions import pools
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
    """So many pieces of one SKU, from the shelf or from a pool.

    ``held_as`` names the reference (a ticket) that holds them in the pool already: ``reserve`` takes its hold over, and no row of the
    pool changes.
    """

    sku_id: int
    quantity: int
    pool_id: int | None = None
    held_as: str = ""


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


def reserve_each(references: Sequence[str], want: StockWant) -> None:
    """Hold ``want`` once for every reference: all together or none, the hot row changed once. The references are new ones.

    Raises ``catalogue.sold_out``, and ``catalogue.stock_conflict`` when one of them has made such a move before.
    """
    with joined():
        if len(insert_missing([_receipt(_Kind.RESERVE, reference, want) for reference in references])) < len(references):
            raise DomainError("catalogue.stock_conflict")
        _update(_Kind.RESERVE, replace(want, quantity=want.quantity * len(references)), reference=references[0])


def release(reference: str, wants: Sequence[StockWant]) -> bool:
    """Give back what ``reference`` holds. Raises ``catalogue.not_held`` for more than it holds."""
    return _move(_Kind.RELEASE, reference, wants)


def sell(reference: str, wants: Sequence[StockWant]) -> bool:
    """Turn what ``reference`` holds into sold pieces. Raises ``catalogue.not_held`` for more than it holds."""
    return _move(_Kind.SELL, reference, wants)


def sell_each(wants: Mapping[str, Sequence[StockWant]]) -> None:
    """Do as ``sell`` for several references that sell for the first time, from the shelf: all or none, each SKU's row changed once, last.

    Raises ``catalogue.not_held``, and ``catalogue.stock_conflict`` when one of them has made such a move before.
    """
    merged = {reference: _merged(wants[reference]) for reference in sorted(wants)}
    pieces: Counter[int] = Counter()
    for want in (want for each in merged.values() for want in each):
        if want.pool_id is not None:
            raise AssertionError("pieces of a pool are sold by themselves")
        pieces[want.sku_id] += want.quantity
    rows = [_receipt(_Kind.SELL, reference, want) for reference, each in merged.items() for want in each]
    with joined():
        if len(insert_missing(rows)) < len(rows):
            raise DomainError("catalogue.stock_conflict")
        for sku_id in sorted(pieces):
            if not _UPDATES[_Kind.SELL].run(sku_id, pieces[sku_id]):
                _refuse(_Kind.SELL, sku_id)
        _check_held(*merged)


def restock(reference: str, wants: Sequence[StockWant]) -> bool:
    """Put returned pieces on the shelf again. ``reference`` names the return, not the order: one order may have several returns.

    Raises ``catalogue.not_held`` when fewer pieces were ever sold.
    """
    return _move(_Kind.RESTOCK, reference, wants)


def _move(kind: StockMovement.Kind, reference: str, wants: Sequence[StockWant]) -> bool:
    merged = _merged(wants)
    with joined():
        if not _write_receipts(kind, reference, merged):
            return False
        for want in merged:
            _update(kind, want, reference=reference)
        if kind in {_Kind.RELEASE, _Kind.SELL}:
            _check_held(reference)
    return True


def _merged(wants: Sequence[StockWant]) -> list[StockWant]:
    """Return one want per SKU, in the order of their ids. A reference has the pieces of one SKU from one place."""
    merged: dict[int, StockWant] = {}
    for want in wants:
        earlier = merged.get(want.sku_id)
        if earlier and (earlier.pool_id, earlier.held_as) != (want.pool_id, want.held_as):
            raise DomainError("catalogue.stock_conflict")
        merged[want.sku_id] = replace(want, quantity=want.quantity + (earlier.quantity if earlier else 0))
    if not merged or len(merged) > MAX_SKUS:
        raise DomainError("catalogue.quantity", most=MAX_QUANTITY)
    for quantity in [want.quantity for want in wants] + [want.quantity for want in merged.values()]:
        if not 1 <= quantity <= MAX_QUANTITY:
            raise DomainError("catalogue.quantity", field="quantity", most=MAX_QUANTITY)
    return [merged[sku_id] for sku_id in sorted(merged)]


def _write_receipts(kind: StockMovement.Kind, reference: str, wants: Sequence[StockWant]) -> bool:
    rows = [_receipt(kind, reference, want) for want in wants]
    written = len(insert_missing(rows))
    if written == len(rows):
        return True
    earlier = StockMovement.objects.filter(reference=reference, kind=kind)
    found = {row.sku_id: (abs(row.free_change or row.reserved_change), row.pool_id) for row in earlier[: MAX_SKUS + 1]}
    if written or found != {want.sku_id: (want.quantity, want.pool_id) for want in wants}:
        raise DomainError("catalogue.stock_conflict")
    return False


def _receipt(kind: StockMovement.Kind, reference: str, want: StockWant) -> StockMovement:
    signs = _SIGNS[kind]
    return StockMovement(
        sku_id=want.sku_id,
        pool_id=want.pool_id,
        kind=kind,
        reference=reference,
        free_change=signs.free * want.quantity,
        reserved_change=signs.reserved * want.quantity,
        sold_change=signs.sold * want.quantity,
        at=clock.now(),
    )


def _update(kind: StockMovement.Kind, want: StockWant, *, reference: str) -> None:
    if kind == _Kind.RESERVE and want.held_as:
        _take_over(want)
    elif want.pool_id is not None:
        pools.move(kind, want.pool_id, sku_id=want.sku_id, reference=reference, quantity=want.quantity)
    elif not _UPDATES[kind].run(want.sku_id, want.quantity):
        _refuse(kind, want.sku_id)


def _take_over(want: StockWant) -> None:
    """Let go of a hold in the same breath in which another reference takes it: only the receipts say so, nothing else can come between."""
    if not insert_missing([_receipt(_Kind.RELEASE, want.held_as, want)]):
        raise DomainError("catalogue.not_held")
    _check_held(want.held_as)


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


def _check_held(*references: str) -> None:
    """Refuse when one of ``references`` gave away more than it held, though others hold enough to keep the column positive.

    This looks after the SKUs are locked: a rival move of the same reference is either committed, and seen, or still waits for us.
    """
    if _OVERDRAWN.rows(references):
        raise DomainError("catalogue.not_held")


_OVERDRAWN: Final = CompiledValues(
    lambda references: (
        StockMovement.objects.filter(reference__in=references, kind__in=[_Kind.RESERVE, _Kind.RELEASE, _Kind.SELL])
        .values("reference", "sku_id")
        .annotate(held=Sum("reserved_change"))
        .filter(held__lt=0)
        .values_list("sku_id")[:1]
    )
)
