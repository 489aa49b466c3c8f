"""Pools: what is set aside is nowhere else, no bucket hides a piece, and nobody is told "sold out" while there is one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from zlib import crc32

import pytest
from django.db import IntegrityError, connection, transaction

from renmai.catalogue import audit
from renmai.catalogue.actions import (
    StockWant,
    close_pool,
    count_stock,
    drain,
    fill,
    open_pool,
    release,
    reserve,
    restock,
    sell,
)
from renmai.catalogue.actions.pools import BUCKETS, free_in
from renmai.catalogue.models import PoolBucket, Sku, StockMovement, StockPool
from renmai.catalogue.tests.factories import make_sku, make_staff
from renmai.kernel.errors import DomainError

Statements = Callable[[int], AbstractContextManager[None]]


def shelf(sku: Sku) -> tuple[int, int, int, int]:
    sku.refresh_from_db()
    return sku.stock_total, sku.stock_free, sku.stock_reserved, sku.stock_sold


def in_pool(pool: StockPool) -> tuple[int, int, int, int]:
    pool.refresh_from_db()
    rows = list(PoolBucket.objects.filter(pool=pool))
    return pool.pieces, sum(row.free for row in rows), sum(row.reserved for row in rows), sum(row.sold for row in rows)


def want(pool: StockPool, quantity: int = 1, *, held_as: str = "") -> list[StockWant]:
    return [StockWant(pool.sku_id, quantity, pool.pk, held_as)]


def code(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


@pytest.mark.django_db
def test_what_is_set_aside_leaves_the_shelf_and_comes_back() -> None:
    sku = make_sku(stock=100)
    pool = open_pool(sku.pk, reference="P1", pieces=50)
    assert (shelf(sku), in_pool(pool)) == ((50, 50, 0, 0), (50, 50, 0, 0))
    assert open_pool(sku.pk, reference="P1", pieces=50).pk == pool.pk
    assert sorted(PoolBucket.objects.filter(pool=pool).values_list("free", flat=True)) == [3] * 14 + [4] * 2
    reserve("R1", want(pool, 2))
    sell("R1", want(pool, 2))
    reserve("R2", want(pool))
    assert close_pool(pool) == 47
    assert close_pool(pool) == 0
    assert (shelf(sku), in_pool(pool)) == ((97, 97, 0, 0), (3, 0, 1, 2))
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_what_comes_back_to_a_closed_pool_goes_to_the_shelf() -> None:
    sku = make_sku(stock=20)
    pool = open_pool(sku.pk, reference="P1", pieces=20)
    for reference in ("R1", "R2", "R3"):
        reserve(reference, want(pool))
    sell("R1", want(pool))
    close_pool(pool)
    assert release("R2", want(pool))
    assert not release("R2", want(pool))
    assert restock("S1", want(pool))
    sell("R3", want(pool))
    assert (shelf(sku), in_pool(pool)) == ((19, 19, 0, 0), (1, 0, 0, 1))
    with pytest.raises(DomainError) as refused:
        reserve("R4", want(pool))
    assert code(refused) == "catalogue.sold_out"
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_more_than_lies_on_the_shelf_is_not_set_aside() -> None:
    sku = make_sku(stock=10)
    with pytest.raises(DomainError) as refused:
        open_pool(sku.pk, reference="P1", pieces=11)
    assert code(refused) == "catalogue.sold_out"
    assert (shelf(sku), StockPool.objects.count(), StockMovement.objects.filter(kind="fill").count()) == ((10, 10, 0, 0), 0, 0)


@pytest.mark.django_db
def test_a_pool_grows_and_shrinks_by_receipts() -> None:
    sku = make_sku(stock=100)
    pool = open_pool(sku.pk, reference="P1", pieces=10)
    assert fill(pool, 5, reference="P1-2")
    assert not fill(pool, 5, reference="P1-2")
    assert drain(pool, 12, reference="P1-3")
    assert not drain(pool, 12, reference="P1-3")
    assert (shelf(sku), in_pool(pool)) == ((97, 97, 0, 0), (3, 3, 0, 0))
    with pytest.raises(DomainError) as refused:
        drain(pool, 4, reference="P1-4")
    assert code(refused) == "catalogue.sold_out"
    close_pool(pool)
    with pytest.raises(DomainError) as refused:
        fill(pool, 1, reference="P1-5")
    assert code(refused) == "catalogue.pool_closed"
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_nobody_is_told_sold_out_while_any_bucket_has_a_piece() -> None:
    sku = make_sku(stock=3)
    pool = open_pool(sku.pk, reference="P1", pieces=3)
    taken = [f"R{number}" for number in range(3)]
    for reference in taken:
        assert reserve(reference, want(pool))
    with pytest.raises(DomainError) as refused:
        reserve("R9", want(pool))
    assert code(refused) == "catalogue.sold_out"
    assert in_pool(pool) == (3, 0, 3, 0)
    for reference in taken:
        sell(reference, want(pool))
    assert in_pool(pool) == (3, 0, 0, 3)


@pytest.mark.django_db
def test_an_order_for_several_takes_from_several_buckets() -> None:
    sku = make_sku(stock=BUCKETS)
    pool = open_pool(sku.pk, reference="P1", pieces=BUCKETS)
    assert reserve("R1", want(pool, 10))
    assert sell("R1", want(pool, 4))
    assert release("R1", want(pool, 6))
    assert restock("S1", want(pool, 4))
    assert in_pool(pool) == (16, 16, 0, 0)
    with pytest.raises(DomainError) as refused:
        reserve("R2", want(pool, 17))
    assert code(refused) == "catalogue.sold_out"
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_a_hold_is_taken_over_once_and_by_who_has_it() -> None:
    pool = open_pool(make_sku(stock=5).pk, reference="P1", pieces=5)
    reserve("T1", want(pool))
    assert reserve("R1", want(pool, held_as="T1"))
    assert in_pool(pool) == (5, 4, 1, 0)
    with pytest.raises(DomainError) as refused:
        reserve("R2", want(pool, held_as="T1"))
    assert code(refused) == "catalogue.not_held"
    with pytest.raises(DomainError) as refused:
        reserve("R3", want(pool, held_as="T9"))
    assert code(refused) == "catalogue.not_held"
    sell("R1", want(pool))
    assert in_pool(pool) == (5, 4, 0, 1)
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_a_reference_gives_away_only_what_it_holds_in_the_pool() -> None:
    pool = open_pool(make_sku(stock=5).pk, reference="P1", pieces=5)
    reserve("R1", want(pool))
    reserve("R2", want(pool, 3))
    for move in (release, sell):
        with pytest.raises(DomainError) as refused:
            move("R1", want(pool, 2))
        assert code(refused) == "catalogue.not_held"
    with pytest.raises(DomainError) as refused:
        sell("R1", [StockWant(pool.sku_id, 1)])
    assert code(refused) == "catalogue.not_held"
    assert in_pool(pool) == (5, 1, 4, 0)


@pytest.mark.django_db
def test_a_count_leaves_alone_what_is_set_aside() -> None:
    sku = make_sku(stock=30)
    pool = open_pool(sku.pk, reference="P1", pieces=10)
    reserve("R1", want(pool, 2))
    sell("R1", want(pool))
    count_stock(make_staff(), sku.pk, on_hand=25)
    assert (shelf(sku), in_pool(pool)) == ((16, 16, 0, 0), (10, 8, 1, 1))


@pytest.mark.django_db
def test_a_piece_costs_two_statements(statements: Statements) -> None:
    pool = open_pool(make_sku(stock=160).pk, reference="P1", pieces=160)
    with statements(2):
        reserve("R1", want(pool))
    with statements(3):
        sell("R1", want(pool))


@pytest.mark.django_db
def test_the_database_refuses_a_bucket_below_nothing() -> None:
    pool = open_pool(make_sku(stock=5).pk, reference="P1", pieces=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        PoolBucket.objects.filter(pool=pool, index=0).update(free=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockMovement.objects.create(sku_id=pool.sku_id, kind="fill", reference="X", free_change=-1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (lambda pool: PoolBucket.objects.filter(pool=pool, index=0).update(free=2), "the buckets say free 6 (movements: 5)"),
        (lambda pool: PoolBucket.objects.filter(pool=pool, index=0).update(free=0, sold=1), "free 4"),
        (lambda pool: StockPool.objects.filter(pk=pool.pk).update(pieces=6), "6 pieces, of which"),
        (lambda pool: StockPool.objects.filter(pk=pool.pk).update(closed_at=pool.made_at), "is closed, and 5"),
    ],
)
def test_the_audit_finds_what_was_spoilt(spoil: Callable[[StockPool], int], found: str) -> None:
    pool = open_pool(make_sku(stock=5).pk, reference="P1", pieces=5)
    assert list(audit.violations()) == []
    spoil(pool)
    assert any(found in violation.detail for violation in audit.violations())


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_and_twenty_pieces_in_few_buckets() -> None:
    sku = make_sku(stock=20)
    pool = open_pool(sku.pk, reference="P1", pieces=20)

    def buy(number: int) -> str:
        try:
            return str(reserve(f"R{number}", want(pool)))
        except DomainError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=12) as threads:
        won = list(threads.map(buy, range(50)))
    assert (won.count("True"), won.count("catalogue.sold_out")) == (20, 30)
    assert in_pool(pool) == (20, 0, 20, 0)
    assert list(audit.violations()) == []


@pytest.mark.django_db(transaction=True)
def test_closing_against_giving_back_loses_no_piece() -> None:
    sku = make_sku(stock=24)
    pool = open_pool(sku.pk, reference="P1", pieces=24)
    for number in range(24):
        reserve(f"R{number}", want(pool))

    def give_back(number: int) -> bool:
        try:
            return bool(close_pool(pool)) if number == 12 else release(f"R{number}", want(pool))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as threads:
        list(threads.map(give_back, range(24)))
    assert (shelf(sku), in_pool(pool)) == ((23, 23, 0, 0), (1, 0, 1, 0))
    assert free_in(pool.pk) == 0
    assert list(audit.violations()) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_for_the_last_pieces_never_wait_in_a_circle() -> None:
    """PostgreSQL keeps the lock on a row that an UPDATE waited for in vain: whoever then waits for a second bucket closes a circle."""
    pool = open_pool(make_sku(stock=BUCKETS * 3).pk, reference="P1", pieces=BUCKETS * 3)

    def buy(number: int) -> str:
        try:
            return str(reserve(f"R{number}", want(pool, 1 + number % 3)))
        except DomainError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=16) as threads:
        said = list(threads.map(buy, range(80)))
    assert set(said) == {"True", "catalogue.sold_out"}
    pieces, free, reserved, _sold = in_pool(pool)
    assert (pieces, free + reserved) == (48, 48)
    assert free < 3
    assert list(audit.violations()) == []


def test_references_are_spread_over_all_buckets() -> None:
    hit = {crc32(f"T{number}".encode()) % BUCKETS for number in range(200)}
    assert hit == set(range(BUCKETS))
