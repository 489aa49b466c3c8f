from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import transaction

from renmai.accounts.tests.factories import make_member
from renmai.kernel import clock
from renmai.kernel.states import advance
from renmai.ordering import windows
from renmai.ordering.actions import progress
from renmai.ordering.events import OrderCancelled, OrderPaid, OrderReceived, OrderSettled
from renmai.ordering.models import AfterSale, Order, OrderStep, Shipment, ShipmentLine
from renmai.ordering.tests.making import (
    broken,
    emitted,
    fresh,
    paid,
    parcels,
    placed,
    placed_line,
    received,
    shipped,
    skus_of,
)
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


@pytest.mark.parametrize("model", [Order, Shipment, AfterSale])
def test_every_state_is_reachable_and_in_the_table(model: type[Order | Shipment | AfterSale]) -> None:
    table = model.TRANSITIONS
    assert set(table) == set(model.Status)
    begin = {Order: "placed", Shipment: "waiting", AfterSale: "requested"}[model]
    reached, edge = {begin}, [begin]
    while edge:
        following = table[edge.pop()] - reached
        reached |= following
        edge += following
    assert reached == set(model.Status)


@pytest.mark.parametrize(("old", "new"), list(product(Order.Status, repeat=2)))
def test_no_order_moves_but_by_the_table(old: str, new: str) -> None:
    order = placed()
    Order.objects.filter(pk=order.pk).update(status=old)
    if new in Order.TRANSITIONS[old]:
        assert advance(Order, order.pk, old=old, new=new)
        assert not advance(Order, order.pk, old=old, new=new)
    else:
        with pytest.raises(AssertionError):
            advance(Order, order.pk, old=old, new=new)


def test_paying_splits_the_order_into_parcels_by_supplier() -> None:
    apples, pears, cloth = (*skus_of(1, each=2), *skus_of(1))
    order = paid(None, placed_line(apples, 2), placed_line(pears, 3), placed_line(cloth, 1))
    assert [parcel.supplier_id for parcel in parcels(order)] == [apples.product.supplier_id, cloth.product.supplier_id]
    packed = ShipmentLine.objects.order_by("pk").values_list("order_line__sku_id", "quantity")
    assert list(packed) == [(apples.pk, 2), (pears.pk, 3), (cloth.pk, 1)]
    assert order.paid_at is not None
    assert emitted(OrderPaid) == [OrderPaid(order_id=order.pk)]
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_an_order_is_held_inside_a_transaction_only() -> None:
    order = placed()
    with pytest.raises(AssertionError, match="until its transaction ends"):
        progress.held(order.pk)
    with pytest.raises(Order.DoesNotExist), transaction.atomic():
        progress.held(order.pk + 1)
    with transaction.atomic():
        assert progress.held(order.pk).number == order.number


@pytest.mark.parametrize("number", [1, 20])
def test_paying_costs_six_statements(number: int, statements: Statements) -> None:
    order = placed(None, *[placed_line(sku) for sku in skus_of(number)])
    with statements(6):
        progress.mark_paid(order.pk)


@pytest.mark.parametrize("make", [paid, shipped, received])
def test_a_late_callback_never_turns_an_order_back(make: Callable[[], Order]) -> None:
    order = make()
    before = (order.status, order.paid_at, Shipment.objects.count())
    assert progress.mark_paid(order.pk) == "already"
    order = fresh(order)
    assert (order.status, order.paid_at, Shipment.objects.count()) == before
    assert len(emitted(OrderPaid)) == 1


def test_a_cancelled_order_is_not_paid_and_a_paid_one_not_cancelled() -> None:
    order = placed()
    assert progress.cancel(order.pk, reason="buyer")
    assert progress.mark_paid(order.pk) == "cancelled"
    assert not progress.cancel(order.pk, reason="buyer")
    assert not Shipment.objects.exists()
    other = paid()
    assert not progress.cancel(other.pk, reason="timeout")
    assert fresh(other).status == "paid"
    assert emitted(OrderCancelled) == [OrderCancelled(order_id=order.pk, reason="buyer")]


def test_receipt_begins_the_window_and_delivers_the_parcels() -> None:
    order = shipped()
    assert progress.mark_received(order.pk, actor_id=order.buyer_id)
    assert not progress.mark_received(order.pk)
    assert [parcel.status for parcel in parcels(order)] == ["delivered"]
    assert emitted(OrderReceived) == [OrderReceived(order_id=order.pk)]
    assert not progress.mark_received(paid().pk)


@pytest.mark.parametrize(
    ("received_at", "end"),
    [
        # 23:59 in China on the 9th: the window is the 10th to the 16th.
        (datetime(2026, 3, 9, 15, 59, tzinfo=UTC), datetime(2026, 3, 16, 16, 0, tzinfo=UTC)),
        # A minute later it is the 10th in China: one more day.
        (datetime(2026, 3, 9, 16, 0, tzinfo=UTC), datetime(2026, 3, 17, 16, 0, tzinfo=UTC)),
        (datetime(2026, 12, 31, 1, 0, tzinfo=UTC), datetime(2027, 1, 7, 16, 0, tzinfo=UTC)),
    ],
)
def test_seven_days_count_from_the_day_after_receipt_in_china(received_at: datetime, end: datetime) -> None:
    assert windows.settle_after(received_at) == end


def test_an_order_settles_after_its_window_and_not_before(moving_clock: MovingClock) -> None:
    order = received()
    assert order.settle_after is not None
    assert progress.settle(order.pk) is None
    moving_clock.travel(order.settle_after - timedelta(seconds=1))
    assert progress.settle(order.pk) is None
    moving_clock.travel(order.settle_after)
    settled = progress.settle(order.pk)
    assert settled is not None
    assert settled.settled_at == clock.now()
    assert progress.settle(order.pk) is None
    assert emitted(OrderSettled) == [OrderSettled(order_id=order.pk)]
    steps = OrderStep.objects.filter(order=order).order_by("pk").values_list("step", flat=True)
    assert list(steps) == ["placed", "paid", "shipped", "received", "settled"]


def test_orders_that_hang_are_violations(moving_clock: MovingClock) -> None:
    buyer = make_member()
    hanging = {"unpaid": placed(buyer), "received": shipped(buyer), "settled": received(buyer)}
    assert broken() == []
    moving_clock.advance(days=40)
    found = broken()
    assert len(found) == 3
    for order in hanging.values():
        assert sum(order.number in line and line.startswith("[9]") for line in found) == 1
