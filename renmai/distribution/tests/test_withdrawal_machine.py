"""Withdrawals against a small model: asked, reviewed, rejected, paid at once or later, bounced, taxed over the turn of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from renmai.distribution import actions, reactions
from renmai.distribution.audit import violations
from renmai.distribution.models import Commission, TaxYear, Withdrawal
from renmai.distribution.queries import income
from renmai.distribution.tax import china_date
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods, Sale
from renmai.kernel import outbox
from renmai.kernel.errors import DomainError
from renmai.ledger import chart
from renmai.ledger.audit import violations as ledger_violations
from renmai.ledger.queries import balance
from renmai.payments import actions as payments
from renmai.payments.events import PayoutFinished
from renmai.payments.models import Payout, SandboxBill
from renmai.payments.providers.sandbox.delivery import deliver_sandbox_notices
from renmai.payments.providers.sandbox.provider import SLOW_PAYOUT
from tools.testing.blocks import own_block
from tools.testing.machines import AuditedMachine, run_machine
from tools.testing.moving_clock import MovingClock

REACTIONS: outbox.Reactions = {PayoutFinished: (reactions.on_payout_finished,)}  # type: ignore[dict-item]
ALLOWANCE_FEN = 500_000
ACCOUNTS = st.sampled_from(["lin", "lin-slow", "lin-refused"])


@dataclass
class Asked:
    """The model of one withdrawal."""

    amount_fen: int
    account: str
    status: str = "requested"
    reviewer: int = 0
    tax_fen: int = 0
    year: int = 0
    sent_at: datetime | None = None
    """When the bank was asked first; a slow one pays a minute later."""


def tax_of_a_year(income_fen: int, months: int) -> int:
    """The law's table for incomes up to ¥180,000 taxable, in its plain form: 3 % and 10 % of what lies in each band."""
    taxable = max(0, income_fen - income_fen * 20 // 100 - months * ALLOWANCE_FEN)
    assert taxable <= 14_400_000
    return (min(taxable, 3_600_000) * 3 + max(0, taxable - 3_600_000) * 10) // 100


class Withdrawals(AuditedMachine):
    """One agent, two money people, a bank that pays, is slow, or refuses."""

    @initialize(account=ACCOUNTS, part=st.integers(1, 3))
    def begin(self, account: str, part: int) -> None:
        self.block = own_block()
        self.block.__enter__()
        self.clock = MovingClock()
        self.agent = world.agent(payout_account=account)
        self.account = account
        self.people = (world.owner(), world.owner())
        self.asked: dict[int, Asked] = {}
        self.sales: list[tuple[Sale, int, int]] = []
        self.net_fen = self.keys = 0
        self.years: dict[int, list[int]] = {}
        self.earn(900_000)
        self._ask(self.net_fen // part)
        self.approve_one(next(iter(self.asked)))

    def teardown(self) -> None:
        if hasattr(self, "block"):
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.block.__exit__(None, None, None)
                self.clock.close()

    def draw(self, data: st.DataObject, *statuses: str) -> tuple[int, Asked]:
        return data.draw(st.sampled_from([(pk, one) for pk, one in self.asked.items() if one.status in statuses]))

    def any(self, *statuses: str) -> bool:
        return any(one.status in statuses for one in getattr(self, "asked", {}).values())

    @rule(price_fen=st.integers(300_000, 900_000))
    def earn(self, price_fen: int) -> None:
        sale = world.sale(self.agent, Goods(price_fen=price_fen, quantity=4, basis_points=3000)).pay().receive()
        self.clock.advance(days=8)
        sale.settle()
        actions.thaw_due(50)
        earned = price_fen * 4 * 3000 // 10_000
        self.net_fen += earned
        self.sales.append((sale, earned, 0))

    @rule(data=st.data())
    def goods_come_back(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self.sales) - 1))
        sale, earned, back = self.sales[number]
        if back < 4:
            taken = earned * (back + 1) // 4 - earned * back // 4
            assert sale.refund() == taken
            self.net_fen -= taken
            self.sales[number] = (sale, earned, back + 1)

    @precondition(lambda self: getattr(self, "net_fen", 0) >= 1000)
    @rule(data=st.data(), wants_all=st.booleans())
    def ask(self, data: st.DataObject, wants_all: bool) -> None:
        self._ask(self.net_fen if wants_all else data.draw(st.integers(1000, self.net_fen)))

    def _ask(self, amount_fen: int) -> None:
        self.keys += 1
        for _twice in range(2):
            made = actions.request_withdrawal(self.agent.user, amount_fen=amount_fen, idempotency_key=str(self.keys))
        self.asked[made.pk] = Asked(amount_fen, self.account)
        self.net_fen -= amount_fen

    @rule(account=ACCOUNTS)
    def change_the_account(self, account: str) -> None:
        """What was asked before keeps the account it was asked with."""
        actions.update_payout(self.agent.user, real_name="林晓", payout_account=account)
        self.account = account

    @precondition(lambda self: self.any("requested"))
    @rule(data=st.data(), who=st.sampled_from([0, 1]))
    def review(self, data: st.DataObject, who: int) -> None:
        pk, one = self.draw(data, "requested")
        with pytest.RaisesExc(DomainError, check=lambda error: error.code in {"request.conflict", "distribution.same_person"}):
            actions.approve_withdrawal(self.people[1 - who], pk)
        actions.review_withdrawal(self.people[who], pk)
        one.status, one.reviewer = "reviewed", who

    @precondition(lambda self: self.any("requested", "reviewed"))
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        self.approve_one(self.draw(data, "requested", "reviewed")[0])

    def approve_one(self, pk: int) -> None:
        one = self.asked[pk]
        if one.status == "requested":
            actions.review_withdrawal(self.people[0], pk)
            one.reviewer = 0
        with pytest.RaisesExc(DomainError, check=lambda error: error.code == "distribution.same_person"):
            actions.approve_withdrawal(self.people[one.reviewer], pk)
        actions.approve_withdrawal(self.people[1 - one.reviewer], pk)
        today, joined = china_date(self.clock.now), china_date(self.agent.joined_at)
        year = self.years.setdefault(today.year, [0, 0])
        months = today.month - (joined.month if joined.year == today.year else 1) + 1
        year[0] += one.amount_fen
        one.tax_fen = max(0, tax_of_a_year(year[0], months) - year[1])
        year[1] += one.tax_fen
        one.status, one.year = "approved", today.year

    @precondition(lambda self: self.any("requested", "reviewed"))
    @rule(data=st.data())
    def reject(self, data: st.DataObject) -> None:
        pk, one = self.draw(data, "requested", "reviewed")
        actions.reject_withdrawal(self.people[0], pk, reason="no")
        one.status = "rejected"
        self.net_fen += one.amount_fen

    @rule(minutes=st.sampled_from([0, 2]))
    def the_bank_works(self, minutes: int) -> None:
        """Payouts go out; what the bank is slow with is paid when a minute has passed."""
        for one in self.asked.values():
            if one.status == "approved" and one.sent_at is None:
                one.sent_at = self.clock.now
        for _round in range(2):
            payments.submit_payouts(100)
            self.clock.advance(minutes=minutes)
            deliver_sandbox_notices(100, deliver=self._door)
        outbox.drain(REACTIONS)
        for one in self.asked.values():
            delay = SLOW_PAYOUT if one.account.endswith("-slow") else timedelta()
            if one.status == "approved" and one.sent_at is not None and self.clock.now - one.sent_at >= delay:
                self._finish(one)

    @rule()
    def a_year_ends(self) -> None:
        if self.clock.now.year < 2030:
            self.clock.travel(self.clock.now.replace(year=self.clock.now.year + 1, month=1, day=3))
            self.the_bank_works(2)

    @staticmethod
    def _door(provider: str, headers: Mapping[str, str], body: bytes) -> str:
        return payments.record_notice(payments.read_notification(provider, headers, body))

    def _finish(self, one: Asked) -> None:
        if not one.account.endswith("-refused"):
            one.status = "paid"
            return
        one.status = "failed"
        self.net_fen += one.amount_fen
        self.years[one.year][0] -= one.amount_fen
        self.years[one.year][1] -= one.tax_fen

    @invariant()
    def every_fen_is_where_the_model_says(self) -> None:
        if not hasattr(self, "agent"):
            return
        rows = {row.pk: (row.status, row.amount_fen, row.tax_fen, row.payee) for row in Withdrawal.objects.all()}
        assert rows == {pk: (one.status, one.amount_fen, one.tax_fen, one.account) for pk, one in self.asked.items()}
        open_fen = sum(one.amount_fen for one in self.asked.values() if one.status in {"requested", "reviewed", "approved"})
        paid = [one for one in self.asked.values() if one.status == "paid"]
        found = income(self.agent.pk)
        assert (found.available_fen, found.debt_fen) == (max(self.net_fen, 0), max(-self.net_fen, 0))
        assert balance(chart.agent_withdrawing(self.agent.pk)) == open_fen
        assert balance(chart.tax_payable()) == sum(one.tax_fen for one in paid)
        assert balance(chart.provider("sandbox")) == -sum(one.amount_fen - one.tax_fen for one in paid)
        years = {row.year: [row.income_fen, row.withheld_fen] for row in TaxYear.objects.all()}
        assert years == self.years

    @invariant()
    def the_bank_paid_what_was_approved_once(self) -> None:
        if not hasattr(self, "agent"):
            return
        numbers = {row.pk: row.number for row in Withdrawal.objects.all()}
        payouts = {row.reference: row for row in Payout.objects.all()}
        for pk, one in self.asked.items():
            payout = payouts.pop(numbers[pk], None)
            assert (payout is not None) == (one.status in {"approved", "paid", "failed"})
            if payout is not None and one.status == "paid":
                (bill,) = SandboxBill.objects.filter(kind="payout", number=payout.number)
                assert bill.amount_fen == payout.amount_fen == one.amount_fen - one.tax_fen
        assert payouts == {}
        assert Commission.objects.filter(agent=self.agent).count() == len(self.sales)

    def audit(self) -> None:
        if not hasattr(self, "agent"):
            return
        # Deadlines pass here because the clock leaps; nobody is late.
        assert [line for line in violations() if line.invariant != "9"] == []
        assert list(ledger_violations()) == []


@pytest.mark.django_db
def test_withdrawals_follow_the_model() -> None:
    run_machine(Withdrawals, examples=10)
