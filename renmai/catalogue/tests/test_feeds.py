"""Supplier feeds: what can be bought follows the supplier, and sold + reserved + free stays the stock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager

import pytest
from django.db import connection

from renmai.accounts.models import ActLog, Role
from renmai.catalogue import audit
from renmai.catalogue.actions import StockWant, apply_feed, count_stock, reserve, sell
from renmai.catalogue.models import Sku, StockMovement, SupplierFeed
from renmai.catalogue.queries import feeds_of, skus_short_of_stock
from renmai.catalogue.tests.factories import make_product, make_sku, make_staff, make_supplier
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert

Statements = Callable[[int], AbstractContextManager[None]]


def columns(sku: Sku) -> tuple[int, int, int, int]:
    sku.refresh_from_db()
    return sku.stock_total, sku.stock_free, sku.stock_reserved, sku.stock_sold


@pytest.mark.django_db
def test_a_feed_sets_what_can_be_bought() -> None:
    staff, supplier = make_staff(Role.FULFILMENT), make_supplier()
    product = make_product(supplier=supplier)
    more, less, short, same = (make_sku(product, stock=10, code=code) for code in ("more", "less", "short", "same"))
    for sku in (more, less, short, same):
        reserve(f"R-{sku.code}", [StockWant(sku.pk, 4)])
    sell("R-more", [StockWant(more.pk, 1)])
    report = apply_feed(staff, supplier.pk, "﻿SKU_code , note, on_hand\nmore,,25\nless,x,5\n\nshort,,3\nsame,,10\n")
    assert (report.is_new, report.rows_applied, report.rows_refused) == (True, 4, 0)
    assert columns(more) == (26, 22, 3, 1)
    assert columns(less) == (5, 1, 4, 0)
    assert columns(short) == (4, 0, 4, 0)
    assert columns(same) == (10, 6, 4, 0)
    assert [(line.line, line.sku_code, line.reason) for line in report.remarks] == [
        (5, "short", "fewer pieces than are reserved")
    ]
    alert = Alert.objects.get()
    assert (alert.code, alert.subject, alert.resolved_at) == ("stock.shortage", "short", None)
    assert StockMovement.objects.filter(kind="feed").count() == 3
    assert list(audit.violations()) == []


@pytest.mark.django_db
def test_a_shortage_is_told_once_and_resolved() -> None:
    staff, sku = make_staff(), make_sku(stock=9)
    reserve("R1", [StockWant(sku.pk, 4)])
    supplier_id = sku.product.supplier_id
    for on_hand in (3, 2):
        apply_feed(staff, supplier_id, f"sku_code,on_hand\n{sku.code},{on_hand}\n")
    assert Alert.objects.filter(resolved_at=None).count() == 1
    apply_feed(staff, supplier_id, f"sku_code,on_hand\n{sku.code},4\n")
    assert Alert.objects.filter(resolved_at=None).count() == 0
    count_stock(staff, sku.pk, on_hand=1)
    assert Alert.objects.filter(resolved_at=None).count() == 1
    count_stock(staff, sku.pk, on_hand=9)
    assert Alert.objects.filter(resolved_at=None).count() == 0
    assert Alert.objects.count() == 2


@pytest.mark.django_db
def test_reading_a_feed_twice_is_harmless() -> None:
    staff, supplier = make_staff(), make_supplier()
    sku = make_sku(make_product(supplier=supplier), stock=0, code="a")
    first = apply_feed(staff, supplier.pk, "sku_code,on_hand\na,8\nb,1\n")
    reserve("R1", [StockWant(sku.pk, 3)])
    sell("R1", [StockWant(sku.pk, 3)])
    again = apply_feed(staff, supplier.pk, "sku_code,on_hand\na,8\nb,1\n")
    assert (first.is_new, again.is_new) == (True, False)
    assert (again.feed_id, again.rows_applied, again.rows_refused, again.remarks) == (first.feed_id, 1, 1, first.remarks)
    assert columns(sku) == (8, 5, 0, 3)
    assert apply_feed(staff, supplier.pk, "sku_code,on_hand,day\na,8,2\nb,1,2\n").is_new
    assert columns(sku) == (11, 8, 0, 3)
    assert [feed.rows_applied for feed in feeds_of(staff, supplier.pk)] == [1, 1]
    assert ActLog.objects.filter(act="catalogue.stock_feed").count() == 2


@pytest.mark.django_db
def test_every_bad_line_says_why_and_the_others_count() -> None:
    staff, supplier = make_staff(), make_supplier()
    sku = make_sku(make_product(supplier=supplier), stock=0, code="a")
    foreign = make_sku(stock=1, code="foreign")
    report = apply_feed(staff, supplier.pk, "sku_code,on_hand\nforeign,5\na,7\na,9\nb\nc,-1\nd,1.5\ne,٣\nf,100000001\n")
    assert [(line.line, line.sku_code, line.is_applied, line.reason) for line in report.remarks] == [
        (4, "a", False, "this SKU stands in the file twice"),
        (5, "b", False, "on_hand is not a whole number"),
        (6, "c", False, "on_hand is not a whole number"),
        (7, "d", False, "on_hand is not a whole number"),
        (8, "e", False, "on_hand is not a whole number"),
        (9, "f", False, "on_hand is not a whole number"),
        (2, "foreign", False, "this supplier has no such SKU"),
    ]
    assert (report.rows_applied, report.rows_refused) == (1, 7)
    assert (columns(sku), columns(foreign)) == ((7, 7, 0, 0), (1, 1, 0, 0))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "catalogue.feed_columns"),
        ("sku,stock\na,1\n", "catalogue.feed_columns"),
        ("sku_code,on_hand\n" + "a,1\n" * 4, "catalogue.feed_too_large"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(text: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.catalogue.actions.feeds.MAX_LINES", 3)
    staff, supplier = make_staff(), make_supplier()
    with pytest.raises(DomainError) as refused:
        apply_feed(staff, supplier.pk, text)
    assert refused.value.code == code
    assert not SupplierFeed.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SERVICE, Role.FINANCE, Role.ANALYST, Role.AUDITOR])
def test_others_feed_nothing(role: Role) -> None:
    actor, sku = make_staff(role), make_sku(stock=2)
    acts: list[Callable[[], object]] = [
        lambda: apply_feed(actor, sku.product.supplier_id, f"sku_code,on_hand\n{sku.code},9\n"),
        lambda: count_stock(actor, sku.pk, on_hand=9),
        lambda: feeds_of(actor, sku.product.supplier_id),
        lambda: skus_short_of_stock(actor, below=5),
    ]
    for act in acts:
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "request.forbidden"
    assert columns(sku) == (2, 2, 0, 0)


@pytest.mark.django_db
def test_a_count_by_hand() -> None:
    staff, sku = make_staff(), make_sku(stock=2)
    reserve("R1", [StockWant(sku.pk, 1)])
    assert count_stock(staff, sku.pk, on_hand=6, reason="counted the shelf").stock_free == 5
    assert count_stock(staff, sku.pk, on_hand=6).stock_free == 5
    assert columns(sku) == (6, 5, 1, 0)
    with pytest.raises(DomainError) as refused:
        count_stock(staff, sku.pk, on_hand=-1)
    assert refused.value.code == "request.invalid"
    assert [row.pk for row in skus_short_of_stock(staff, below=6)] == [sku.pk]
    assert skus_short_of_stock(staff, below=5) == ()
    assert list(audit.violations()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 20])
def test_statements_of_a_feed(size: int, statements: Statements) -> None:
    staff, supplier = make_staff(), make_supplier()
    product = make_product(supplier=supplier)
    skus = [make_sku(product, stock=1) for _index in range(size)]
    text = "sku_code,on_hand\n" + "".join(f"{sku.code},5\n" for sku in skus)
    with statements(10 + 2 * size):
        apply_feed(staff, supplier.pk, text)


@pytest.mark.django_db(transaction=True)
def test_a_feed_among_buyers_keeps_every_piece() -> None:
    staff, supplier = make_staff(), make_supplier()
    product = make_product(supplier=supplier)
    skus = [make_sku(product, stock=30) for _index in range(4)]

    def act(number: int) -> str:
        try:
            if number % 10 == 0:
                lines = "".join(f"{sku.code},{20 + number}\n" for sku in reversed(skus))
                apply_feed(staff, supplier.pk, f"sku_code,on_hand\n{lines}")
                return "feed"
            return str(reserve(f"R{number}", [StockWant(sku.pk, 1) for sku in skus]))
        except DomainError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        outcomes = list(pool.map(act, range(60)))
    won = outcomes.count("True")
    assert (outcomes.count("feed"), won + outcomes.count("catalogue.sold_out")) == (6, 54)
    assert [columns(sku)[2] for sku in skus] == [won] * 4
    assert won > 20
    assert list(audit.violations()) == []
