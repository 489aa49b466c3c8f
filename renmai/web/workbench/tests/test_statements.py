"""How many statements the pages send: the same for one row as for twenty."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from renmai.accounts.tests.factories import Statements, make_member
from renmai.care import actions as care
from renmai.distribution.tests.world import Goods, kept
from renmai.matching import selections
from renmai.matching.selections import Entry
from renmai.web.workbench.tests.world import Desk, agreed, bound, desk, link_to, picked, visit
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def fill_today(mine: Desk, number: int) -> None:
    for _row in range(number):
        visit(link_to(mine, picked(mine)), make_member())
        details: dict[str, str | int] = {"title_zh": "茶", "title_en": "Tea", "amount_fen": 5, "currency": "CNY"}
        care.notify(mine.user.pk, "commission_thawed", details=details, cause=f"test:{_row}")


def fill_shares(mine: Desk, number: int) -> None:
    for _row in range(number):
        visit(link_to(mine, picked(mine)), make_member())


def fill_customers(mine: Desk, number: int) -> None:
    for _row in range(number):
        bound(mine)


def fill_income(mine: Desk, number: int) -> None:
    for _row in range(number):
        kept(mine.agent, Goods())


def fill_goods(mine: Desk, number: int) -> None:
    for _row in range(number):
        picked(mine)


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize(
    ("page", "fill", "expected"),
    [
        ("today", fill_today, 24),
        ("shares", fill_shares, 9),
        ("customers", fill_customers, 11),
        ("income", fill_income, 9),
        ("shop", fill_goods, 10),
        ("shop_goods", fill_goods, 12),
        ("share_new", fill_goods, 12),
    ],
)
def test_a_page_sends_the_same_statements_for_one_row_and_for_twenty(
    statements: Statements, page: str, fill: Callable[[Desk, int], None], expected: int, rows: int
) -> None:
    mine = desk()
    fill(mine, rows)
    address = reverse(f"workbench:{page}")
    # The first request reads settings that stay in the cache for some seconds.
    mine.client.get(address)
    with statements(expected):
        mine.client.get(address)


@pytest.mark.parametrize("rows", [1, 20])
def test_what_to_share_today_costs_the_same_for_one_customer_and_for_twenty(
    statements: Statements, moving_clock: MovingClock, rows: int
) -> None:
    moving_clock.travel(moving_clock.now.replace(hour=4))
    mine = desk()
    fill_today(mine, 1)
    people = tuple(agreed(bound(mine)).pk for _row in range(rows))
    entries = [Entry(picked(mine, 100_000).pk, (), people) for _row in range(rows)]
    selections.keep("share", mine.user.pk, entries, strategy="personal")
    address = reverse("workbench:today")
    mine.client.get(address)
    with statements(32):
        assert "Suits above all" in mine.client.get(address).content.decode()


@pytest.mark.parametrize("people", [1, 20])
def test_a_link_sends_the_same_statements_for_one_visitor_and_for_twenty(statements: Statements, people: int) -> None:
    mine = desk()
    link = link_to(mine, picked(mine))
    for _number in range(people):
        visit(link, bound(mine))
    address = reverse("workbench:share_detail", args=[link.code])
    mine.client.get(address)
    with statements(30):
        mine.client.get(address)
