"""How many statements the pages send: the same for one row as for twenty."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from renmai.accounts.tests.factories import Statements, make_member
from renmai.care import actions as care
from renmai.distribution.tests.world import Goods, kept
from renmai.web.workbench.tests.world import Desk, bound, desk, link_to, picked, visit

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
        ("today", fill_today, 23),
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


@pytest.mark.parametrize("people", [1, 20])
def test_a_link_sends_the_same_statements_for_one_visitor_and_for_twenty(statements: Statements, people: int) -> None:
    mine = desk()
    link = link_to(mine, picked(mine))
    for _number in range(people):
        visit(link, bound(mine))
    address = reverse("workbench:share_detail", args=[link.code])
    mine.client.get(address)
    with statements(25):
        mine.client.get(address)
