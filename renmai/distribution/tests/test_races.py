"""Two people at once, and processes that die halfway: each fen moves once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from renmai.distribution import actions
from renmai.distribution.audit import violations
from renmai.distribution.models import Agent, Commission, CommissionEntry, TaxYear, Withdrawal
from renmai.distribution.queries import IncomeSummary, income
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.ledger.audit import violations as ledger_violations
from renmai.payments.models import Payout
from tools.testing.together import Act, at_once, every_interleaving

WRITES = ("INSERT", "UPDATE", "DELETE")


def clean() -> bool:
    return not [*violations(), *ledger_violations()]


class Killed(BaseException):
    """The process dies here."""


@contextmanager
def dying_at(write: int) -> Iterator[list[str]]:
    """Die before the ``write``-th statement that writes; yields what was sent."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            sent.append(sql)
            if len(sent) == write:
                raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_withdrawals_of_everything_one_wins(self) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=50_000))
        ask = [
            lambda key=key: actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key=key).status for key in "abcd"
        ]
        assert sorted(map(str, at_once(*ask))) == ["distribution.not_enough"] * 3 + ["requested"]
        assert income(agent.pk).withdrawing_fen == 5000
        assert clean()

    def test_one_form_sent_many_times_at_once_asks_once(self) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=50_000))
        ask = [lambda: actions.request_withdrawal(agent.user, amount_fen=2000, idempotency_key="k").pk] * 6
        assert len(set(at_once(*ask))) == 1
        assert income(agent.pk) == IncomeSummary(0, 0, 3000, 2000, 0, 0, 0, 0, 0)
        assert clean()

    def test_withdrawal_against_claw_back(self) -> None:
        agent = world.agent()
        sale = world.kept(agent, Goods(price_fen=50_000))
        found = at_once(
            lambda: actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k").status,
            sale.refund,
        )
        assert found[1] == "5000"
        after = income(agent.pk)
        if found[0] == "requested":
            assert (after.withdrawing_fen, after.debt_fen, after.available_fen) == (5000, 5000, 0)
        else:
            assert found[0] == "distribution.not_enough"
            assert (after.withdrawing_fen, after.debt_fen, after.available_fen) == (0, 0, 0)
        assert clean()

    def test_the_same_events_many_times_at_once(self) -> None:
        agent = world.agent()
        sale = world.sale(agent, Goods(quantity=2))
        sale.order.status, sale.order.paid_at = "paid", sale.order.placed_at
        sale.order.save()
        assert sorted(map(int, map(str, at_once(*[lambda: actions.create_commissions(sale.order.pk)] * 5)))) == [0] * 4 + [1]
        sale.line.claimed_quantity = sale.line.refunded_quantity = 1
        sale.line.save()
        taken = at_once(*[lambda: actions.reverse_for_line(sale.line.pk, cause="after_sale:1")] * 5)
        assert sorted(map(int, map(str, taken))) == [0] * 4 + [1000]
        assert clean()

    def test_two_timers_thaw_once(self, moving_clock: Any) -> None:
        agent = world.agent()
        for _ in range(3):
            done = world.sale(agent).pay().receive().settle()
        Commission.objects.update(thaw_at=done.order.placed_at)
        moving_clock.close()
        thawed = at_once(*[lambda: actions.thaw_due(10)] * 4)
        assert sum(map(int, map(str, thawed))) == 3
        assert CommissionEntry.objects.filter(kind="thawed").count() == 3
        assert income(agent.pk).available_fen == 3000

    def test_two_approvers_pay_once(self) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=50_000))
        withdrawal = actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k")
        actions.review_withdrawal(world.owner(), withdrawal.pk)
        people = [world.owner() for _ in range(4)]
        found = at_once(*[lambda who=who: actions.approve_withdrawal(who, withdrawal.pk).status for who in people])
        assert sorted(map(str, found)) == ["approved"] + ["request.conflict"] * 3
        assert Payout.objects.count() == 1
        assert TaxYear.objects.get().income_fen == 5000
        assert clean()

    def test_approval_against_rejection_one_wins(self) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=50_000))
        withdrawal = actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k")
        actions.review_withdrawal(world.owner(), withdrawal.pk)
        one, other = world.owner(), world.owner()
        found = at_once(
            lambda: actions.approve_withdrawal(one, withdrawal.pk).status,
            lambda: actions.reject_withdrawal(other, withdrawal.pk, reason="no").status,
        )
        assert "request.conflict" in found
        assert Withdrawal.objects.get().status in found
        assert Payout.objects.count() == (1 if "approved" in found else 0)
        assert clean()


@pytest.mark.django_db(transaction=True)
class TestHeld:
    """One of two acts is stopped before a statement while the other runs."""

    def test_withdrawal_against_claw_back(self) -> None:
        """Commission is taken out while its goods come back: it is paid out and owed, or it cannot be paid out; in either order."""
        ends = set()
        for is_withdrawal_first in (True, False):
            agents: list[Agent] = []

            def scene(is_first: bool = is_withdrawal_first, agents: list[Agent] = agents) -> tuple[Act, Act]:
                agent = world.agent()
                agents.append(agent)
                sale = world.kept(agent, Goods(price_fen=50_000))
                ask = lambda: actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k").status  # noqa: E731
                return (ask, sale.refund) if is_first else (sale.refund, ask)

            def check(first: str, second: str, agents: list[Agent] = agents) -> None:
                said, after = {first, second}, income(agents[-1].pk)
                assert "5000" in said
                if "requested" in said:
                    assert (after.withdrawing_fen, after.debt_fen, after.available_fen) == (5000, 5000, 0)
                else:
                    assert said == {"5000", "distribution.not_enough"}
                    assert (after.withdrawing_fen, after.debt_fen, after.available_fen) == (0, 0, 0)
                ends.add("requested" in said)
                assert clean()

            every_interleaving(scene, check)
        assert ends == {True, False}

    def test_nobody_reviews_and_approves_alone_also_not_at_once(self) -> None:
        person, other = world.owner(), world.owner()
        found: list[Withdrawal] = []

        def scene() -> tuple[Act, Act]:
            agent = world.agent()
            world.kept(agent, Goods(price_fen=50_000))
            withdrawal = actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k")
            found.append(withdrawal)
            return (
                lambda: actions.approve_withdrawal(person, withdrawal.pk).status,
                lambda: actions.review_withdrawal(person, withdrawal.pk).status,
            )

        def check(approved: str, reviewed: str) -> None:
            assert reviewed == "reviewed"
            assert approved in {"request.conflict", "distribution.same_person"}
            assert actions.approve_withdrawal(other, found[-1].pk).status == "approved"
            assert clean()

        every_interleaving(scene, check)

    def test_two_reviewers_of_one_withdrawal(self) -> None:
        one, other = world.owner(), world.owner()

        def scene() -> tuple[Act, Act]:
            agent = world.agent()
            world.kept(agent, Goods(price_fen=50_000))
            withdrawal = actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k")
            return tuple(  # type: ignore[return-value]
                lambda who=who: actions.review_withdrawal(who, withdrawal.pk).status for who in (one, other)
            )

        def check(first: str, second: str) -> None:
            assert sorted([first, second]) == ["request.conflict", "reviewed"]
            assert clean()

        every_interleaving(scene, check)

    def test_an_agent_suspended_while_her_commission_is_promised(self) -> None:
        """She earns on it or does not, and nothing in between; what she asked for before is not paid out while she is suspended."""
        boss, agents = world.owner(), [world.agent()]

        def scene() -> tuple[Act, Act]:
            agents.append(world.agent())
            sale = world.sale(agents[-1], Goods(), Goods())
            sale.order.status, sale.order.paid_at = "paid", sale.order.placed_at
            sale.order.save()
            return (
                lambda: actions.create_commissions(sale.order.pk),
                lambda: actions.suspend(boss, agents[-1].pk, reason="x").status,
            )

        def check(created: str, suspended: str) -> None:
            assert (created in {"0", "2"}, suspended) == (True, "suspended")
            assert Commission.objects.filter(agent=agents[-1]).count() == int(created)
            assert clean()

        every_interleaving(scene, check)

    def test_an_agent_suspended_while_her_withdrawal_is_approved(self) -> None:
        boss, second, agents = world.owner(), world.owner(), [world.agent()]

        def scene() -> tuple[Act, Act]:
            agents.append(world.agent())
            world.kept(agents[-1], Goods(price_fen=50_000))
            withdrawal = actions.request_withdrawal(agents[-1].user, amount_fen=5000, idempotency_key="k")
            actions.review_withdrawal(boss, withdrawal.pk)
            return (
                lambda: actions.approve_withdrawal(second, withdrawal.pk).status,
                lambda: actions.suspend(boss, agents[-1].pk, reason="x").status,
            )

        def check(approved: str, suspended: str) -> None:
            assert (approved in {"approved", "distribution.status"}, suspended) == (True, "suspended")
            withdrawal = Withdrawal.objects.get(agent=agents[-1])
            assert Payout.objects.filter(reference=withdrawal.number).count() == (approved == "approved")
            assert clean()

        every_interleaving(scene, check)


@pytest.mark.django_db(transaction=True)
class TestDying:
    """Killed before any write, the next try comes to the same end as if nothing had happened."""

    @staticmethod
    def until_it_survives(act: Callable[[], object]) -> int:
        for write in range(1, 40):
            try:
                with dying_at(write) as sent:
                    act()
            except Killed:
                assert clean()
                continue
            return len(sent)
        raise AssertionError("it never survived")

    def test_a_promise(self) -> None:
        sale = world.sale(world.agent(), Goods(), Goods())
        sale.order.status, sale.order.paid_at = "paid", sale.order.placed_at
        sale.order.save()
        assert self.until_it_survives(lambda: actions.create_commissions(sale.order.pk)) > 3
        assert list(Commission.objects.values_list("amount_fen", flat=True)) == [1000, 1000]

    def test_a_withdrawal(self) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=50_000))
        world.kept(agent, Goods(price_fen=50_000))
        ask = lambda: actions.request_withdrawal(agent.user, amount_fen=7000, idempotency_key="k")  # noqa: E731
        assert self.until_it_survives(ask) > 5
        assert (income(agent.pk).available_fen, income(agent.pk).withdrawing_fen) == (3000, 7000)

    def test_a_refund_after_the_withdrawal(self) -> None:
        agent = world.agent()
        sale = world.kept(agent, Goods(price_fen=50_000))
        world.kept(agent, Goods(price_fen=20_000))
        actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k")
        line = sale.line
        type(line).objects.filter(pk=line.pk).update(claimed_quantity=1, refunded_quantity=1)
        for write in range(1, 40):
            try:
                with dying_at(write):
                    actions.reverse_for_line(line.pk, cause="after_sale:1")
            except Killed:
                continue
            break
        assert (income(agent.pk).debt_fen, income(agent.pk).available_fen) == (3000, 0)
        assert clean()

    def test_a_decision_and_its_end(self) -> None:
        agent = world.agent()
        world.kept(agent, Goods(price_fen=50_000))
        withdrawal = actions.request_withdrawal(agent.user, amount_fen=5000, idempotency_key="k")
        actions.review_withdrawal(world.owner(), withdrawal.pk)
        second = world.owner()
        self.until_it_survives(lambda: actions.approve_withdrawal(second, withdrawal.pk))
        assert Payout.objects.count() == 1
        self.until_it_survives(lambda: actions.finish_withdrawal(withdrawal.number, succeeded=False, provider="sandbox"))
        assert income(agent.pk).available_fen == 5000
        assert Agent.objects.get().tax_years.get().income_fen == 0
