"""Money leaves by two people's hands, once, with its tax; or comes back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from renmai.accounts.models import ActLog, Role, StaffRole, User
from renmai.distribution import actions, reactions
from renmai.distribution.audit import violations
from renmai.distribution.models import Agent, Commission, CommissionEntry, TaxYear, Withdrawal
from renmai.distribution.queries import income, tax_preview
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel.errors import DomainError
from renmai.kernel.models import OutboxEvent
from renmai.ledger import chart
from renmai.ledger.queries import balance
from renmai.payments.events import PayoutFinished
from renmai.payments.models import Payout
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _standing(moving_clock: MovingClock) -> None:
    del moving_clock


@pytest.fixture
def agent() -> Agent:
    earner = world.agent()
    world.kept(earner, Goods(price_fen=50_000))
    world.kept(earner, Goods(price_fen=30_000))
    return earner


@pytest.fixture
def first() -> User:
    return world.staff(Role.FINANCE)


@pytest.fixture
def second() -> User:
    return world.owner()


def ask(agent: Agent, amount_fen: int = 6000, key: str = "k") -> Withdrawal:
    return actions.request_withdrawal(agent.user, amount_fen=amount_fen, idempotency_key=key)


def approve(withdrawal: Withdrawal, first: User, second: User) -> Withdrawal:
    actions.review_withdrawal(first, withdrawal.pk)
    return actions.approve_withdrawal(second, withdrawal.pk)


def finish(withdrawal: Withdrawal, *, succeeded: bool) -> None:
    payout = Payout.objects.get(reference=withdrawal.number)
    reactions.on_payout_finished(PayoutFinished(payout.pk, withdrawal.number, succeeded))


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as caught:
        act()
    return caught.value.code


class TestAsking:
    def test_takes_the_oldest_commissions_first(self, agent: Agent) -> None:
        withdrawal = ask(agent)
        old, new = Commission.objects.order_by("pk")
        assert list(withdrawal.parts.order_by("pk").values_list("commission_id", "amount_fen")) == [
            (old.pk, 5000),
            (new.pk, 1000),
        ]
        assert (old.status, old.withdrawn_fen) == ("withdrawn", 5000)
        assert (new.status, new.withdrawn_fen) == ("available", 1000)
        assert (withdrawal.status, withdrawal.payee) == ("requested", "openid-1")
        assert balance(chart.agent_available(agent.pk)) == 2000
        assert balance(chart.agent_withdrawing(agent.pk)) == 6000
        assert list(violations()) == []

    def test_the_same_key_asks_once(self, agent: Agent) -> None:
        assert ask(agent) == ask(agent)
        assert Withdrawal.objects.count() == 1
        assert balance(chart.agent_available(agent.pk)) == 2000
        assert refusal(lambda: ask(agent, 7000)) == "request.repeated_key"

    @pytest.mark.parametrize("key", ["", "k" * 65, "a\x00b", "a\nb", "\ud800", "\u202e"])
    def test_keys_that_are_no_keys(self, agent: Agent, key: str) -> None:
        code = refusal(lambda: actions.request_withdrawal(agent.user, amount_fen=2000, idempotency_key=key))
        assert code == "request.invalid"
        assert not Withdrawal.objects.exists()

    def test_more_than_is_available_is_refused_and_nothing_moves(self, agent: Agent) -> None:
        assert refusal(lambda: ask(agent, 8001)) == "distribution.not_enough"
        assert not Withdrawal.objects.exists()
        assert income(agent.pk).available_fen == 8000

    def test_what_is_frozen_is_not_available(self, agent: Agent) -> None:
        world.sale(agent, Goods(price_fen=100_000)).pay().receive()
        assert refusal(lambda: ask(agent, 8001)) == "distribution.not_enough"

    @pytest.mark.parametrize(
        ("amount_fen", "code"), [(999, "distribution.below_minimum"), (0, "money.amount"), (-5, "money.amount")]
    )
    def test_small_and_strange_amounts_are_refused(self, agent: Agent, amount_fen: int, code: str) -> None:
        assert refusal(lambda: ask(agent, amount_fen)) == code

    def test_only_agents_ask(self) -> None:
        stranger = world.user()
        code = refusal(lambda: actions.request_withdrawal(stranger, amount_fen=1000, idempotency_key="k"))
        assert code == "distribution.not_agent"

    def test_a_suspended_agent_waits_a_closed_one_still_gets_hers(self, agent: Agent) -> None:
        Agent.objects.update(status=Agent.Status.SUSPENDED)
        assert refusal(lambda: ask(agent)) == "distribution.not_active"
        Agent.objects.update(status=Agent.Status.CLOSED)
        assert ask(agent).status == "requested"

    def test_somebody_must_be_paid(self, agent: Agent) -> None:
        Agent.objects.update(payout_account="")
        assert refusal(lambda: ask(agent)) == "distribution.no_payout_account"

    @pytest.mark.parametrize("parts", [1, 20])
    def test_the_statements_do_not_grow_with_the_parts(self, parts: int, statements: Statements) -> None:
        earner = world.agent()
        for _ in range(parts):
            world.kept(earner, Goods(price_fen=100_000))
        world.kept(earner)
        with statements(15):
            ask(earner, parts * 10_000 + 500)


class TestDeciding:
    def test_nothing_is_paid_to_an_agent_who_was_suspended_after_she_asked(self, agent: Agent, first: User, second: User) -> None:
        withdrawal = ask(agent)
        actions.review_withdrawal(first, withdrawal.pk)
        actions.suspend(world.owner(), agent.pk, reason="fraud is suspected")
        assert refusal(lambda: actions.approve_withdrawal(second, withdrawal.pk)) == "distribution.status"
        assert not Payout.objects.exists()
        actions.reactivate(world.owner(), agent.pk, reason="it was none")
        assert actions.approve_withdrawal(second, withdrawal.pk).status == "approved"

    def test_two_people_and_then_the_provider(self, agent: Agent, first: User, second: User) -> None:
        withdrawal = ask(agent)
        actions.review_withdrawal(first, withdrawal.pk, ip_address="10.0.0.1")
        assert not Payout.objects.exists()
        approved = actions.approve_withdrawal(second, withdrawal.pk)
        assert (approved.status, approved.tax_fen) == ("approved", 0)
        payout = Payout.objects.get()
        assert (payout.reference, payout.payee, payout.amount_fen, payout.provider) == (
            withdrawal.number,
            "openid-1",
            6000,
            "sandbox",
        )
        assert list(ActLog.objects.order_by("pk").values_list("actor", "act", "ip_address")) == [
            (first.pk, "withdrawal.reviewed", "10.0.0.1"),
            (second.pk, "withdrawal.approved", None),
        ]
        finish(withdrawal, succeeded=True)
        withdrawal.refresh_from_db()
        assert withdrawal.status == "paid"
        assert balance(chart.agent_withdrawing(agent.pk)) == 0
        assert balance(chart.provider("sandbox")) == -6000
        assert income(agent.pk).withdrawn_fen == 6000
        assert list(violations()) == []

    def test_one_person_is_not_two(self, agent: Agent, second: User) -> None:
        withdrawal = ask(agent)
        actions.review_withdrawal(second, withdrawal.pk)
        assert refusal(lambda: actions.approve_withdrawal(second, withdrawal.pk)) == "distribution.same_person"
        assert Withdrawal.objects.get().status == "reviewed"

    def test_the_database_itself_refuses_one_person_twice(self, agent: Agent, second: User) -> None:
        withdrawal = ask(agent)
        with pytest.raises(IntegrityError), transaction.atomic():
            Withdrawal.objects.filter(pk=withdrawal.pk).update(reviewed_by=second, approved_by=second)

    def test_nobody_decides_on_her_own(self, agent: Agent, first: User) -> None:
        agent.user.is_staff = True
        agent.user.save()
        StaffRole.objects.create(user=agent.user, role=Role.OWNER)
        withdrawal = ask(agent)
        own = agent.user
        assert refusal(lambda: actions.review_withdrawal(own, withdrawal.pk)) == "distribution.own_withdrawal"
        actions.review_withdrawal(first, withdrawal.pk)
        assert refusal(lambda: actions.approve_withdrawal(own, withdrawal.pk)) == "distribution.own_withdrawal"
        assert refusal(lambda: actions.reject_withdrawal(own, withdrawal.pk, reason="x")) == "distribution.own_withdrawal"

    @pytest.mark.parametrize("role", [Role.MERCHANDISER, Role.FULFILMENT, Role.SERVICE, Role.ANALYST, Role.AUDITOR, None])
    def test_others_may_not_and_nothing_changes(self, agent: Agent, first: User, role: str | None) -> None:
        other = world.staff(role) if role else world.user()
        withdrawal = ask(agent)
        assert refusal(lambda: actions.review_withdrawal(other, withdrawal.pk)) == "request.forbidden"
        assert refusal(lambda: actions.reject_withdrawal(other, withdrawal.pk, reason="no")) == "request.forbidden"
        actions.review_withdrawal(first, withdrawal.pk)
        assert refusal(lambda: actions.approve_withdrawal(other, withdrawal.pk)) == "request.forbidden"
        assert Withdrawal.objects.get().status == "reviewed"
        assert not Payout.objects.exists()

    def test_no_step_is_skipped_or_repeated(self, agent: Agent, first: User, second: User) -> None:
        withdrawal = ask(agent)
        assert refusal(lambda: actions.approve_withdrawal(second, withdrawal.pk)) == "request.conflict"
        actions.review_withdrawal(first, withdrawal.pk)
        assert refusal(lambda: actions.review_withdrawal(first, withdrawal.pk)) == "request.conflict"
        actions.approve_withdrawal(second, withdrawal.pk)
        assert refusal(lambda: actions.approve_withdrawal(second, withdrawal.pk)) == "request.conflict"
        assert refusal(lambda: actions.reject_withdrawal(first, withdrawal.pk, reason="late")) == "request.conflict"
        assert Payout.objects.count() == 1
        assert TaxYear.objects.get().income_fen == 6000

    @pytest.mark.parametrize("reviewed", [False, True])
    def test_a_rejection_brings_everything_back(self, agent: Agent, first: User, second: User, reviewed: bool) -> None:
        withdrawal = ask(agent)
        if reviewed:
            actions.review_withdrawal(first, withdrawal.pk)
        assert refusal(lambda: actions.reject_withdrawal(second, withdrawal.pk, reason=" ")) == "distribution.reason"
        rejected = actions.reject_withdrawal(second, withdrawal.pk, reason="The name does not match.")
        assert (rejected.status, rejected.reason) == ("rejected", "The name does not match.")
        assert income(agent.pk).available_fen == 8000
        assert list(Commission.objects.values_list("status", "withdrawn_fen")) == [("available", 0), ("available", 0)]
        assert CommissionEntry.objects.filter(kind="returned").get().amount_fen == 6000
        assert list(violations()) == []


class TestPaying:
    def test_a_failed_payment_brings_money_and_tax_year_back(self, agent: Agent, first: User, second: User) -> None:
        world.kept(agent, Goods(price_fen=10_000_000))
        withdrawal = approve(ask(agent, 1_000_000), first, second)
        assert withdrawal.tax_fen > 0
        finish(withdrawal, succeeded=False)
        withdrawal.refresh_from_db()
        assert withdrawal.status == "failed"
        assert income(agent.pk).available_fen == 1_008_000
        assert TaxYear.objects.values_list("income_fen", "withheld_fen").get() == (0, 0)
        assert balance(chart.tax_payable()) == 0
        assert list(violations()) == []

    @pytest.mark.parametrize("succeeded", [True, False])
    def test_the_report_twice_changes_nothing(self, agent: Agent, first: User, second: User, succeeded: bool) -> None:
        withdrawal = approve(ask(agent), first, second)
        finish(withdrawal, succeeded=succeeded)
        before = income(agent.pk)
        finish(withdrawal, succeeded=succeeded)
        assert income(agent.pk) == before
        assert list(violations()) == []

    def test_a_report_that_contradicts_the_first_is_an_error(self, agent: Agent, first: User, second: User) -> None:
        withdrawal = approve(ask(agent), first, second)
        finish(withdrawal, succeeded=True)
        assert refusal(lambda: finish(withdrawal, succeeded=False)) == "request.conflict"
        assert income(agent.pk).withdrawn_fen == 6000

    def test_tax_is_withheld_cumulatively_over_the_year(self, first: User, second: User, moving_clock: MovingClock) -> None:
        agent = world.agent()
        Agent.objects.update(joined_at=datetime(2026, 2, 20, tzinfo=UTC))
        world.kept(agent, Goods(price_fen=40_000_000))
        # March, the second month: ¥20,000 − 4,000 − 10,000 = 6,000 × 3 % = ¥180.
        assert tax_preview(agent.pk, 2_000_000).tax_fen == 18_000
        march = approve(ask(agent, 2_000_000, "march"), first, second)
        assert march.tax_fen == 18_000
        finish(march, succeeded=True)
        assert balance(chart.tax_payable()) == 18_000
        assert balance(chart.provider("sandbox")) == -1_982_000
        moving_clock.advance(days=31)
        # April: ¥40,000 − 8,000 − 15,000 = 17,000 × 3 % = ¥510, less ¥180.
        april = approve(ask(agent, 2_000_000, "april"), first, second)
        assert april.tax_fen == 33_000
        finish(april, succeeded=True)
        kinds = CommissionEntry.objects.filter(withdrawal=april).order_by("pk").values_list("kind", "amount_fen")
        assert list(kinds) == [("withdrawn", 2_000_000), ("paid", 1_967_000), ("tax", 33_000)]
        assert income(agent.pk).tax_fen == 51_000
        assert list(violations()) == []

    def test_a_new_year_begins_anew(self, first: User, second: User, moving_clock: MovingClock) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=40_000_000))
        old = approve(ask(agent, 2_000_000, "old"), first, second)
        moving_clock.travel(datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
        # January again, one month: ¥20,000 − 4,000 − 5,000 = 11,000 × 3 % = ¥330.
        new = approve(ask(agent, 2_000_000, "new"), first, second)
        assert new.tax_fen == 33_000
        finish(old, succeeded=False)
        assert dict(TaxYear.objects.values_list("year", "income_fen")) == {2026: 0, 2027: 2_000_000}

    def test_a_report_about_something_else_is_not_ours(self, agent: Agent) -> None:
        actions.finish_withdrawal("S1", succeeded=True, provider="sandbox")
        assert income(agent.pk).withdrawn_fen == 0

    def test_everybody_hears_of_it(self, agent: Agent, first: User, second: User) -> None:
        withdrawal = approve(ask(agent), first, second)
        finish(withdrawal, succeeded=True)
        events = OutboxEvent.objects.filter(name="distribution.WithdrawalDecided").order_by("pk")
        assert [row.payload["status"] for row in events] == ["approved", "paid"]

    def test_the_audit_sees_what_waits_too_long(self, agent: Agent, first: User, second: User, moving_clock: MovingClock) -> None:
        withdrawal = ask(agent)
        moving_clock.advance(days=31)
        assert [str(found) for found in violations()] == [
            f"[9] withdrawal {withdrawal.pk}: waits for a decision for over 30 days"
        ]
        approve(withdrawal, first, second)
        assert list(violations()) == []
        moving_clock.advance(days=4)
        assert [found.detail for found in violations()] == ["approved over 3 days ago and not paid"]
