"""Refunds take commission back by quantity, wherever the money has got to."""

import pytest

from renmai.distribution import actions
from renmai.distribution.audit import violations
from renmai.distribution.models import Commission, CommissionEntry
from renmai.distribution.queries import income
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel.models import OutboxEvent
from renmai.ledger import chart
from renmai.ledger.queries import balance
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(moving_clock: MovingClock) -> None:
    del moving_clock


def entries() -> list[tuple[str, int]]:
    return list(CommissionEntry.objects.order_by("pk").values_list("kind", "amount_fen"))


def reversed_events() -> list[tuple[int, int, int]]:
    rows = OutboxEvent.objects.filter(name="distribution.CommissionReversed").order_by("pk")
    return [(row.payload["amount_fen"], row.payload["debt_fen"], row.payload["reversed_fen"]) for row in rows]


def test_piece_by_piece_exactly_everything_is_taken_back() -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(price_fen=1000, quantity=3, basis_points=333)).pay()
    assert [sale.refund(), sale.refund(), sale.refund()] == [33, 33, 33]
    (commission,) = Commission.objects.all()
    assert (commission.amount_fen, commission.reversed_fen, commission.status) == (99, 99, "void")
    assert balance(chart.agent_frozen(agent.pk)) == 0
    assert balance(chart.commission_expense()) == 0
    assert reversed_events() == [(33, 0, 33), (33, 0, 66), (33, 0, 99)]
    assert list(violations()) == []


def test_shares_that_do_not_divide_still_add_up() -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(price_fen=100, quantity=3, basis_points=3334)).pay()
    assert Commission.objects.get().amount_fen == 100
    assert [sale.refund(), sale.refund(), sale.refund()] == [33, 33, 34]
    assert balance(chart.agent_frozen(agent.pk)) == 0


def test_the_same_event_again_takes_nothing_more() -> None:
    sale = world.sale(world.agent(), Goods(quantity=2)).pay()
    assert sale.refund() == 1000
    assert actions.reverse_for_line(sale.line.pk, cause="after_sale:1") == 0
    assert len(reversed_events()) == 1


def test_before_the_thaw_it_is_void() -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(quantity=2)).pay().receive()
    sale.refund()
    assert entries() == [("created", 2000), ("frozen", 2000), ("voided", 1000)]
    assert Commission.objects.get().status == "frozen"
    assert income(agent.pk).frozen_fen == 1000


def test_after_the_thaw_it_is_clawed_back_from_the_wallet() -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(quantity=2))
    sale.refund()
    assert entries()[-1] == ("clawed_back", 1000)
    assert balance(chart.agent_available(agent.pk)) == 1000
    assert Commission.objects.get().status == "available"
    sale.refund()
    assert Commission.objects.get().status == "void"
    assert balance(chart.agent_available(agent.pk)) == 0
    assert list(violations()) == []


def test_after_the_withdrawal_it_is_owed_and_the_next_commission_repays_it_first() -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(quantity=2))
    actions.request_withdrawal(agent.user, amount_fen=2000, idempotency_key="1")
    sale.refund()
    assert entries()[-1] == ("debt", 1000)
    assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (1000, 0)
    assert reversed_events() == [(1000, 1000, 1000)]
    world.kept(agent, Goods(price_fen=6000))
    assert entries()[-2:] == [("thawed", 600), ("repaid", 600)]
    assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (400, 0)
    world.kept(agent)
    assert entries()[-1] == ("repaid", 400)
    assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (0, 600)
    assert balance(chart.agent_debt(agent.pk)) == 0
    assert list(violations()) == []


def test_half_withdrawn_takes_what_is_left_and_owes_the_rest() -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(quantity=2))
    actions.request_withdrawal(agent.user, amount_fen=1500, idempotency_key="1")
    sale.refund()
    assert entries()[-2:] == [("clawed_back", 500), ("debt", 500)]
    assert Commission.objects.get().status == "withdrawn"
    assert list(violations()) == []


def test_what_other_commissions_left_in_the_wallet_repays_at_once() -> None:
    agent = world.agent()
    first = world.kept(agent)
    second = world.kept(agent)
    actions.request_withdrawal(agent.user, amount_fen=1000, idempotency_key="1")
    first.refund()
    assert entries()[-2:] == [("debt", 1000), ("repaid", 1000)]
    assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (0, 0)
    # The second sale comes back too: its money repaid the first one's debt, so now it is owed.
    second.refund()
    assert entries()[-1] == ("debt", 1000)
    assert income(agent.pk).debt_fen == 1000
    assert list(violations()) == []


def test_a_withdrawal_that_comes_back_repays_first() -> None:
    agent = world.agent()
    sale = world.kept(agent, Goods(quantity=2))
    withdrawal = actions.request_withdrawal(agent.user, amount_fen=2000, idempotency_key="1")
    sale.refund()
    actions.reject_withdrawal(world.owner(), withdrawal.pk, reason="account closed")
    assert entries()[-2:] == [("returned", 2000), ("repaid", 1000)]
    assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (0, 1000)
    assert Commission.objects.get().status == "available"
    assert list(violations()) == []


def test_returned_money_of_a_void_commission_is_still_hers_when_others_paid_its_debt() -> None:
    agent = world.agent()
    sale = world.kept(agent)
    withdrawal = actions.request_withdrawal(agent.user, amount_fen=1000, idempotency_key="1")
    sale.refund()
    world.kept(agent)
    assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (0, 0)
    actions.reject_withdrawal(world.owner(), withdrawal.pk, reason="wrong name")
    assert income(agent.pk).available_fen == 1000
    again = actions.request_withdrawal(agent.user, amount_fen=1000, idempotency_key="2")
    assert [part.commission.status for part in again.parts.select_related("commission")] == ["void"]
    assert list(violations()) == []


def test_only_the_refunded_line_is_touched() -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(), Goods(price_fen=4000)).pay()
    sale.refund(line=sale.lines[1])
    assert list(Commission.objects.order_by("pk").values_list("reversed_fen", flat=True)) == [0, 400]


def test_both_levels_go_back() -> None:
    introducer = world.agent()
    agent = world.agent(introduced_by=introducer)
    sale = world.sale(agent, Goods(second_basis_points=300)).pay()
    assert sale.refund() == 1300
    assert balance(chart.agent_frozen(introducer.pk)) == 0


def test_the_audit_sees_a_refund_that_was_never_taken_back_unless_its_event_is_on_its_way() -> None:
    sale = world.sale(world.agent(), Goods(quantity=2)).pay()
    sale.line.claimed_quantity = sale.line.refunded_quantity = 1
    sale.line.save()
    (found,) = violations()
    assert (found.invariant, found.detail) == ("6", "0 of 2000 reversed, 1 of 2 pieces were refunded")
    OutboxEvent.objects.create(
        name="ordering.LineRefunded",
        payload={"after_sale_id": 1, "order_id": sale.order.pk, "order_line_id": sale.line.pk, "quantity": 1},
    )
    assert list(violations()) == []
