"""What the books say, that nobody can rewrite them, and what the audit finds when somebody did."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from renmai.kernel import clock
from renmai.kernel.ids import derived
from renmai.ledger import actions, audit, chart, queries, triggers
from renmai.ledger.journal import journal
from renmai.ledger.models import Account, Transfer
from renmai.ledger.tests.making import AVAILABLE, BANK, DEBT, EXPENSE, FROZEN, PREPAID, WITHDRAWING, fund, hold, move
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [str(violation) for violation in audit.violations()]


def a_few_days() -> None:
    """Sales in two currencies, a commission with all that can happen to it, and money on hold."""
    actions.post([move("sale", BANK, PREPAID, 19900), move("abroad", BANK, PREPAID, 500, currency="GBP")])
    actions.post([move("settled", PREPAID, chart.revenue(), 19900)])
    actions.post([move("created", EXPENSE, FROZEN, 1000)])
    actions.post([move("thawed", FROZEN, AVAILABLE, 1000), move("debt", DEBT, EXPENSE, 300)])
    actions.post([move("repaid", AVAILABLE, DEBT, 100)])
    actions.post([move("asked", AVAILABLE, WITHDRAWING, 400)])
    actions.post([move("paid", WITHDRAWING, BANK, 340), move("tax", WITHDRAWING, chart.tax_payable(), 60)])
    hold("kept", 50)
    actions.post_held(derived("moved"), hold("moved", 80), amount_fen=70)
    actions.void_held(derived("void"), hold("void", 20))


# --- the chart ---


@pytest.mark.parametrize(
    ("code", "spelled", "kind"),
    [
        (chart.provider("sandbox"), "provider:sandbox", chart.PROVIDER),
        (chart.customers_prepaid(), "platform:customers_prepaid", chart.CUSTOMERS_PREPAID),
        (chart.revenue(), "platform:revenue", chart.REVENUE),
        (chart.refunds_expense(), "platform:refunds_expense", chart.REFUNDS_EXPENSE),
        (chart.commission_expense(), "platform:commission_expense", chart.COMMISSION_EXPENSE),
        (chart.tax_payable(), "platform:tax_payable", chart.TAX_PAYABLE),
        (chart.agent_frozen(17), "agent:17:frozen", chart.AGENT_FROZEN),
        (chart.agent_available(17), "agent:17:available", chart.AGENT_AVAILABLE),
        (chart.agent_withdrawing(17), "agent:17:withdrawing", chart.AGENT_WITHDRAWING),
        (chart.agent_debt(17), "agent:17:debt", chart.AGENT_DEBT),
    ],
)
def test_codes_are_spelled_and_read(code: str, spelled: str, kind: chart.Kind) -> None:
    assert code == spelled
    assert chart.kind_of(code) == kind


def test_every_kind_is_in_the_chart_once() -> None:
    kinds = [value for value in vars(chart).values() if isinstance(value, chart.Kind)]
    assert sorted(kind.name for kind in kinds) == sorted(chart.KINDS)
    assert len({kind.pattern for kind in kinds}) == len(kinds) == 10


@pytest.mark.parametrize(
    "code", ["", "agent:17", "agent:17:pocket", "agent::frozen", "agent:A b:frozen", "provider:a:b", "platform:cash"]
)
def test_codes_that_nobody_spells(code: str) -> None:
    with pytest.raises(ValueError, match="no kind"):
        chart.kind_of(code)
    with pytest.raises(ValueError, match="no kind"):
        actions.post([move(1, code, PREPAID, 1)])


@pytest.mark.parametrize("owner", ["", "a:b", "A", "a b", "x" * 41])
def test_owners_that_would_break_a_code(owner: str) -> None:
    with pytest.raises(ValueError, match="cannot own"):
        chart.provider(owner)


# --- queries ---


def test_the_trial_balance_is_balanced() -> None:
    a_few_days()
    rows = queries.trial_balance()
    for currency in ("CNY", "GBP"):
        of_currency = [row for row in rows if row.currency == currency]
        assert sum(row.debits_fen for row in of_currency) == sum(row.credits_fen for row in of_currency) > 0
    held = {(row.kind, row.currency): row.balance_fen for row in rows}
    assert held == {
        ("provider", "CNY"): 19560,
        ("provider", "GBP"): 500,
        ("customers_prepaid", "CNY"): 0,
        ("customers_prepaid", "GBP"): 500,
        ("revenue", "CNY"): 19900,
        ("commission_expense", "CNY"): 700,
        ("agent_frozen", "CNY"): 0,
        ("agent_available", "CNY"): 430,
        ("agent_withdrawing", "CNY"): 70,
        ("agent_debt", "CNY"): 200,
        ("tax_payable", "CNY"): 60,
    }


def test_balances_of_wallets() -> None:
    a_few_days()
    assert queries.wallet_balances([AVAILABLE, DEBT, WITHDRAWING, chart.agent_frozen(99)]) == {
        AVAILABLE: (430, 380),
        DEBT: (200, 200),
        WITHDRAWING: (70, 70),
    }
    assert queries.available(AVAILABLE) == 380
    assert queries.available(chart.agent_available(99)) == 0
    with pytest.raises(ValueError, match="overdrawn"):
        queries.available(BANK)


@pytest.mark.parametrize("code", [AVAILABLE, BANK])
def test_a_statement_runs_back_from_the_balance(moving_clock: MovingClock, code: chart.AccountCode) -> None:
    for day in range(5):
        moving_clock.advance(days=1)
        actions.post([move(f"in {day}", EXPENSE, AVAILABLE, 100), move(f"buy {day}", BANK, PREPAID, 100)])
        actions.post([move(f"out {day}", AVAILABLE, BANK, 10)])
    first = queries.statement(code, limit=4)
    last = first[-1]
    rest = queries.statement(code, limit=200, before=(last.at, last.transfer_id))
    lines = first + rest
    assert len(lines) == 10
    assert len({line.transfer_id for line in lines}) == 10
    assert lines[0].balance_fen == queries.balance(code) == 450
    balance = 0
    for line in reversed(lines):
        balance += line.change_fen
        assert line.balance_fen == balance
    assert sorted({line.change_fen for line in lines}) == [-10, 100]
    assert {line.other for line in lines} == ({EXPENSE, BANK} if code == AVAILABLE else {PREPAID, AVAILABLE})


def test_a_statement_of_nothing_and_its_limit() -> None:
    assert queries.statement(AVAILABLE) == []
    fund()
    actions.post([move(number, AVAILABLE, EXPENSE, 1) for number in range(5)])
    assert len(queries.statement(AVAILABLE, limit=3)) == 3
    assert len(queries.statement(AVAILABLE, limit=-1)) == 1


def test_the_transfers_of_one_order(moving_clock: MovingClock) -> None:
    actions.post([move(1, BANK, PREPAID, 5, reference="A")])
    moving_clock.advance(seconds=1)
    actions.post([move(2, PREPAID, chart.revenue(), 5, reference="A"), move(3, BANK, PREPAID, 5, reference="B")])
    assert [(row.debit_account.code, row.credit_account.code) for row in queries.transfers_of("A")] == [
        (BANK, PREPAID),
        (PREPAID, chart.revenue()),
    ]


# --- append-only ---


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda: Transfer.objects.update(amount_fen=1),
        lambda: Transfer.objects.update(reason="other"),
        lambda: Transfer.objects.all()._raw_delete("default"),
    ],
    ids=["amount", "reason", "delete"],
)
def test_the_database_refuses_to_rewrite_the_journal(rewrite: Callable[[], object]) -> None:
    actions.post([move(1, BANK, PREPAID, 100)])
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        rewrite()
    assert queries.balance(BANK) == 100


@pytest.mark.django_db(transaction=True)
def test_a_test_database_can_be_emptied_all_the_same() -> None:
    actions.post([move(1, BANK, PREPAID, 100)])
    call_command("flush", interactive=False, verbosity=0)
    assert not Transfer.objects.exists()
    assert triggers.missing(connection) == frozenset()


# --- audit ---


def without_triggers(*statements: str) -> None:
    """Rewrite history as somebody with the database's password could."""
    with connection.cursor() as cursor:
        for statement in (*triggers.DROP[connection.vendor], *statements, *triggers.CREATE[connection.vendor]):
            cursor.execute(statement)


def test_clean_books() -> None:
    assert broken() == []
    a_few_days()
    assert broken() == []
    assert audit.counts() == {"accounts": 11, "transfers": 15}


def test_a_changed_amount_is_found() -> None:
    a_few_days()
    without_triggers("UPDATE ledger_transfer SET amount_fen = 401 WHERE amount_fen = 400")
    found = broken()
    assert [line.split(":")[0] for line in found] == ["[1] account agent"] * 2
    assert any("agent:7:available CNY" in line for line in found)


def test_a_removed_commission_is_found() -> None:
    a_few_days()
    without_triggers("DELETE FROM ledger_transfer WHERE amount_fen = 1000 AND reference = 'R1' AND reason = 'test'")
    found = broken()
    assert "[1] wallets in CNY: the platform owes -500, the wallets hold 500" in found


def test_a_running_total_that_lies_is_found() -> None:
    a_few_days()
    Account.objects.filter(code=AVAILABLE).update(credits_posted_fen=5000)
    found = broken()
    assert any(line.startswith("[1] account agent:7:available CNY: running totals (570, 5000, 50, 0)") for line in found)
    assert any(line.startswith("[1] wallets in CNY") for line in found)


def test_a_currency_mixed_up_is_found() -> None:
    a_few_days()
    pounds = Account.objects.get(code=BANK, currency="GBP").pk
    yuan = Account.objects.get(code=BANK, currency="CNY").pk
    without_triggers(f"UPDATE ledger_transfer SET debit_account_id = {pounds} WHERE debit_account_id = {yuan}")  # noqa: S608  # nosec B608  # names of our own tables
    assert broken()[:3] == [
        "[1] CNY: debits 23170 against credits 43070",
        "[1] GBP: debits 20400 against credits 500",
        f"[1] transfer {derived('test', 'sale')}: an account has another currency",
    ]


def test_an_account_that_is_not_in_the_chart_is_found() -> None:
    fund()
    Account.objects.create(code="agent:7:pocket", kind="agent_frozen", side="credit", limited=True)
    Account.objects.filter(code=EXPENSE).update(side="credit")
    assert broken() == [
        "[1] account platform:commission_expense CNY: is not what the chart of accounts says",
        "[1] account agent:7:pocket CNY: is not what the chart of accounts says",
    ]


def test_running_totals_of_an_unlimited_account_are_found() -> None:
    fund()
    Account.objects.filter(code=EXPENSE).update(debits_posted_fen=1000)
    assert broken() == ["[1] account platform:commission_expense CNY: an unlimited account keeps running totals"]


def test_a_missing_trigger_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute(triggers.DROP[connection.vendor][0])
    assert broken() == ["[7] ledger_transfer_no_update: the trigger that guards the journal is missing"]


def test_a_resolution_of_more_than_was_held_is_found() -> None:
    a_few_days()
    without_triggers("UPDATE ledger_transfer SET amount_fen = 81 WHERE kind = 'post'")
    assert f"[1] transfer {derived('moved')}: resolves a hold with other accounts or more money" in broken()


def test_money_on_hold_for_too_long_is_found(moving_clock: MovingClock) -> None:
    fund()
    held = hold(minutes=30)
    moving_clock.advance(minutes=39)
    assert broken() == []
    moving_clock.advance(minutes=2)
    assert [line.split(":")[0] for line in broken()] == [f"[9] transfer {held}"]
    actions.expire_held(10)
    assert broken() == []


def test_the_table_itself_refuses_an_overdraft() -> None:
    a_few_days()
    with pytest.raises(IntegrityError, match="account_not_overdrawn"), transaction.atomic():
        Account.objects.filter(code=AVAILABLE).update(debits_posted_fen=99999)


def test_an_overdraft_past_the_constraint_is_found() -> None:
    a_few_days()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("ALTER TABLE ledger_account DROP CONSTRAINT account_not_overdrawn")
        Account.objects.filter(code__in=[AVAILABLE, DEBT]).update(
            debits_posted_fen=F("debits_posted_fen") + 1000, credits_posted_fen=F("credits_posted_fen") + 400
        )
        Account.objects.filter(code=DEBT).update(debits_posted_fen=0)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert [line for line in broken() if line.startswith("[2]")] == [
        "[2] account agent:7:available CNY: overdrawn by 220",
        "[2] account agent:7:debt CNY: overdrawn by 500",
    ]


# --- hledger ---


def test_the_journal_spells_every_transfer(moving_clock: MovingClock) -> None:
    actions.post([move("yen", BANK, PREPAID, 1200, currency="JPY"), move("odd", BANK, PREPAID, 5, reference="a;b | c")])
    assert list(journal()) == [
        "; Renmai: every transfer that moved money",
        "decimal-mark .",
        "commodity 1000.00 CNY",
        "commodity 1000. JPY",
        "account liabilities:platform:customers_prepaid  ; type: L",
        "account assets:provider:sandbox  ; type: A",
        *[
            line
            for key, description, amount in sorted(
                [(derived("test", "yen"), "test R1", "1200 JPY"), (derived("test", "odd"), "test a,b / c", "0.05 CNY")]
            )
            for line in (
                "",
                f"2026-03-09 * {description}  ; id: {key}",
                f"    assets:provider:sandbox  {amount}",
                f"    liabilities:platform:customers_prepaid  -{amount}",
            )
        ],
    ]


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")
def test_hledger_agrees(tmp_path: Path) -> None:
    a_few_days()
    actions.post([move("yen", BANK, PREPAID, 1200, currency="JPY")])
    actions.post([move("early", BANK, PREPAID, 7, at=clock.now() - timedelta(days=400))])
    file = tmp_path / "books.journal"
    file.write_text("\n".join(journal()) + "\n", encoding="utf-8")
    command = ["hledger", "-f", str(file)]
    assert subprocess.run([*command, "check", "-s"], capture_output=True, check=False, text=True).stderr == ""
    report = subprocess.run([*command, "balance", "--flat", "-O", "csv"], capture_output=True, check=True, text=True).stdout
    assert '"liabilities:agent:7:available","-4.30 CNY"' in report
    assert '"assets:agent:7:debt","2.00 CNY"' in report
    assert '"assets:provider:sandbox","195.67 CNY, 5.00 GBP, 1200 JPY"' in report
    file.write_text(file.read_text(encoding="utf-8").replace("= -4.30 CNY", "= -4.31 CNY"), encoding="utf-8")
    assert "assertion" in subprocess.run([*command, "check", "-s"], capture_output=True, check=False, text=True).stderr
