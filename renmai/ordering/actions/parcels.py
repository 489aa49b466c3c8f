"""Parcels of an order: how they come about, and how pieces are taken out of one that still waits."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F

from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, CompiledUpdate, CompiledValues, insert
from renmai.kernel.states import advance
from renmai.ordering import windows
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment, ShipmentLine

_BY_NUMBER: Compiled[OrderLine] = Compiled(
    lambda number: OrderLine.objects.filter(order__number=number).select_related("supplier", "order").order_by("pk")
)
_HELD: Compiled[OrderLine] = Compiled(
    lambda numbers: (
        OrderLine.objects.filter(order__number__in=numbers)
        .select_related("supplier", "order")
        .order_by("order_id", "pk")
        .select_for_update(of=("order",), no_key=True)
    )
)
_BY_ORDER: Compiled[OrderLine] = Compiled(
    lambda order_id: OrderLine.objects.filter(order_id=order_id).select_related("supplier", "order").order_by("pk")
)
_ORIGINAL: Compiled[Shipment] = Compiled(
    lambda line_id: Shipment.objects.filter(lines__order_line_id=line_id, after_sale__isnull=True).order_by("pk")[:1]
)
_LOCK = CompiledUpdate(
    lambda parcel_id: (
        Shipment.objects.filter(pk=parcel_id, status=Shipment.Status.WAITING),
        {"ship_before": F("ship_before")},
    ),
    values=1,
)
_TAKE = CompiledUpdate(
    lambda parcel_id, line_id, quantity: (
        ShipmentLine.objects.filter(shipment_id=parcel_id, order_line_id=line_id, quantity__gte=quantity),
        {"quantity": F("quantity") - quantity},
    ),
    values=3,
)
_LEFT = CompiledValues(lambda parcel_id: ShipmentLine.objects.filter(shipment_id=parcel_id, quantity__gt=0).values_list("pk")[:1])


def lines_to_pack(order_number: str) -> list[OrderLine]:
    """Return the lines of an order with the order and their suppliers. One statement; what was ordered never changes.

    Every order has a line, so none means that there is no such order.
    """
    return _BY_NUMBER.rows(order_number)


def hold_to_pack(order_numbers: Sequence[str]) -> dict[str, list[OrderLine]]:
    """Do as ``lines_to_pack`` for several orders, by their numbers, and hold these orders, in the order of their keys. One statement."""
    found: dict[str, list[OrderLine]] = {}
    for line in _HELD.rows(order_numbers):
        found.setdefault(line.order.number, []).append(line)
    return found


def lines_of(order_id: int) -> list[OrderLine]:
    """Do as ``lines_to_pack`` for an order whose id is known."""
    return _BY_ORDER.rows(order_id)


def split_by_supplier(lines: Sequence[OrderLine]) -> list[Shipment]:
    """Write one waiting parcel per order and supplier of ``lines``: two statements, however many they are."""
    by_supplier: dict[tuple[int, int], list[OrderLine]] = {}
    for line in lines:
        by_supplier.setdefault((line.order_id, line.supplier_id), []).append(line)
    made = [_waiting(packed, ship_within_hours=packed[0].supplier.ship_within_hours) for packed in by_supplier.values()]
    insert(made)
    insert(
        [
            ShipmentLine(shipment=shipment, order_line=line, quantity=line.quantity)
            for shipment, packed in zip(made, by_supplier.values(), strict=True)
            for line in packed
        ]
    )
    return made


def pack_replacement(claim: AfterSale) -> Shipment:
    """Write the parcel that replaces the pieces of an exchange."""
    line = OrderLine.objects.select_related("supplier", "order").get(pk=claim.order_line_id)
    parcel = _waiting([line], ship_within_hours=line.supplier.ship_within_hours)
    parcel.after_sale = claim
    insert([parcel])
    insert([ShipmentLine(shipment=parcel, order_line=line, quantity=claim.quantity)])
    return parcel


def original_parcel(order_line_id: int) -> Shipment | None:
    """Return the parcel that carries a line for the first time; None while the order is unpaid, and for imported orders."""
    return _ORIGINAL.first(order_line_id)


def take_out(order_line_id: int, *, quantity: int) -> bool:
    """Take ``quantity`` pieces of a line out of its parcel; False when the parcel has left. The caller holds the order.

    A parcel with nothing left in it is cancelled. Both statements are conditional: what has shipped never changes.
    """
    parcel = original_parcel(order_line_id)
    if parcel is None or parcel.status != Shipment.Status.WAITING:
        return False
    # Locks the parcel's row for this transaction, and fails when it left in the meantime.
    if not _LOCK.run(parcel.pk):
        return False
    if not _TAKE.run(parcel.pk, order_line_id, quantity):
        return False
    if not _LEFT.rows(parcel.pk):
        advance(Shipment, parcel.pk, old=Shipment.Status.WAITING, new=Shipment.Status.CANCELLED)
    return True


def _waiting(packed: Sequence[OrderLine], *, ship_within_hours: int) -> Shipment:
    now = clock.now()
    order = packed[0].order
    is_pickup = order.delivery == Order.Delivery.PICKUP
    wait = timedelta(days=windows.PICKUP_DAYS) if is_pickup else timedelta(hours=ship_within_hours)
    return Shipment(
        number=ids.number("S"), order=order, supplier_id=packed[0].supplier_id, created_at=now, ship_before=now + wait
    )
