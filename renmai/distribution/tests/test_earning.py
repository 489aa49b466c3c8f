"""What a paid line promises, when it freezes and when it thaws."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from renmai.distribution import actions
from renmai.distribution.audit import violations
from renmai.distribution.models import Agent, Commission, CommissionEntry
from renmai.distribution.queries import income
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel.models import OutboxEvent
from renmai.ledger import chart
from renmai.ledger.queries import balance
from renmai.policy.models import SettingChange
from renmai.policy.queries import clear_cache
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


def test_a_paid_line_promises_its_frozen_rate_of_the_net_amount_without_freight(moving_clock: MovingClock) -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(price_fen=3333, quantity=3, discount_fen=500, basis_points=1250)).pay()
    (commission,) = Commission.objects.all()
    assert commission.base_fen == 9499
    assert commission.amount_fen == 1187
    assert (commission.basis_points, commission.depth, commission.status) == (1250, 1, "created")
    assert commission.order_line == sale.line
    assert commission.created_at == moving_clock.now
    assert balance(chart.agent_frozen(agent.pk)) == 1187
    assert balance(chart.commission_expense()) == 1187
    assert list(violations()) == []


def test_the_event_again_promises_nothing_more() -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(), Goods(price_fen=2000)).pay()
    assert actions.create_commissions(sale.order.pk) == 0
    assert Commission.objects.count() == 2
    assert balance(chart.agent_frozen(agent.pk)) == 1200
    assert OutboxEvent.objects.filter(name="distribution.CommissionCreated").count() == 2


def test_the_database_itself_refuses_a_second_commission_of_a_line_and_level() -> None:
    agent = world.agent()
    sale = world.sale(agent).pay()
    with pytest.raises(IntegrityError), transaction.atomic():
        Commission.objects.create(order_line=sale.line, agent=agent, basis_points=1, base_fen=1, amount_fen=1)


def test_an_own_purchase_earns_nothing() -> None:
    agent = world.agent()
    world.sale(agent, buyer=agent.user).pay()
    assert not Commission.objects.exists()


@pytest.mark.parametrize("status", [Agent.Status.SUSPENDED, Agent.Status.CLOSED])
def test_an_agent_who_is_not_active_earns_nothing(status: str) -> None:
    agent = world.agent()
    Agent.objects.update(status=status)
    world.sale(agent).pay()
    assert not Commission.objects.exists()


def test_an_order_without_an_agent_earns_nothing() -> None:
    world.sale(None).pay()
    assert not Commission.objects.exists()


def test_the_direct_model_pays_nobody() -> None:
    SettingChange.objects.create(key="shop.model", value="direct")
    clear_cache()
    world.sale(world.agent()).pay()
    assert not Commission.objects.exists()


def test_a_rate_that_comes_to_less_than_a_fen_promises_nothing() -> None:
    world.sale(world.agent(), Goods(price_fen=9, basis_points=1000)).pay()
    assert not Commission.objects.exists()


class TestSecondLevel:
    def test_pays_the_introducer_where_the_line_carries_a_second_rate(self) -> None:
        introducer = world.agent()
        agent = world.agent(introduced_by=introducer)
        world.sale(agent, Goods(second_basis_points=300), Goods(price_fen=5000)).pay()
        rows = Commission.objects.order_by("order_line_id", "depth").values_list("agent_id", "depth", "amount_fen")
        assert list(rows) == [(agent.pk, 1, 1000), (introducer.pk, 2, 300), (agent.pk, 1, 500)]
        assert list(violations()) == []

    def test_never_reaches_a_third(self) -> None:
        first = world.agent()
        second = world.agent(introduced_by=first)
        third = world.agent(introduced_by=second)
        world.sale(third, Goods(second_basis_points=300)).pay()
        assert not Commission.objects.filter(agent=first).exists()
        assert Commission.objects.count() == 2

    def test_pays_no_introducer_who_buys_herself(self) -> None:
        introducer = world.agent()
        agent = world.agent(introduced_by=introducer)
        world.sale(agent, Goods(second_basis_points=300), buyer=introducer.user).pay()
        assert list(Commission.objects.values_list("agent_id", flat=True)) == [agent.pk]

    def test_pays_no_suspended_introducer(self) -> None:
        introducer = world.agent()
        agent = world.agent(introduced_by=introducer)
        Agent.objects.filter(pk=introducer.pk).update(status=Agent.Status.SUSPENDED)
        world.sale(agent, Goods(second_basis_points=300)).pay()
        assert list(Commission.objects.values_list("agent_id", flat=True)) == [agent.pk]


class TestFreezingAndThawing:
    def test_receipt_freezes_until_the_end_of_the_window(self, moving_clock: MovingClock) -> None:
        agent = world.agent()
        world.sale(agent).pay().receive()
        (commission,) = Commission.objects.all()
        assert commission.status == "frozen"
        assert commission.thaw_at == moving_clock.now + world.WINDOW
        assert balance(chart.agent_frozen(agent.pk)) == 1000

    def test_a_settled_sale_thaws_when_its_time_has_come(self, moving_clock: MovingClock) -> None:
        agent = world.agent()
        world.sale(agent).pay().receive().settle()
        assert actions.thaw_due(10) == 0
        moving_clock.advance(days=8)
        assert actions.thaw_due(10) == 1
        assert actions.thaw_due(10) == 0
        (commission,) = Commission.objects.all()
        assert (commission.status, commission.thawed_at) == ("available", moving_clock.now)
        assert balance(chart.agent_frozen(agent.pk)) == 0
        assert balance(chart.agent_available(agent.pk)) == 1000
        assert list(CommissionEntry.objects.order_by("pk").values_list("kind", "amount_fen")) == [
            ("created", 1000),
            ("frozen", 1000),
            ("thawed", 1000),
        ]
        assert list(violations()) == []

    def test_an_order_that_is_not_settled_never_thaws(self, moving_clock: MovingClock) -> None:
        world.sale(world.agent()).pay().receive()
        moving_clock.advance(days=400)
        assert actions.thaw_due(10) == 0

    def test_an_order_that_was_never_received_never_thaws(self, moving_clock: MovingClock) -> None:
        sale = world.sale(world.agent()).pay()
        sale.settle()
        moving_clock.advance(days=400)
        assert actions.thaw_due(10) == 0
        assert actions.freeze_commissions(sale.order.pk) == 0

    def test_an_open_claim_holds_it(self, moving_clock: MovingClock) -> None:
        sale = world.sale(world.agent()).pay().receive().settle()
        claim = sale.claim()
        moving_clock.advance(days=8)
        assert actions.thaw_order(sale.order.pk) == 0
        claim.status = "rejected"
        claim.save()
        assert actions.thaw_order(sale.order.pk) == 1

    def test_a_claim_opened_since_it_was_found_due_holds_it(self, moving_clock: MovingClock) -> None:
        sale = world.sale(world.agent()).pay().receive()
        moving_clock.advance(days=9)
        sale.settle()
        is_open = False

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal is_open
            result = execute(sql, params, many, context)
            if not is_open:
                # Right after the sweep has read what is due.
                is_open = True
                sale.claim()
            return result

        with connection.execute_wrapper(note):
            assert actions.thaw_due(10) == 0
        assert Commission.objects.get().status == "frozen"

    def test_a_refund_whose_event_is_late_is_taken_back_before_the_thaw(self, moving_clock: MovingClock) -> None:
        agent = world.agent()
        sale = world.sale(agent, Goods(quantity=4)).pay().receive().settle()
        sale.line.claimed_quantity = sale.line.refunded_quantity = 1
        sale.line.save()
        moving_clock.advance(days=8)
        assert actions.thaw_due(10) == 1
        assert balance(chart.agent_available(agent.pk)) == 3000
        assert actions.reverse_for_line(sale.line.pk, cause="after_sale:1") == 0
        assert list(violations()) == []

    def test_events_in_the_wrong_order_come_to_the_same(self, moving_clock: MovingClock) -> None:
        agent = world.agent()
        sale = world.sale(agent, Goods(quantity=4))
        sale.receive()
        sale.refund(1)
        sale.order.status = "received"
        sale.pay()
        (commission,) = Commission.objects.all()
        assert (commission.status, commission.amount_fen, commission.reversed_fen) == ("frozen", 4000, 1000)
        assert commission.thaw_at == moving_clock.now + world.WINDOW
        assert income(agent.pk).frozen_fen == 3000

    def test_the_audit_sees_what_waits_too_long(self, moving_clock: MovingClock) -> None:
        sale = world.sale(world.agent()).pay()
        sale.receive()
        Commission.objects.update(status="created", thaw_at=None)
        moving_clock.advance(days=1)
        (late,) = violations()
        assert (late.invariant, late.detail) == ("9", "not frozen although the goods were received")
        Commission.objects.update(status="frozen", thaw_at=moving_clock.now - timedelta(days=1))
        sale.settle()
        moving_clock.advance(days=1)
        (late,) = violations()
        assert (late.invariant, late.detail) == ("9", "not thawed although the sale is kept")


@pytest.mark.parametrize("lines", [1, 20])
def test_a_paid_order_costs_the_same_statements_whatever_its_length(lines: int, statements: Statements) -> None:
    agent = world.agent()
    world.sale(agent).pay()
    sale = world.sale(agent, *[Goods()] * lines)
    sale.order.status, sale.order.paid_at = "paid", sale.order.placed_at
    sale.order.save()
    with statements(12):
        assert actions.create_commissions(sale.order.pk) == lines


def test_a_thaw_costs_few_statements(statements: Statements, moving_clock: MovingClock) -> None:
    agent = world.agent()
    world.kept(agent)
    world.sale(agent).pay().receive().settle()
    moving_clock.advance(days=9)
    with statements(11):
        assert actions.thaw_due(10) == 1
