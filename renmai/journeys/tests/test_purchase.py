"""A whole purchase: what it does, and what it costs the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from renmai.campaigns.queries import open_campaigns
from renmai.journeys import paying, settling
from renmai.journeys.tests.world import (
    RETURN_URL,
    agent_with_shop,
    at_cashier,
    buy,
    comes_through,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    place,
    settle_down,
    stock,
    violations,
)
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ordering.actions import progress
from renmai.ordering.models import Shipment
from renmai.payments.models import Payment
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 60
STATEMENTS = 36


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement of the block."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def is_ours(sql: str) -> bool:
    """Whether a statement is ours: the sandbox's own book stands for another company. Savepoints are BEGIN and COMMIT in production."""
    return "SAVEPOINT" not in sql and "payments_sandbox" not in sql


def test_from_a_shared_link_to_revenue(moving_clock: MovingClock) -> None:
    _agent, shop = agent_with_shop()
    who, (peach, cloth) = customer(), goods(2, price_fen=5000)
    comes_through(who, shop)
    order = buy(who, [(peach, 2), (cloth, 1)])
    assert (order.goods_fen, order.freight_fen, order.payable_fen) == (15000, 1600, 16600)
    assert (order.shop_id, order.funnel) == (shop.pk, "social")
    assert Shipment.objects.filter(order=order).count() == 2
    assert stock(peach) == (18, 0, 2)
    assert ledger.balance(chart.customers_prepaid(), "CNY") == 16600
    assert violations() == []
    Shipment.objects.update(status="shipped")
    assert progress.leave_when_all_left(fresh(order))
    assert progress.mark_received(order.pk)
    settle_down()
    moving_clock.travel(end_of_window(order))
    assert settling.settle_due(10) == 1
    assert settling.settle_due(10) == 0
    assert ledger.balance(chart.customers_prepaid(), "CNY") == 0
    assert ledger.balance(chart.revenue(), "CNY") == 16600
    settle_down()
    assert violations() == []


@pytest.mark.parametrize("number", [1, 20])
def test_a_purchase_costs_at_most_sixty_statements(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    _agent, shop = agent_with_shop()
    who = customer()
    skus = goods(number)
    comes_through(who, shop)
    open_campaigns()  # a process asks what is open once in five seconds, not once a purchase
    with counted() as placing:
        order = place(who, [(sku, 1) for sku in skus])
    with counted() as starting:
        paying.start(who.user, order.number, return_url=RETURN_URL)
    payment = Payment.objects.get(reference=order.number)
    with counted() as capturing:
        at_cashier(payment)
    assert fresh(order).status == "paid"
    requests = {"place": placing, "start": starting, "capture": capturing}
    ours = {name: [sql for sql in sent if is_ours(sql)] for name, sent in requests.items()}
    total = sum(len(sent) for sent in ours.values())
    with capsys.disabled():
        parts = ", ".join(f"{name} {len(sent)}" for name, sent in ours.items())
        print(f"\nwhole purchase of {number} lines: {total} statements ({parts})")
    # Only the rows of stock are touched one by one, when they are reserved and when they are sold.
    assert total == STATEMENTS + 2 * (number - 1)
    assert total <= MOST_STATEMENTS or number > 1
    assert len(lines(order)) == number
