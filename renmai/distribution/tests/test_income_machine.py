"""Any legal order of sales, receipts, thaws, refunds and withdrawals keeps every fen where a simple model says it is."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from renmai.distribution import actions
from renmai.distribution.audit import violations
from renmai.distribution.models import Agent, Withdrawal
from renmai.distribution.queries import income
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods, Sale
from renmai.kernel.errors import DomainError
from renmai.ledger import chart
from renmai.ledger.audit import violations as ledger_violations
from renmai.ledger.queries import balance
from tools.testing.blocks import own_block
from tools.testing.machines import AuditedMachine, run_machine
from tools.testing.moving_clock import MovingClock


@dataclass
class Told:
    """The model of one sale: what it promised, what went back, where it is."""

    sale: Sale
    quantity: int
    amount_fen: int
    refunded: int = 0
    stage: str = "paid"

    @property
    def reversed_fen(self) -> int:
        return self.amount_fen * self.refunded // self.quantity


class IncomeMachine(AuditedMachine):
    """The model knows no commissions in the wallet, only one number: what is hers less what she owes."""

    @initialize()
    def begin(self) -> None:
        self.undo = own_block()
        self.undo.__enter__()
        self.clock = MovingClock()
        self.agent: Agent = world.agent()
        self.first, self.second = world.owner(), world.owner()
        self.told: list[Told] = []
        self.net_fen = self.withdrawing_fen = self.withdrawn_fen = self.keys = 0
        self.sell_and_keep(2)
        self.sell_and_keep(1)

    def teardown(self) -> None:
        if hasattr(self, "undo"):
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.undo.__exit__(None, None, None)
                self.clock.close()

    def sales(self, *stages: str) -> list[Told]:
        return [told for told in self.told if told.stage in stages]

    def asked(self, *statuses: str) -> list[Withdrawal]:
        return list(self.agent.withdrawals.filter(status__in=statuses).order_by("pk"))

    @rule(price_fen=st.integers(1, 90_000), quantity=st.integers(1, 5), basis_points=st.integers(1, 3000))
    def sell(self, price_fen: int, quantity: int, basis_points: int) -> None:
        goods = Goods(price_fen=price_fen, quantity=quantity, basis_points=basis_points)
        sale = world.sale(self.agent, goods).pay()
        self.told.append(Told(sale, quantity, price_fen * quantity * basis_points // 10_000))

    @rule(quantity=st.integers(1, 3))
    def sell_and_keep(self, quantity: int) -> None:
        self.sell(price_fen=50_001, quantity=quantity, basis_points=2999)
        self._receive(self.told[-1])
        self._keep(self.told[-1])

    @precondition(lambda self: self.sales("paid"))
    @rule(data=st.data())
    def receive(self, data: Any) -> None:
        self._receive(data.draw(st.sampled_from(self.sales("paid"))))

    @precondition(lambda self: self.sales("received"))
    @rule(data=st.data())
    def keep(self, data: Any) -> None:
        self._keep(data.draw(st.sampled_from(self.sales("received"))))

    @precondition(lambda self: any(told.refunded < told.quantity for told in self.told))
    @rule(data=st.data())
    def refund(self, data: Any) -> None:
        told = data.draw(st.sampled_from([told for told in self.told if told.refunded < told.quantity]))
        self._refund(told, data.draw(st.integers(1, told.quantity - told.refunded)))

    @precondition(lambda self: self.keys and any(told.refunded < told.quantity for told in self.sales("kept")))
    @rule()
    def refund_the_oldest_kept_sale(self) -> None:
        told = next(told for told in self.sales("kept") if told.refunded < told.quantity)
        self._refund(told, told.quantity - told.refunded)

    def _refund(self, told: Told, pieces: int) -> None:
        before = told.reversed_fen
        told.refunded += pieces
        assert told.sale.refund(pieces) == told.reversed_fen - before
        if told.stage == "kept":
            self.net_fen -= told.reversed_fen - before

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def hear_again(self, data: Any) -> None:
        told = data.draw(st.sampled_from(self.told))
        number = told.sale.order.pk
        assert actions.create_commissions(number) == 0
        if told.stage != "paid":
            assert actions.freeze_commissions(number) == 0
        assert actions.thaw_order(number) == 0
        assert actions.reverse_for_line(told.sale.line.pk, cause="again") == 0

    @precondition(lambda self: self.net_fen >= 1000)
    @rule(data=st.data())
    def withdraw(self, data: Any) -> None:
        self._withdraw(data.draw(st.integers(1000, self.net_fen)))

    @precondition(lambda self: self.net_fen >= 1000)
    @rule()
    def withdraw_all(self) -> None:
        self._withdraw(self.net_fen)

    @precondition(lambda self: self.net_fen >= 1000)
    @rule(more_fen=st.integers(1, 10**9))
    def ask_too_much(self, more_fen: int) -> None:
        amount_fen = self.net_fen + more_fen
        with pytest.raises(DomainError) as caught:
            actions.request_withdrawal(self.agent.user, amount_fen=amount_fen, idempotency_key="too much")
        assert caught.value.code == "distribution.not_enough"

    @precondition(lambda self: self.asked("requested", "reviewed"))
    @rule(data=st.data())
    def approve(self, data: Any) -> None:
        withdrawal = data.draw(st.sampled_from(self.asked("requested", "reviewed")))
        if withdrawal.status == "requested":
            actions.review_withdrawal(self.first, withdrawal.pk)
        actions.approve_withdrawal(self.second, withdrawal.pk)

    @precondition(lambda self: self.asked("requested", "reviewed"))
    @rule(data=st.data())
    def reject(self, data: Any) -> None:
        withdrawal = data.draw(st.sampled_from(self.asked("requested", "reviewed")))
        actions.reject_withdrawal(self.second, withdrawal.pk, reason="no")
        self._back(withdrawal)

    @precondition(lambda self: self.asked("approved"))
    @rule(data=st.data(), succeeded=st.booleans())
    def finish(self, data: Any, succeeded: bool) -> None:
        withdrawal = data.draw(st.sampled_from(self.asked("approved")))
        actions.finish_withdrawal(withdrawal.number, succeeded=succeeded, provider="sandbox")
        if succeeded:
            self.withdrawing_fen -= withdrawal.amount_fen
            self.withdrawn_fen += withdrawal.amount_fen
        else:
            self._back(withdrawal)

    def _receive(self, told: Told) -> None:
        told.sale.receive()
        told.stage = "received"

    def _keep(self, told: Told) -> None:
        self.clock.advance(days=8)
        told.sale.settle()
        actions.thaw_due(50)
        told.stage = "kept"
        self.net_fen += told.amount_fen - told.reversed_fen

    def _withdraw(self, amount_fen: int) -> None:
        self.keys += 1
        self.net_fen -= amount_fen
        self.withdrawing_fen += amount_fen
        actions.request_withdrawal(self.agent.user, amount_fen=amount_fen, idempotency_key=str(self.keys))

    def _back(self, withdrawal: Withdrawal) -> None:
        self.withdrawing_fen -= withdrawal.amount_fen
        self.net_fen += withdrawal.amount_fen

    @invariant()
    def every_fen_is_where_the_model_says(self) -> None:
        if not hasattr(self, "agent"):
            return
        waiting = dict.fromkeys(("paid", "received"), 0)
        for told in self.told:
            if told.stage in waiting:
                waiting[told.stage] += told.amount_fen - told.reversed_fen
        found = income(self.agent.pk)
        assert (found.created_fen, found.frozen_fen) == (waiting["paid"], waiting["received"])
        assert (found.available_fen, found.debt_fen) == (max(self.net_fen, 0), max(-self.net_fen, 0))
        assert (found.withdrawing_fen, found.withdrawn_fen) == (self.withdrawing_fen, self.withdrawn_fen)
        assert found.void_fen + found.clawed_back_fen == sum(told.reversed_fen for told in self.told)
        assert balance(chart.agent_frozen(self.agent.pk)) == sum(waiting.values())
        assert balance(chart.agent_available(self.agent.pk)) == found.available_fen
        assert balance(chart.agent_withdrawing(self.agent.pk)) == found.withdrawing_fen
        assert balance(chart.agent_debt(self.agent.pk)) == found.debt_fen

    def audit(self) -> None:
        if not hasattr(self, "agent"):
            return
        # Deadlines pass here because the clock leaps from sale to sale; nobody is late.
        assert [found for found in violations() if found.invariant != "9"] == []
        assert list(ledger_violations()) == []


@pytest.mark.django_db
def test_income_follows_the_model() -> None:
    run_machine(IncomeMachine, examples=20)
