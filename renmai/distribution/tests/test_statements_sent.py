"""How many statements each movement of money sends: pinned, so that nobody makes a purchase slower without noticing."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from renmai.distribution import actions
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.ordering.models import OrderLine
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _standing(moving_clock: MovingClock) -> None:
    del moving_clock


def refund_one(line: OrderLine) -> None:
    OrderLine.objects.filter(pk=line.pk).update(claimed_quantity=1, refunded_quantity=1)


def test_a_refund_before_the_thaw(statements: Statements) -> None:
    sale = world.sale(world.agent()).pay()
    refund_one(sale.line)
    with statements(9):
        assert actions.reverse_for_line(sale.line.pk, cause="after_sale:1") == 1000
    with statements(3):
        assert actions.reverse_for_line(sale.line.pk, cause="after_sale:1") == 0


@pytest.mark.parametrize("others", [1, 20])
def test_a_refund_after_the_withdrawal_that_other_commissions_repay(statements: Statements, others: int) -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(price_fen=200_000))
    actions.request_withdrawal(agent.user, amount_fen=20_000, idempotency_key="k")
    for _ in range(others):
        world.kept(agent, Goods(price_fen=200_000 // others))
    refund_one(sale.line)
    with statements(16):
        assert actions.reverse_for_line(sale.line.pk, cause="after_sale:1") == 20_000


def test_a_decision_and_its_payment(statements: Statements) -> None:
    agent = world.agent()
    world.kept(agent, Goods(price_fen=100_000))
    withdrawal = actions.request_withdrawal(agent.user, amount_fen=5_000, idempotency_key="k")
    first, second = world.owner(), world.owner()
    with statements(4):
        actions.review_withdrawal(first, withdrawal.pk)
    with statements(11):
        actions.approve_withdrawal(second, withdrawal.pk)
    with statements(10):
        actions.finish_withdrawal(withdrawal.number, succeeded=True, provider="sandbox")
