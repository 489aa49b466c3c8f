"""Parcels as the staff sees them."""

import csv
import io

from django.db.models import QuerySet

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel.spreadsheets import plain
from renmai.ordering.actions.shipping import CSV_HEADER, MAX_CSV_ROWS
from renmai.ordering.models import Order, Shipment
from renmai.ordering.queries.paging import Page, page_of


def shipments_waiting(actor: User, *, supplier_id: int | None = None, page: int = 1) -> Page[Shipment]:
    """Return parcels that wait to be shipped, the most urgent first; order, supplier and lines come along."""
    return page_of(_waiting(actor, supplier_id), number=page)


def shipments_of(actor: User, *, status: str, supplier_id: int | None = None, page: int = 1) -> Page[Shipment]:
    """Return parcels in ``status``, the newest first; order, supplier and lines come along."""
    if status == Shipment.Status.WAITING:
        return shipments_waiting(actor, supplier_id=supplier_id, page=page)
    require(actor, Permission.ORDERS_VIEW)
    rows = _with_contents(Shipment.objects.filter(status=status))
    if supplier_id is not None:
        rows = rows.filter(supplier_id=supplier_id)
    return page_of(rows.order_by("-created_at", "-pk"), number=page)


def shipments_csv(actor: User, *, supplier_id: int | None = None) -> str:
    """Return the waiting parcels as the CSV that batch shipping reads: fill in carrier and tracking and send it back.

    Further columns say what is in the parcel and where it goes; batch shipping ignores them.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*CSV_HEADER, "order", "supplier", "recipient", "phone", "address", "contents"])
    for parcel in _waiting(actor, supplier_id)[:MAX_CSV_ROWS]:
        order = parcel.order
        contents = "; ".join(
            f"{line.order_line.title_zh} {line.order_line.options_zh} × {line.quantity}"
            for line in parcel.lines.all()
            if line.quantity
        )
        row = [order.number, parcel.supplier.code, order.recipient, order.phone, order.address, contents]
        writer.writerow([parcel.number, "", "", *(plain(cell) for cell in row)])
    return buffer.getvalue()


def pickups_waiting(actor: User, *, page: int = 1) -> Page[Order]:
    """Return paid pickup orders that nobody has fetched yet, the oldest first; lines come along."""
    require(actor, Permission.ORDERS_VIEW)
    rows = Order.objects.filter(delivery=Order.Delivery.PICKUP, status=Order.Status.PAID)
    return page_of(rows.select_related("buyer").prefetch_related("lines").order_by("paid_at", "pk"), number=page)


def _waiting(actor: User, supplier_id: int | None) -> QuerySet[Shipment]:
    require(actor, Permission.ORDERS_VIEW)
    rows = Shipment.objects.filter(status=Shipment.Status.WAITING, order__delivery=Order.Delivery.PARCEL)
    if supplier_id is not None:
        rows = rows.filter(supplier_id=supplier_id)
    return _with_contents(rows).order_by("ship_before", "pk")


def _with_contents(rows: QuerySet[Shipment]) -> QuerySet[Shipment]:
    return rows.select_related("order", "supplier").prefetch_related("lines__order_line")
