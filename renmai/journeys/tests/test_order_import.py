"""Past orders: every line is accounted for, returns find their purchase, a second run imports nothing, and the books agree."""

import lzma
import os
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Sku
from renmai.journeys import after_sale
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.order_import import ImportCount, PastLine, QuarantinedLine, match, read_lines, write
from renmai.journeys.order_import.matching import NO_PURCHASE
from renmai.journeys.order_import.reading import CORRECTION, NO_CUSTOMER, NO_GOODS, NO_PRICE, NO_QUANTITY, NOT_MINOR_UNITS
from renmai.journeys.order_import.writing import CHANGED, LATE_RETURN
from renmai.journeys.tests.world import refused, violations
from renmai.kernel import clock
from renmai.ordering.models import Order, OrderLine
from renmai.payments.models import Payment, Refund

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
REAL = Path(__file__).parents[4] / "shared" / "data" / "online_retail" / "online_retail_to_2011-09.csv.xz"
PART = 25_000
WHOLE = "WHOLE_IMPORT"
"""Set by the CI: the whole file once, on SQLite; otherwise its beginning."""

PURCHASE = "1001,A1,Lantern,6,2010-12-01 08:26:00,2.55,17850.0,France"
RETURN = "C1009,A1,Lantern,-2,2010-12-05 09:00:00,2.55,17850.0,France"


def run(*rows: str) -> tuple[ImportCount, list[QuarantinedLine]]:
    """Import a small file; return the count and what stayed out."""
    out: list[QuarantinedLine] = []
    count = write(match(read_lines([HEADER, *rows])), quarantine=out.append)
    assert count.read == len(rows) == count.imported + count.quarantined + count.already
    assert len(out) == count.quarantined
    return count, out


@pytest.mark.django_db
def test_an_invoice_becomes_a_finished_order_and_a_return_comes_off_it() -> None:
    count, _out = run(PURCHASE, "1001,B2,Cup,3,2010-12-01 08:26:00,1.00,17850.0,France", RETURN)
    assert str(count) == "read 3 = imported 3 + quarantined 0 + already there 0"
    order = Order.objects.get()
    assert (order.status, order.payable_fen, order.refunded_fen, order.currency) == ("settled", 1830, 510, "GBP")
    line = OrderLine.objects.get(sku__code="import-A1")
    assert (line.quantity, line.refunded_quantity, line.refunded_fen) == (6, 2, 510)
    assert Sku.objects.get(code="import-A1").stock_sold == 4
    assert Payment.objects.get().refunded_fen == Refund.objects.get().amount_fen == 510
    assert violations() == []


@pytest.mark.django_db
def test_a_second_run_imports_nothing_and_tells_what_changed() -> None:
    run(PURCHASE, RETURN)
    again, _out = run(PURCHASE, RETURN)
    assert (again.imported, again.already) == (0, 2)
    late, out = run(PURCHASE, RETURN, "C1010,A1,Lantern,-1,2010-12-06 09:00:00,2.55,17850.0,France")
    assert (late.imported, late.already, [line.reason for line in out]) == (0, 2, [LATE_RETURN])
    changed, out = run(PURCHASE.replace(",6,", ",7,"))
    assert (changed.imported, [line.reason for line in out]) == (0, [CHANGED])
    assert Order.objects.count() == 1
    assert violations() == []


@pytest.mark.django_db
def test_a_return_that_comes_too_late_for_one_purchase_is_not_half_imported() -> None:
    run(PURCHASE)
    later = PURCHASE.replace("1001", "1002").replace("-01 ", "-02 ")
    spread = RETURN.replace(",-2,", ",-8,")
    for expected in (
        "read 3 = imported 1 + quarantined 1 + already there 1",
        "read 3 = imported 0 + quarantined 1 + already there 2",
    ):
        count, out = run(PURCHASE, later, spread)
        assert str(count) == expected
        assert [(line.row, line.reason) for line in out] == [(4, LATE_RETURN)]
    assert not OrderLine.objects.filter(refunded_quantity__gt=0).exists()
    assert not Refund.objects.exists()
    assert violations() == []


@pytest.mark.django_db
def test_a_past_order_is_not_claimed_here_because_its_money_lies_elsewhere() -> None:
    run(PURCHASE)
    order = Order.objects.get()
    draft = AfterSaleDraft(order.number, OrderLine.objects.get().pk, "return", 1, "quality")
    with clock.travel(order.placed_at + timedelta(days=5)), refused("ordering.not_claimable"):
        after_sale.request(make_staff(), draft, idempotency_key="k")


@pytest.mark.django_db
def test_a_return_may_be_spread_over_purchases_latest_first_and_undo_an_order() -> None:
    second = PURCHASE.replace("1001", "1002").replace("12-01", "12-02")
    count, _out = run(PURCHASE, second, RETURN.replace("-2", "-8"))
    assert count.imported == 3
    statuses = dict(Order.objects.values_list("idempotency_key", "status"))
    assert statuses == {"1001": "settled", "1002": "refunded"}
    assert dict(OrderLine.objects.values_list("order__idempotency_key", "refunded_quantity")) == {"1001": 2, "1002": 6}
    assert violations() == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (RETURN, NO_PURCHASE),
        (PURCHASE.replace("17850.0", ""), NO_CUSTOMER),
        (PURCHASE.replace("A1", "POST"), NO_GOODS),
        (PURCHASE.replace(",6,", ",-6,"), CORRECTION),
        (PURCHASE.replace(",6,", ",0,"), NO_QUANTITY),
        (PURCHASE.replace(",6,", ",1e3,"), NO_QUANTITY),
        (PURCHASE.replace("2.55", "0.00"), NO_PRICE),
        (PURCHASE.replace("2.55", "NaN"), NO_PRICE),
        (PURCHASE.replace("2.55", "0.001"), NOT_MINOR_UNITS),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_imported_says_why(row: str, reason: str) -> None:
    count, out = run(row)
    assert (count.quarantined, [line.reason for line in out], out[0].row) == (1, [reason], 2)
    assert Order.objects.count() == 0


def test_a_return_before_its_purchase_or_of_too_many_finds_none() -> None:
    early = RETURN.replace("12-05", "11-05")
    too_many = RETURN.replace("-2", "-7")
    other_price = RETURN.replace("2.55", "2.54")
    plan = match(read_lines([HEADER, PURCHASE, early, too_many, other_price]))
    assert [line.reason for line in plan.quarantined] == [NO_PURCHASE] * 3
    assert plan.documents[0].purchases[0].left == 6


def test_a_file_without_the_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="UnitPrice"):
        list(read_lines(["InvoiceNo,StockCode", "1,2"]))


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(-9, 9).filter(bool), st.integers(0, 20)), max_size=30))
def test_no_more_comes_back_than_was_bought_and_no_line_is_lost(acts: list[tuple[int, int, int]]) -> None:
    rows = [
        f"{'C' if quantity < 0 else ''}{1000 + index},G{goods},Thing,{quantity},2010-12-{1 + day:02d} 08:00:00,1.00,7,France"
        for index, (goods, quantity, day) in enumerate(acts)
    ]
    plan = match(read_lines([HEADER, *rows]))
    purchases = [one for document in plan.documents for one in document.purchases]
    assert all(one.left >= 0 and all(back.at >= one.line.at for back in one.returns) for one in purchases)
    returned = {back.row for one in purchases for back in one.returns}
    assert len(purchases) + len(returned) + len(plan.quarantined) == plan.read == len(acts)


def real_lines(limit: int | None) -> Iterator[PastLine | QuarantinedLine]:
    with lzma.open(REAL, "rt", encoding="utf-8-sig", newline="") as text:
        yield from islice(read_lines(text), limit)


@pytest.mark.django_db
def test_a_real_shops_past_adds_up() -> None:
    if not REAL.exists():
        pytest.skip("the real orders are not on this machine (shared/data/online_retail beside the project)")
    limit = None if os.environ.get(WHOLE) and connection.vendor == "sqlite" else PART
    plan = match(real_lines(limit))
    count = write(plan, quarantine=lambda _line: None)
    assert count.imported + count.quarantined == count.read == plan.read
    assert count.already == 0
    assert count.imported / count.read > 0.6
    assert violations() == []
    again = write(match(real_lines(limit)), quarantine=lambda _line: None)
    assert (again.imported, again.already) == (0, count.imported)
