"""Orders for tests, made by the room's own actions: no money, no stock."""

from collections.abc import Sequence
from itertools import count

import pytest

from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.catalogue.models import Sku
from renmai.catalogue.tests.factories import make_product, make_sku, make_supplier
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event, revive
from renmai.kernel.models import OutboxEvent
from renmai.ordering import audit
from renmai.ordering.actions import placing, progress
from renmai.ordering.actions.placing import Adjustment, PlacedLine, PlaceOrder, Recipient
from renmai.ordering.models import Order, OrderLine, Shipment

_keys = count(1)


def make_visitor(user: User | None = None) -> Visitor:
    """A browser, of a guest or of a member."""
    return Visitor.objects.create(user=user)


def skus_of(suppliers: int, *, each: int = 1, stock: int = 100, price_fen: int = 1000) -> list[Sku]:
    """Variants of different products, ``each`` per supplier."""
    made = []
    for _number in range(suppliers):
        supplier = make_supplier()
        made += [make_sku(make_product(supplier=supplier), stock=stock, price_fen=price_fen) for _one in range(each)]
    return made


def placed_line(sku: Sku, quantity: int = 1, *, discount_fen: int = 0, freight_fen: int = 0) -> PlacedLine:
    """A line of a SKU at its price."""
    product = sku.product
    return PlacedLine(
        sku_id=sku.pk,
        product_id=product.pk,
        supplier_id=product.supplier_id,
        title_zh=product.title_zh,
        title_en=product.title_en,
        options_zh=sku.options_zh,
        options_en=sku.options_en,
        motif="",
        picture_seed=0,
        unit_price_fen=sku.price_fen,
        quantity=quantity,
        discount_fen=discount_fen,
        freight_fen=freight_fen,
    )


def wanted(buyer: User, lines: Sequence[PlacedLine], *, delivery: str = Order.Delivery.PARCEL, key: str = "") -> PlaceOrder:
    """What ``placing.place`` takes."""
    freight = sum(line.freight_fen for line in lines)
    off = sum(line.discount_fen for line in lines)
    adjustments = [Adjustment("freight", "运费", "Freight", freight)] if freight else []
    adjustments += [Adjustment("coupon", "优惠", "Coupon", -off)] if off else []
    return PlaceOrder(
        buyer=buyer,
        lines=lines,
        adjustments=adjustments,
        delivery=delivery,
        recipient=Recipient("王小明", "13800138000", "440305", "广东省 深圳市 南山区 科技园路 1 号"),
        idempotency_key=key or f"key-{next(_keys)}",
    )


def placed(buyer: User | None = None, *lines: PlacedLine, delivery: str = Order.Delivery.PARCEL) -> Order:
    """A placed order; two pieces of one SKU unless told otherwise."""
    chosen = lines or (placed_line(skus_of(1)[0], 2, freight_fen=600),)
    return placing.place(wanted(buyer or make_member(), chosen, delivery=delivery))


def paid(buyer: User | None = None, *lines: PlacedLine, delivery: str = Order.Delivery.PARCEL) -> Order:
    """A paid order with its parcels."""
    order = placed(buyer, *lines, delivery=delivery)
    assert progress.mark_paid(order.pk) == "paid"
    return fresh(order)


def shipped(buyer: User | None = None, *lines: PlacedLine) -> Order:
    """An order whose parcels have all left."""
    order = paid(buyer, *lines)
    for parcel in parcels(order):
        Shipment.objects.filter(pk=parcel.pk).update(status=Shipment.Status.SHIPPED, tracking_number=f"T{parcel.pk:08d}")
    assert progress.leave_when_all_left(order)
    return fresh(order)


def received(buyer: User | None = None, *lines: PlacedLine) -> Order:
    """An order that its customer has received."""
    order = shipped(buyer, *lines)
    assert progress.mark_received(order.pk)
    return fresh(order)


def fresh(order: Order) -> Order:
    """The order as it is now."""
    return Order.objects.select_related("buyer").get(pk=order.pk)


def lines(order: Order) -> list[OrderLine]:
    """Its lines as they are now."""
    return list(OrderLine.objects.filter(order=order).order_by("pk"))


def parcels(order: Order) -> list[Shipment]:
    """Its first parcels as they are now."""
    return list(Shipment.objects.filter(order=order, after_sale__isnull=True).order_by("pk"))


def refused(code: str) -> "pytest.RaisesExc[DomainError]":
    """Expect the refusal ``code``."""
    return pytest.RaisesExc(DomainError, check=lambda error: error.code == code)


def emitted(kind: type[Event]) -> list[Event]:
    """The events of one kind, the oldest first."""
    rows = OutboxEvent.objects.filter(name=kind.NAME).order_by("pk")
    return [revive(row.name, row.payload) for row in rows]


def broken() -> list[str]:
    """What the audit of this room finds."""
    return [str(violation) for violation in audit.violations()]
