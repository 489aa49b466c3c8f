"""Stock: pieces change place, never appear or vanish, and every move happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from django.db import IntegrityError, connection, transaction

from renmai.catalogue import audit
from renmai.catalogue.actions import PastSale, StockWant, record_past_sales, release, reserve, restock, sell
from renmai.catalogue.models import Sku, StockMovement
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.kernel.errors import DomainError

Statements = Callable[[int], AbstractContextManager[None]]


def columns(sku: Sku) -> tuple[int, int, int, int]:
    sku.refresh_from_db()
    return sku.stock_total, sku.stock_free, sku.stock_reserved, sku.stock_sold


@pytest.mark.django_db
def test_the_life_of_pieces() -> None:
    sku = make_sku(stock=10)
    assert reserve("R1", [StockWant(sku.pk, 4)])
    assert columns(sku) == (10, 6, 4, 0)
    assert sell("R1", [StockWant(sku.pk, 3)])
    assert columns(sku) == (10, 6, 1, 3)
    assert release("R1", [StockWant(sku.pk, 1)])
    assert columns(sku) == (10, 7, 0, 3)
    assert restock("S1", [StockWant(sku.pk, 2)])
    assert columns(sku) == (10, 9, 0, 1)
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_the_same_move_twice_happens_once() -> None:
    sku = make_sku(stock=10)
    assert reserve("R1", [StockWant(sku.pk, 2), StockWant(sku.pk, 2)])
    assert not reserve("R1", [StockWant(sku.pk, 4)])
    assert columns(sku) == (10, 6, 4, 0)
    assert sell("R1", [StockWant(sku.pk, 4)])
    assert not sell("R1", [StockWant(sku.pk, 4)])
    assert columns(sku) == (10, 6, 0, 4)


@pytest.mark.django_db
def test_the_same_reference_with_other_pieces_is_refused() -> None:
    sku, other = make_sku(stock=10), make_sku(stock=10)
    reserve("R1", [StockWant(sku.pk, 2)])
    for wants in ([StockWant(sku.pk, 3)], [StockWant(sku.pk, 2), StockWant(other.pk, 1)]):
        with pytest.raises(DomainError) as refused:
            reserve("R1", wants)
        assert refused.value.code == "catalogue.stock_conflict"
    assert columns(sku) == (10, 8, 2, 0)
    assert columns(other) == (10, 10, 0, 0)


@pytest.mark.django_db
def test_one_variant_short_and_nothing_is_held() -> None:
    plenty = make_sku(stock=10)
    scarce = make_sku(make_product("枇杷", title_en="Loquats"), stock=1)
    with pytest.raises(DomainError) as refused:
        reserve("R1", [StockWant(plenty.pk, 2), StockWant(scarce.pk, 2)])
    assert refused.value.code == "catalogue.sold_out"
    assert refused.value.details == {"title": "枇杷", "left": 1, "sku_id": scarce.pk}
    assert columns(plenty) == (10, 10, 0, 0)
    assert not StockMovement.objects.filter(reference="R1").exists()


@pytest.mark.django_db
def test_a_variant_that_is_switched_off_is_not_held() -> None:
    sku = make_sku(stock=5, is_active=False)
    with pytest.raises(DomainError) as refused:
        reserve("R1", [StockWant(sku.pk, 1)])
    assert refused.value.details["left"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("quantity", [0, -1, 10_000])
def test_quantities_have_bounds(quantity: int) -> None:
    sku = make_sku(stock=5)
    with pytest.raises(DomainError) as refused:
        reserve("R1", [StockWant(sku.pk, quantity)])
    assert refused.value.code == "catalogue.quantity"
    assert columns(sku) == (5, 5, 0, 0)


@pytest.mark.django_db
def test_an_unknown_variant_is_not_found() -> None:
    with pytest.raises(DomainError) as refused:
        reserve("R1", [StockWant(987654321, 1)])
    assert refused.value.code == "request.not_found"


@pytest.mark.django_db
@pytest.mark.parametrize("move", [release, sell])
def test_an_order_gives_away_only_what_it_holds_itself(move: Callable[[str, list[StockWant]], bool]) -> None:
    sku = make_sku(stock=10)
    reserve("R1", [StockWant(sku.pk, 2)])
    reserve("R2", [StockWant(sku.pk, 5)])
    with pytest.raises(DomainError) as refused:
        move("R1", [StockWant(sku.pk, 3)])
    assert refused.value.code == "catalogue.not_held"
    assert columns(sku) == (10, 3, 7, 0)


@pytest.mark.django_db
def test_what_is_released_cannot_be_sold() -> None:
    sku = make_sku(stock=10)
    reserve("R1", [StockWant(sku.pk, 2)])
    reserve("R2", [StockWant(sku.pk, 2)])
    release("R1", [StockWant(sku.pk, 2)])
    with pytest.raises(DomainError):
        sell("R1", [StockWant(sku.pk, 2)])
    assert columns(sku) == (10, 8, 2, 0)


@pytest.mark.django_db
def test_more_than_was_sold_never_comes_back() -> None:
    sku = make_sku(stock=10)
    with pytest.raises(DomainError) as refused:
        restock("S1", [StockWant(sku.pk, 1)])
    assert refused.value.code == "catalogue.not_held"
    assert columns(sku) == (10, 10, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 20])
def test_statements_of_an_order(size: int, statements: Statements) -> None:
    product = make_product()
    wants = [StockWant(make_sku(product).pk, 1) for _index in range(size)]
    with statements(size + 1):
        reserve("R1", wants)
    with statements(size + 2):
        sell("R1", wants)
    with statements(size + 1):
        restock("S1", wants)
    with statements(2):
        reserve("R1", wants)


@pytest.mark.django_db
def test_the_database_refuses_pieces_from_nowhere() -> None:
    sku = make_sku(stock=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sku.objects.filter(pk=sku.pk).update(stock_free=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(sku=sku, kind="sell", reference="R", sold_change=1)


@pytest.mark.django_db(transaction=True)
def test_fifty_buyers_and_twenty_pieces() -> None:
    sku = make_sku(stock=20)

    def buy(number: int) -> str:
        try:
            return str(reserve(f"R{number}", [StockWant(sku.pk, 1)]))
        except DomainError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=16) as pool:
        won = list(pool.map(buy, range(50)))
    assert (won.count("True"), won.count("catalogue.sold_out")) == (20, 30)
    assert columns(sku) == (20, 0, 20, 0)
    assert list(audit.violations()) == []


@pytest.mark.django_db(transaction=True)
def test_orders_for_the_same_goods_in_either_order_never_wait_in_a_circle() -> None:
    product = make_product()
    skus = [make_sku(product, stock=1000) for _index in range(5)]

    def buy(number: int) -> bool:
        chosen = skus if number % 2 else skus[::-1]
        try:
            return reserve(f"R{number}", [StockWant(sku.pk, 1) for sku in chosen])
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        assert all(pool.map(buy, range(40)))
    assert [columns(sku) for sku in skus] == [(1000, 960, 40, 0)] * 5


@pytest.mark.django_db(transaction=True)
def test_the_same_order_sold_by_eight_at_once_is_sold_once() -> None:
    sku = make_sku(stock=10)
    reserve("R1", [StockWant(sku.pk, 3)])

    def pay(_number: int) -> bool:
        try:
            return sell("R1", [StockWant(sku.pk, 3)])
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        assert sorted(pool.map(pay, range(8))) == [False] * 7 + [True]
    assert columns(sku) == (10, 7, 0, 3)


@pytest.mark.django_db(transaction=True)
def test_payment_against_cancellation_has_one_winner() -> None:
    for number in range(10):
        sku, other = make_sku(stock=5), make_sku(stock=5)
        reserve(f"R{number}", [StockWant(sku.pk, 2)])
        reserve(f"other-{number}", [StockWant(sku.pk, 3)])

        def act(move: Callable[[str, list[StockWant]], bool], reference: str = f"R{number}", pk: int = sku.pk) -> str:
            try:
                return str(move(reference, [StockWant(pk, 2)]))
            except DomainError as refused:
                return refused.code
            finally:
                connection.close()

        with ThreadPoolExecutor(max_workers=2) as pool:
            assert sorted(pool.map(act, [sell, release])) == ["True", "catalogue.not_held"]
        assert columns(sku)[2] == 3
        assert columns(other) == (5, 5, 0, 0)
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_sales_of_the_past_are_recorded_once(statements: Statements) -> None:
    sku, other = make_sku(stock=0), make_sku(stock=7)
    sales = [PastSale("O1", sku.pk, 5), PastSale("O1", other.pk, 2), PastSale("O1", sku.pk, 1), PastSale("A1", sku.pk, -2)]
    with statements(4):
        assert record_past_sales(sales) == 3
    assert columns(sku) == (4, 0, 0, 4)
    assert columns(other) == (9, 7, 0, 2)
    assert record_past_sales(sales) == 0
    assert record_past_sales([*sales, PastSale("O2", sku.pk, 1)]) == 1
    assert columns(sku) == (5, 0, 0, 5)
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_no_more_come_back_from_the_past_than_left() -> None:
    sku = make_sku(stock=3)
    with pytest.raises(DomainError) as refused:
        record_past_sales([PastSale("A1", sku.pk, -1)])
    assert refused.value.code == "catalogue.not_held"
    assert columns(sku) == (3, 3, 0, 0)


@pytest.mark.django_db
def test_the_audit_finds_what_went_astray() -> None:
    sku = make_sku(stock=5, code="astray")
    Sku.objects.filter(pk=sku.pk).update(stock_free=6, stock_total=6)
    (found,) = audit.violations()
    assert (found.invariant, found.subject) == ("4", "SKU astray")
    assert found.detail == "the movements sum to free 5, reserved 0, sold 0; the row says free 6, reserved 0, sold 0"


@pytest.mark.django_db
def test_the_audit_finds_an_order_that_gave_more_than_it_held() -> None:
    sku = make_sku(stock=5, code="astray")
    reserve("R1", [StockWant(sku.pk, 2)])
    reserve("R2", [StockWant(sku.pk, 2)])
    Sku.objects.filter(pk=sku.pk).update(stock_reserved=1, stock_sold=3)
    StockMovement.objects.create(sku=sku, kind="sell", reference="R1", reserved_change=-3, sold_change=3)
    assert [str(found) for found in audit.violations()] == ["[4] SKU astray: R1 gave away 1 pieces more than it held"]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 20])
def test_the_audit_asks_a_fixed_number_of_questions(size: int, statements: Statements) -> None:
    for number in range(size):
        sku = make_sku()
        reserve(f"R{number}", [StockWant(sku.pk, 1)])
    with statements(6):
        assert list(audit.violations()) == []
