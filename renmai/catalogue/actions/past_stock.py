"""Pieces that were sold, or came back, before this shop kept their stock: for the import of past orders."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Case, F, Value, When

from renmai.catalogue.models import Sku, StockMovement
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

MAX_MOVES: Final = 1000


@dataclass(frozen=True)
class PastSale:
    """Pieces of one SKU that left (``quantity`` > 0) or came back for good (< 0) under ``reference``, in the past."""

    reference: str
    sku_id: int
    quantity: int


@transaction.atomic
def record_past_sales(sales: Sequence[PastSale]) -> int:
    """Add past sales to ``sold`` and ``total``; what can be bought now does not change. Return how many were new.

    A (reference, SKU) that was recorded before is left out, so a second run records nothing. Several sales of one call with the same
    reference and SKU are one move. Four statements, however many sales. At most ``MAX_MOVES`` a call.
    Raises ``catalogue.not_held`` when more pieces would come back than were ever sold.
    """
    if len(sales) > MAX_MOVES:
        raise ValueError(f"at most {MAX_MOVES} past sales at a time")
    merged: dict[tuple[str, int], int] = defaultdict(int)
    for sale in sales:
        merged[(sale.reference, sale.sku_id)] += sale.quantity
    kind = StockMovement.Kind.IMPORT
    known = set(
        StockMovement.objects.filter(kind=kind, reference__in={reference for reference, _sku_id in merged}).values_list(
            "reference", "sku_id"
        )
    )
    fresh = {key: quantity for key, quantity in merged.items() if quantity and key not in known}
    if not fresh:
        return 0
    StockMovement.objects.bulk_create(
        [
            StockMovement(sku_id=sku_id, kind=kind, reference=reference, sold_change=quantity, at=clock.now())
            for (reference, sku_id), quantity in fresh.items()
        ]
    )
    _add_sold(fresh)
    return len(fresh)


def _add_sold(fresh: dict[tuple[str, int], int]) -> None:
    per_sku: dict[int, int] = defaultdict(int)
    for (_reference, sku_id), quantity in fresh.items():
        per_sku[sku_id] += quantity
    change = Case(
        *(When(pk=sku_id, then=Value(quantity)) for sku_id, quantity in sorted(per_sku.items())),
        default=Value(0),
        output_field=BigIntegerField(),
    )
    # All rows are locked in the order of their ids first: an UPDATE over many rows takes them in any order.
    list(Sku.objects.filter(pk__in=per_sku).order_by("pk").select_for_update().values_list("pk"))
    try:
        with transaction.atomic():
            Sku.objects.filter(pk__in=per_sku).update(stock_sold=F("stock_sold") + change, stock_total=F("stock_total") + change)
    except IntegrityError:
        raise DomainError("catalogue.not_held") from None
