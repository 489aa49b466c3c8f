from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, transaction

from renmai.accounts.tests.factories import make_member
from renmai.ordering.actions import placing
from renmai.ordering.actions.placing import Adjustment
from renmai.ordering.events import OrderPlaced
from renmai.ordering.models import Order, OrderAdjustment, OrderStep
from renmai.ordering.tests.making import broken, emitted, fresh, lines, placed, placed_line, refused, skus_of, wanted
from renmai.policy.queries import integer

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


def test_an_order_is_the_sum_of_its_lines() -> None:
    first, second = skus_of(2, price_fen=999)
    order = placed(
        None, placed_line(first, 3, discount_fen=100, freight_fen=500), placed_line(second, 1, discount_fen=0, freight_fen=7)
    )
    order = fresh(order)
    assert (order.goods_fen, order.discount_fen, order.freight_fen, order.payable_fen) == (3996, 100, 507, 4403)
    assert [line.amount_fen for line in lines(order)] == [2897, 999]
    assert sorted(OrderAdjustment.objects.filter(order=order).values_list("amount_fen", flat=True)) == [-100, 507]
    assert [step.step for step in OrderStep.objects.filter(order=order)] == ["placed"]
    assert emitted(OrderPlaced) == [OrderPlaced(order_id=order.pk)]
    assert broken() == []


@pytest.mark.parametrize("number", [1, 20])
def test_placing_costs_five_statements(number: int, statements: Statements) -> None:
    chosen = [placed_line(sku, freight_fen=10) for sku in skus_of(number)]
    order = wanted(make_member(), chosen)
    integer("order.pay_minutes")  # the settings are cached for some seconds
    with statements(5):
        placing.place(order)


def test_a_discount_never_exceeds_its_line() -> None:
    sku = skus_of(1, price_fen=500)[0]
    with refused("ordering.discount"):
        placing.place(wanted(make_member(), [placed_line(sku, 1, discount_fen=501)]))
    with refused("money.amount"):
        placing.place(wanted(make_member(), [placed_line(sku, 1, discount_fen=-1)]))
    assert not Order.objects.exists()
    free = placing.place(wanted(make_member(), [placed_line(sku, 1, discount_fen=500)]))
    assert free.payable_fen == 0


def test_each_fen_is_explained_or_it_is_a_bug() -> None:
    sku = skus_of(1)[0]
    order = wanted(make_member(), [placed_line(sku, freight_fen=600)])
    unexplained = placing.PlaceOrder(
        buyer=order.buyer, lines=order.lines, adjustments=[Adjustment("freight", "运费", "Freight", 599)], idempotency_key="k"
    )
    with pytest.raises(AssertionError):
        placing.place(unexplained)


def test_one_key_makes_one_order() -> None:
    buyer, sku = make_member(), skus_of(1)[0]
    placing.place(wanted(buyer, [placed_line(sku)], key="same"))
    with pytest.raises(IntegrityError), transaction.atomic():
        placing.place(wanted(buyer, [placed_line(sku)], key="same"))
    placing.place(wanted(make_member(), [placed_line(sku)], key="same"))
    assert Order.objects.count() == 2


def test_an_order_has_between_one_and_a_hundred_lines() -> None:
    buyer, sku = make_member(), skus_of(1)[0]
    for number in (0, placing.MAX_LINES + 1):
        with refused("ordering.too_many_lines"):
            placing.place(wanted(buyer, [placed_line(sku)] * number))


@pytest.mark.parametrize(
    "change",
    [{"payable_fen": 1}, {"goods_fen": 1}, {"refunded_fen": 10**6}, {"refunded_fen": -1}, {"discount_fen": 10**6}],
)
def test_the_database_refuses_an_order_that_does_not_add_up(change: dict[str, int]) -> None:
    order = placed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [{"amount_fen": 1}, {"claimed_quantity": 3}, {"refunded_quantity": 1}, {"refunded_fen": 10**6}, {"quantity": 0}],
)
def test_the_database_refuses_a_line_that_does_not_add_up(change: dict[str, int]) -> None:
    order = placed()
    with pytest.raises(IntegrityError), transaction.atomic():
        order.lines.update(**change)
