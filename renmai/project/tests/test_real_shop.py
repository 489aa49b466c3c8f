"""The import of a real shop's past fills the operator's pages, and each figure is the one that the file itself gives.

Every twentieth customer of the file, with all her lines. What is recomputed here reads the file by itself, without the import's code.
"""

import csv
import lzma
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.insight.portraits.models import Portrait
from renmai.insight.queries import Period
from renmai.insight.value import actions, queries
from renmai.insight.value.models import Worth
from renmai.insight.value.tests.logs import RETAIL, real
from renmai.kernel import clock
from renmai.ordering.models import ImportedBuyer
from renmai.project import orders_import
from renmai.web.console.tests.scene import browser_of

EVERY, WHICH = 20, 3
NO_GOODS = {"POST", "DOT", "C2", "M", "D", "S", "B", "PADS", "CRUK", "AMAZONFEE", "BANK CHARGES"}
AFTERWARDS = datetime(2011, 10, 1, 12, tzinfo=UTC)


@dataclass
class Bought:
    """A line of an invoice: when, how much of it is left, and at which price in pence."""

    at: datetime
    invoice: str
    left: int
    price: int


@dataclass
class Customer:
    """What the file says of one customer."""

    lines: dict[tuple[str, int], list[Bought]] = field(default_factory=lambda: defaultdict(list))

    def kept(self) -> dict[str, tuple[date, int]]:
        """Return day and amount of each invoice of which something was kept."""
        sums: dict[str, tuple[date, int]] = {}
        for each in (one for some in self.lines.values() for one in some):
            day = (each.at + timedelta(hours=8)).date()
            sums[each.invoice] = (day, sums.get(each.invoice, (day, 0))[1] + each.left * each.price)
        return {invoice: pair for invoice, pair in sums.items() if pair[1]}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with lzma.open(real(RETAIL), "rt", encoding="utf-8-sig", newline="") as text:
        return [row for row in csv.DictReader(text) if row["CustomerID"] and float(row["CustomerID"]) % EVERY == WHICH]


@pytest.fixture
def past(rows: list[dict[str, str]], tmp_path: Path) -> Path:
    path = tmp_path / "past.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def by_hand(rows: list[dict[str, str]]) -> dict[str, Customer]:
    """Go through the lines as the documentation of the format says: purchases, and returns off the latest purchase of the same at the same price."""
    found: dict[str, Customer] = defaultdict(Customer)
    for row in sorted(usable(rows), key=lambda row: (row["InvoiceDate"], row["InvoiceNo"].startswith("C"))):
        price = int(Decimal(row["UnitPrice"]) * 100)
        customer = found[row["CustomerID"].removesuffix(".0")]
        same = customer.lines[row["StockCode"].strip(), price]
        pieces = int(row["Quantity"])
        at = datetime.strptime(row["InvoiceDate"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        if pieces > 0:
            same.append(Bought(at, row["InvoiceNo"], pieces, price))
        elif sum(each.left for each in same) >= -pieces:
            for each in reversed(same):
                taken = min(each.left, -pieces)
                each.left, pieces = each.left - taken, pieces + taken
    return found


def usable(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    for row in rows:
        price, back = Decimal(row["UnitPrice"]), row["InvoiceNo"].startswith("C")
        code, pieces = row["StockCode"].strip(), int(row["Quantity"])
        if code.upper() in NO_GOODS or code.lower().startswith("gift_") or not pieces or back != (pieces < 0):
            continue
        if price > 0 and price * 100 == int(price * 100):
            yield row


@pytest.mark.django_db
def test_a_real_shops_past_fills_the_pages(rows: list[dict[str, str]], past: Path) -> None:
    orders_import.run(Namespace(file=past, quarantine=past.with_suffix(".out")))
    kept = {customer: found for customer, each in by_hand(rows).items() if (found := each.kept())}
    assert len(kept) > 100
    names = dict(ImportedBuyer.objects.values_list("user_id", "key"))
    portraits = {names[row.user_id]: row for row in Portrait.objects.filter(user__in=names)}
    assert {name for name, row in portraits.items() if row.orders} == kept.keys()
    assert {name: (row.orders, row.spent_fen) for name, row in portraits.items() if row.orders} == {
        name: (len(found), sum(pence for _day, pence in found.values())) for name, found in kept.items()
    }
    with clock.travel(AFTERWARDS):
        assert actions.learn_anew(1) == 1
        while actions.work_out(1000):
            pass
        standing = queries.standing()
        back = queries.coming_back(Period(date(2010, 12, 1), date(2011, 9, 30)))
    days = {name: sorted({day for day, _pence in found.values()}) for name, found in kept.items()}
    assert standing is not None
    assert (standing.customers, standing.model.customers, standing.model.orders) == (
        len(kept),
        len(kept),
        sum(map(len, days.values())),
    )
    assert standing.model.kind == "fitted"
    assert standing.value_fen > 0
    assert {names[row.user_id]: (row.orders, row.kept_fen) for row in Worth.objects.all()} == {
        name: (len(days[name]), sum(pence for _day, pence in found.values())) for name, found in kept.items()
    }
    assert {names[user]: [date.fromordinal(day) for day in bought] for user, bought in back.people.items()} == days
    for window in back.windows:
        ripe = [each for each in days.values() if (date(2011, 10, 1) - each[0]).days > window.days]
        came = [each for each in ripe if len(each) > 1 and (each[1] - each[0]).days <= window.days]
        assert (window.customers, window.returned) == (len(ripe), len(came))
    months: dict[date, int] = defaultdict(int)
    for each in days.values():
        months[each[0].replace(day=1)] += 1
    assert {cohort.month: cohort.customers for cohort in back.cohorts} == months
    assert back.windows[1].returned > 10


@pytest.mark.django_db
def test_the_pages_show_a_past_that_ended_long_ago(past: Path) -> None:
    orders_import.run(Namespace(file=past, quarantine=past.with_suffix(".out")))
    actions.learn_anew(1)
    while actions.work_out(1000):
        pass
    owner = browser_of(make_staff(Role.OWNER, username="owner"))
    owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    worth = shown(owner, "console:value")
    assert "Nobody bought anything after 2011-09-" in worth
    best = Worth.objects.order_by("-value_fen").select_related("user")[0]
    assert best.user.display_name in worth
    assert best.value_fen > 0
    assert "The year up to the last purchase" in shown(owner, "console:retention")
    assert 'class="heat-9"' in shown(owner, "console:retention", "?from=2010-12-01&to=2011-09-30")
    assert best.user.display_name in shown(owner, "console:customer", "", best.user_id)
    assert "Customer " in shown(owner, "console:customers", "?sort=spent")


def shown(client: Client, name: str, query: str = "", *args: int) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()
