"""The ledger against a model that fits on a page: random histories of posting, holding, repeating and waiting."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.ids import derived
from renmai.ledger import actions, audit, queries
from renmai.ledger.chart import AccountCode, kind_of
from renmai.ledger.models import Side
from renmai.ledger.tests.making import AVAILABLE, BANK, DEBT, EXPENSE, FROZEN, WITHDRAWING, move
from tools.testing.blocks import own_block
from tools.testing.machines import run_machine
from tools.testing.moving_clock import START

ACCOUNTS = (AVAILABLE, BANK, DEBT, EXPENSE, FROZEN, WITHDRAWING)
WALLETS = (AVAILABLE, DEBT, FROZEN, WITHDRAWING)

# Few keys and small amounts: repetitions, conflicts and empty wallets are what is interesting.
keys = st.integers(0, 11)
accounts = st.sampled_from(ACCOUNTS)
transfers = st.tuples(keys, accounts, accounts, st.integers(1, 60)).filter(lambda one: one[1] != one[2])


@dataclass(frozen=True)
class Entry:
    """What the model remembers of one id."""

    kind: str
    debit: AccountCode
    credit: AccountCode
    amount: int
    held: UUID | None = None


class Model:
    """A ledger of dictionaries: ids, balances, what is reserved, holds with their end, and the holds still open."""

    def __init__(self) -> None:
        self.entries: dict[UUID, Entry] = {}
        self.balances = dict.fromkeys(ACCOUNTS, 0)
        self.reserved = dict.fromkeys(ACCOUNTS, 0)
        self.ends: dict[UUID, datetime] = {}
        self.open: set[UUID] = set()

    def write(self, batch: list[tuple[UUID, Entry]], end: datetime | None) -> str | int:
        """Post or hold a batch, all of it or nothing; the answer that the ledger should give."""
        wanted: dict[UUID, Entry] = {}
        for key, entry in batch:
            if wanted.setdefault(key, entry) != entry:
                return "ledger.conflict"
        if any(self.entries.get(key, entry) != entry for key, entry in wanted.items()):
            return "ledger.conflict"
        fresh = {key: entry for key, entry in wanted.items() if key not in self.entries}
        before = dict(self.balances), dict(self.reserved)
        for entry in fresh.values():
            self._move(entry) if end is None else self._reserve(entry)
        if any(self.balances[code] < self.reserved[code] for code in WALLETS):
            self.balances, self.reserved = before
            return "ledger.insufficient"
        self.entries |= fresh
        if end is not None:
            self.ends |= dict.fromkeys(fresh, end)
            self.open |= fresh.keys()
        return len(fresh)

    def resolve(self, key: UUID, held: UUID, amount: int, kind: str, now: datetime) -> str | int:
        """Post, void or expire a hold; the answer that the ledger should give."""
        original = self.entries[held]
        entry = Entry(kind, original.debit, original.credit, amount, held)
        if amount > original.amount:
            return "ledger.more_than_held"
        if key in self.entries:
            return 0 if self.entries[key] == entry else "ledger.conflict"
        if kind == "post" and self.ends[held] <= now:
            return "ledger.expired"
        if held not in self.open:
            return "ledger.resolved"
        self.entries[key] = entry
        self.open.remove(held)
        self._reserve(replace(original, amount=-original.amount))
        self._move(entry)
        return 1

    def _move(self, entry: Entry) -> None:
        for code, side in ((entry.debit, Side.DEBIT), (entry.credit, Side.CREDIT)):
            self.balances[code] += entry.amount if kind_of(code).side == side else -entry.amount

    def _reserve(self, entry: Entry) -> None:
        for code, side in ((entry.debit, Side.DEBIT), (entry.credit, Side.CREDIT)):
            if kind_of(code).side != side:
                self.reserved[code] += entry.amount


def said(act: Callable[[], int]) -> str | int:
    """What the ledger answered: a number, or the code of its refusal."""
    try:
        return act()
    except DomainError as error:
        return error.code


def key_of(number: int) -> UUID:
    return derived("test", number)


class LedgerMachine(RuleBasedStateMachine):
    """Does the same to the ledger and to the model, and compares every answer and every balance."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.now = START
        self.block = own_block()
        self.block.__enter__()

    def teardown(self) -> None:
        with clock.travel(self.now):
            found = [str(violation) for violation in audit.violations()]
        balances = {code: queries.balance(code) for code in ACCOUNTS}
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        assert found == []
        assert balances == self.model.balances

    @rule(batch=st.lists(transfers, min_size=1, max_size=3))
    def post(self, batch: list[tuple[int, AccountCode, AccountCode, int]]) -> None:
        entries = [(key_of(key), Entry("posted", debit, credit, amount)) for key, debit, credit, amount in batch]
        requests = [move(*one) for one in batch]
        assert said(lambda: actions.post(requests)) == self.model.write(entries, None)

    @rule(batch=st.lists(transfers, min_size=1, max_size=2), minutes=st.integers(1, 60))
    def hold(self, batch: list[tuple[int, AccountCode, AccountCode, int]], minutes: int) -> None:
        entries = [(key_of(key), Entry("pending", debit, credit, amount)) for key, debit, credit, amount in batch]
        requests = [move(*one) for one in batch]
        end = self.now + timedelta(minutes=minutes)
        assert said(lambda: actions.hold(requests, expires_at=end)) == self.model.write(entries, end)

    @precondition(lambda self: self.model.ends)
    @rule(data=st.data(), key=keys, amount=st.integers(1, 60))
    def post_held(self, data: st.DataObject, key: int, amount: int) -> None:
        held = data.draw(st.sampled_from(sorted(self.model.ends)))
        with clock.travel(self.now):
            answer = said(lambda: actions.post_held(key_of(key), held, amount_fen=amount))
        assert answer == self.model.resolve(key_of(key), held, amount, "post", self.now)

    @precondition(lambda self: self.model.ends)
    @rule(data=st.data(), key=keys)
    def void_held(self, data: st.DataObject, key: int) -> None:
        held = data.draw(st.sampled_from(sorted(self.model.ends)))
        with clock.travel(self.now):
            answer = said(lambda: actions.void_held(key_of(key), held))
        assert answer == self.model.resolve(key_of(key), held, 0, "void", self.now)

    @rule(minutes=st.integers(1, 40))
    def wait_and_expire(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        overdue = [held for held in self.model.open if self.model.ends[held] <= self.now]
        with clock.travel(self.now):
            assert actions.expire_held(1000) == len(overdue)
        for held in overdue:
            assert self.model.resolve(derived("expire", held), held, 0, "expire", self.now) == 1

    @invariant()
    def wallets_agree(self) -> None:
        wallets = queries.wallet_balances(WALLETS)
        for code in WALLETS:
            whole, reserved = self.model.balances[code], self.model.reserved[code]
            assert wallets.get(code, (0, 0)) == (whole, whole - reserved)


@pytest.mark.django_db
def test_the_ledger_does_what_the_model_does() -> None:
    run_machine(LedgerMachine, examples=40, shrinks=True)
