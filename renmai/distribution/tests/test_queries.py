"""What an agent and the staff see."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

import pytest
from django.utils import translation

from renmai.accounts.models import Role
from renmai.distribution import actions, queries
from renmai.distribution.models import Agent, CommissionEntry
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel.errors import DomainError
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _standing(moving_clock: MovingClock) -> None:
    del moving_clock


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


def earned() -> Agent:
    agent = world.agent()
    kept = world.kept(agent, Goods(price_fen=50_000, quantity=2))
    world.sale(agent, Goods(price_fen=9_900)).pay()
    world.sale(agent, Goods(price_fen=20_000)).pay().receive()
    actions.request_withdrawal(agent.user, amount_fen=6_000, idempotency_key="k")
    kept.refund()
    return agent


def test_income_is_what_the_books_say() -> None:
    agent = earned()
    assert queries.income(agent.pk) == queries.IncomeSummary(
        created_fen=990,
        frozen_fen=2_000,
        available_fen=0,
        withdrawing_fen=6_000,
        withdrawn_fen=0,
        void_fen=0,
        clawed_back_fen=5_000,
        debt_fen=1_000,
        tax_fen=0,
    )


def test_nothing_earned_is_all_zero() -> None:
    assert set(vars(queries.income(world.agent().pk)).values()) == {0}


class TestStatement:
    def test_the_newest_first_with_signs_and_reasons(self) -> None:
        agent = earned()
        page = queries.statement(agent.pk)
        assert [(line.kind, line.effect, line.amount_fen) for line in page] == [
            ("debt", "out", -1_000),
            ("clawed_back", "out", -4_000),
            ("withdrawn", "out", -6_000),
            ("frozen", "moved", 2_000),
            ("created", "in", 2_000),
            ("created", "in", 990),
            ("thawed", "moved", 10_000),
            ("frozen", "moved", 10_000),
            ("created", "in", 10_000),
        ]
        assert page[2].withdrawal_number == agent.withdrawals.get().number
        assert page[3].thaw_at is not None
        assert page[8].order_number.startswith("R")

    def test_one_kind_alone_and_by_pages(self) -> None:
        agent = earned()
        page = queries.statement(agent.pk, kind="created", page=2, page_size=2)
        assert [line.amount_fen for line in page] == [10_000]
        assert (page.number, page.paginator.count, page.has_next()) == (2, 3, False)
        assert refusal(lambda: queries.statement(agent.pk, kind="bribes")) == "request.invalid"

    def test_a_line_opens_its_reason(self) -> None:
        agent = earned()
        entry = CommissionEntry.objects.get(kind="debt")
        with translation.override("en"):
            reason = queries.entry_reason(agent.user, entry.pk)
        assert reason.facts is not None
        assert reason.explanation == (
            f"1 of 2 pieces of order {reason.facts.order_number} were refunded after this commission had been used. "
            "Later commissions repay it first."
        )
        assert reason.facts.product_title == "Longjing"
        assert (reason.facts.base_fen, reason.facts.basis_points, reason.facts.commission_fen) == (100_000, 1000, 10_000)
        assert (reason.facts.quantity, reason.facts.refunded_quantity, reason.facts.reversed_fen) == (2, 1, 5_000)
        assert [line.kind for line in reason.related] == ["created", "frozen", "thawed", "clawed_back", "debt"]

    def test_every_kind_can_explain_itself_in_both_languages(self) -> None:
        agent = earned()
        first, second = world.owner(), world.owner()
        paid = agent.withdrawals.get()
        actions.review_withdrawal(first, paid.pk)
        actions.approve_withdrawal(second, paid.pk)
        actions.finish_withdrawal(paid.number, succeeded=True, provider="sandbox")
        world.kept(agent, Goods(price_fen=90_000))
        actions.reject_withdrawal(
            first, actions.request_withdrawal(agent.user, amount_fen=1_000, idempotency_key="r").pk, reason="The name differs."
        )
        world.sale(agent, Goods(quantity=2)).pay().refund()
        CommissionEntry.objects.create(agent=agent, withdrawal=paid, kind="tax", amount_fen=1, cause="t")
        seen = set()
        for entry in CommissionEntry.objects.order_by("pk"):
            with translation.override("en"):
                english = queries.entry_reason(agent.user, entry.pk).explanation
            with translation.override("zh-hans"):
                chinese = queries.entry_reason(agent.user, entry.pk).explanation
            assert english != chinese
            assert any("一" <= letter <= "鿿" for letter in chinese)
            seen.add(entry.kind)
        assert seen == set(CommissionEntry.Kind.values)

    def test_it_is_hers_alone(self) -> None:
        agent = earned()
        entry = CommissionEntry.objects.all()[0]
        for other in (world.user(), world.agent().user, world.staff(Role.MERCHANDISER), world.staff(Role.FULFILMENT)):
            assert refusal(partial(queries.entry_reason, other, entry.pk)) == "request.not_found"
        assert queries.entry_reason(world.staff(Role.FINANCE), entry.pk).line.entry_id == entry.pk
        assert refusal(lambda: queries.entry_reason(agent.user, 999_999)) == "request.not_found"

    @pytest.mark.parametrize("sales", [1, 20])
    def test_a_page_costs_two_statements(self, sales: int, statements: Statements) -> None:
        agent = world.agent()
        for _ in range(sales):
            world.sale(agent).pay()
        with statements(2):
            assert len(list(queries.statement(agent.pk))) == sales

    def test_income_costs_three_statements(self, statements: Statements) -> None:
        agent = earned()
        with statements(3):
            queries.income(agent.pk)


class TestAgents:
    def test_staff_see_what_each_earned(self, statements: Statements) -> None:
        agent = earned()
        quiet = world.agent()
        boss = world.owner()
        rows = list(queries.agents(boss))
        assert {row.agent.pk: (row.commissions, row.earned_fen, row.available_fen) for row in rows} == {
            agent.pk: (3, 7_990, 0),
            quiet.pk: (0, 0, 0),
        }
        with statements(4):
            list(queries.agents(boss))

    def test_by_name_phone_and_state(self) -> None:
        agent, other, boss = world.agent(), world.agent(), world.owner()
        actions.suspend(boss, other.pk, reason="x")
        assert [row.agent for row in queries.agents(boss, status="suspended")] == [other]
        assert [row.agent for row in queries.agents(boss, text=agent.user.phone or "")] == [agent]
        assert list(queries.agents(boss, text="nobody")) == []

    def test_others_may_not(self) -> None:
        agent = world.agent()
        for other in (world.user(), world.staff(Role.FULFILMENT), agent.user):
            assert refusal(partial(queries.agents, other)) == "request.forbidden"
        assert refusal(lambda: queries.access_agent(world.user(), agent.pk)) == "request.not_found"
        assert queries.access_agent(agent.user, agent.pk) == agent
        assert queries.access_agent(world.owner(), agent.pk) == agent


class TestWithdrawals:
    def test_the_queue_is_oldest_first(self, moving_clock: MovingClock) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=90_000))
        asked = []
        for key in "abc":
            asked.append(actions.request_withdrawal(agent.user, amount_fen=1_000, idempotency_key=key))
            moving_clock.advance(minutes=1)
        finance = world.staff(Role.FINANCE)
        actions.review_withdrawal(finance, asked[0].pk)
        assert list(queries.withdrawals(finance, status="requested")) == asked[1:]
        assert list(queries.withdrawals(finance)) == asked[::-1]
        assert list(queries.withdrawals_of(agent.pk)) == asked[::-1]
        counts = {row.status: row.count for row in queries.withdrawal_counts()}
        assert counts == {"requested": 2, "reviewed": 1, "approved": 0, "paid": 0, "rejected": 0, "failed": 0}

    def test_it_is_hers_and_the_deciders(self) -> None:
        agent = earned()
        withdrawal = agent.withdrawals.get()
        assert queries.access_withdrawal(agent.user, withdrawal.pk).parts.count() == 1
        assert queries.access_withdrawal(world.staff(Role.FINANCE), withdrawal.pk) == withdrawal
        for other in (world.user(), world.agent().user, world.staff(Role.MERCHANDISER)):
            assert refusal(partial(queries.access_withdrawal, other, withdrawal.pk)) == "request.not_found"
            assert refusal(partial(queries.withdrawals, other)) == "request.forbidden"

    def test_the_tax_can_be_seen_before(self) -> None:
        agent = world.agent()
        preview = queries.tax_preview(agent.pk, 1_000_000)
        # Joined this month: ¥10,000 − 2,000 − 5,000 = 3,000 × 3 % = ¥90.
        assert (preview.tax_fen, preview.net_fen, preview.months, preview.year) == (9_000, 991_000, 1, 2026)


def test_an_order_shows_who_earned_on_it() -> None:
    introducer = world.agent()
    agent = world.agent(introduced_by=introducer)
    sale = world.sale(agent, Goods(second_basis_points=100)).pay()
    rows = queries.commissions_of_order(sale.order.pk)
    assert [(row.agent, row.depth, row.amount_fen) for row in rows] == [(agent, 1, 1000), (introducer, 2, 100)]
    assert list(queries.commissions(agent.pk, status="created")) == [rows[0]]
    assert list(queries.commissions(agent.pk, status="void")) == []
