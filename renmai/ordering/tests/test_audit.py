"""Every broken row is found: an audit that finds nothing proves nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from renmai.kernel import clock
from renmai.ordering.actions import after_sales, refunding
from renmai.ordering.actions.after_sales import ClaimRequest
from renmai.ordering.models import AfterSale, Order, OrderAdjustment, OrderLine, Shipment, ShipmentLine
from renmai.ordering.tests.making import broken, fresh, lines, paid, placed, received

pytestmark = pytest.mark.django_db


def refunded_order() -> Order:
    """An order with one piece refunded before it left, and one on its way."""
    order = paid()
    wanted = ClaimRequest(order.number, lines(order)[0].pk, "refund", 1, "other")
    claim = after_sales.request(order.buyer, wanted, idempotency_key="k")
    due = refunding.begin_refund(claim, order=order, actor_id=None)
    assert due.is_before_shipment
    refunding.finish_refund(after_sales.find(claim.number), order=fresh(order))
    return fresh(order)


def test_a_healthy_world_has_none() -> None:
    placed()
    received()
    refunded_order()
    assert broken() == []


BREAKS: dict[str, tuple[Callable[[], object], str]] = {
    "goods": (lambda: Order.objects.update(goods_fen=2001, payable_fen=2601), "[sums] order"),
    "freight": (lambda: OrderLine.objects.update(freight_fen=599), "[sums] order"),
    "explained": (lambda: OrderAdjustment.objects.update(amount_fen=599), "[sums] order"),
    "refunded order": (lambda: Order.objects.update(refunded_fen=1), "[sums] order"),
    "refunded fen": (lambda: OrderLine.objects.update(refunded_fen=1), "[refunds] line"),
    "claimed": (lambda: OrderLine.objects.update(claimed_quantity=2), "[refunds] line"),
    "refunded pieces": (lambda: OrderLine.objects.update(claimed_quantity=2, refunded_quantity=2), "[refunds] line"),
    "lost claim": (lambda: AfterSale.objects.update(status="rejected"), "[refunds] line"),
    "refunded too early": (lambda: Order.objects.update(status="refunded"), "[refunds] order"),
    "lost pieces": (lambda: ShipmentLine.objects.update(quantity=0), "[parcels] line"),
    "shipped twice": (lambda: ShipmentLine.objects.update(quantity=2), "[parcels] line"),
    "shipped unpaid": (lambda: Order.objects.update(status="placed"), "[parcels] parcel"),
    "left behind": (
        lambda: Order.objects.update(status="shipped", receive_before=clock.now() + timedelta(days=1)),
        "[parcels] parcel",
    ),
    "cancelled full": (lambda: Shipment.objects.update(status="cancelled"), "[parcels] parcel"),
    "unpaid": (lambda: Order.objects.update(status="placed", pay_before=clock.now() - timedelta(hours=2)), "[9] order"),
    "no deadline": (lambda: Order.objects.update(status="received"), "[9] order"),
    "claim": (
        lambda: AfterSale.objects.update(status="requested", deadline_at=clock.now() - timedelta(hours=2)),
        "[9] claim",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_broken_row_is_found(name: str) -> None:
    refunded_order()
    assert broken() == []
    damage, expected = BREAKS[name]
    damage()
    assert any(line.startswith(expected) for line in broken())
    assert connection.vendor in {"sqlite", "postgresql"}


def test_imported_pasts_have_no_parcels_and_no_claims() -> None:
    order = paid()
    ShipmentLine.objects.all().delete()
    Shipment.objects.all().delete()
    OrderAdjustment.objects.all().delete()
    assert broken() != []
    Order.objects.filter(pk=order.pk).update(funnel="imported", status="settled")
    assert broken() == []
