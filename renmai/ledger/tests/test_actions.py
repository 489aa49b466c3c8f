"""Posting, holding, and doing either only once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from renmai.kernel import clock
from renmai.kernel.ids import derived
from renmai.ledger import actions, chart, queries
from renmai.ledger.actions import TransferRequest
from renmai.ledger.models import Account, Transfer
from renmai.ledger.tests.making import AVAILABLE, BANK, DEBT, FROZEN, PREPAID, fund, hold, move, refused
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Statements = Callable[[int], AbstractContextManager[None]]


def test_a_transfer_moves_money_from_debit_to_credit() -> None:
    assert actions.post([move(1, BANK, PREPAID, 19900)]) == 1
    assert queries.balance(BANK) == 19900
    assert queries.balance(PREPAID) == 19900
    assert queries.balance(BANK, "GBP") == 0


def test_nothing_to_post_is_nothing() -> None:
    assert actions.post([]) == 0


def test_same_id_same_content_is_done_already() -> None:
    fund()
    for _time in range(3):
        assert actions.post([move(1, AVAILABLE, chart.agent_withdrawing(7), 400)]) in {0, 1}
    assert queries.balance(AVAILABLE) == 600
    assert Transfer.objects.count() == 2


def test_a_batch_that_is_half_there_adds_the_other_half() -> None:
    actions.post([move(1, BANK, PREPAID, 100)])
    assert actions.post([move(1, BANK, PREPAID, 100), move(2, BANK, PREPAID, 50)]) == 1
    assert queries.balance(PREPAID) == 150


@pytest.mark.parametrize(
    "other",
    [
        move(1, BANK, PREPAID, 101),
        move(1, PREPAID, BANK, 100),
        move(1, BANK, chart.revenue(), 100),
        move(1, BANK, PREPAID, 100, currency="GBP"),
        move(1, BANK, PREPAID, 100, reason="other"),
        move(1, BANK, PREPAID, 100, reference="R2"),
    ],
    ids=["amount", "direction", "account", "currency", "reason", "reference"],
)
def test_same_id_other_content_is_refused(other: TransferRequest) -> None:
    actions.post([move(1, BANK, PREPAID, 100)])
    with refused("ledger.conflict"):
        actions.post([move(2, BANK, PREPAID, 5), other])
    assert queries.balance(PREPAID) == 100


def test_one_batch_with_an_id_twice() -> None:
    assert actions.post([move(1, BANK, PREPAID, 100), move(1, BANK, PREPAID, 100)]) == 1
    with refused("ledger.conflict"):
        actions.post([move(2, BANK, PREPAID, 100), move(2, BANK, PREPAID, 99)])
    assert queries.balance(PREPAID) == 100


def test_a_wallet_is_never_overdrawn() -> None:
    fund(1000)
    with refused("ledger.insufficient"):
        actions.post([move(1, AVAILABLE, chart.commission_expense(), 1001)])
    assert queries.balance(AVAILABLE) == 1000
    assert not Transfer.objects.filter(pk=derived("test", 1)).exists()
    assert actions.post([move(1, AVAILABLE, chart.commission_expense(), 1000)]) == 1
    assert queries.balance(AVAILABLE) == 0


def test_a_batch_counts_as_a_whole() -> None:
    """Frozen money thaws and repays a debt in one go, though the available account was empty before."""
    actions.post([move(1, chart.commission_expense(), FROZEN, 500), move(2, DEBT, chart.commission_expense(), 300)])
    actions.post([move(3, AVAILABLE, DEBT, 300), move(4, FROZEN, AVAILABLE, 500)])
    assert [queries.balance(code) for code in (FROZEN, AVAILABLE, DEBT)] == [0, 200, 0]


def test_a_debt_is_not_repaid_twice() -> None:
    actions.post([move(1, DEBT, chart.commission_expense(), 300), move(2, chart.commission_expense(), AVAILABLE, 900)])
    with refused("ledger.insufficient"):
        actions.post([move(3, AVAILABLE, DEBT, 301)])
    assert queries.balance(DEBT) == 300


@pytest.mark.parametrize("amount", [0, -1, 1.0, True, 10**13 + 1], ids=str)
def test_amounts_are_positive_whole_numbers(amount: object) -> None:
    with refused("money.amount"):
        actions.post([move(1, BANK, PREPAID, amount)])  # type: ignore[arg-type]
    assert Transfer.objects.count() == 0


def test_unlimited_accounts_keep_no_running_totals() -> None:
    actions.post([move(1, BANK, PREPAID, 100)])
    assert list(Account.objects.values_list("debits_posted_fen", "credits_posted_fen")) == [(0, 0), (0, 0)]


def test_the_time_is_the_callers_or_now(moving_clock: MovingClock) -> None:
    past = moving_clock.now - timedelta(days=400)
    actions.post([move(1, BANK, PREPAID, 100, at=past), move(2, BANK, PREPAID, 100)])
    assert Transfer.objects.get(pk=derived("test", 1)).at == past
    assert Transfer.objects.get(pk=derived("test", 2)).at == moving_clock.now


def test_statements_for_one_transfer(statements: Statements) -> None:
    actions.post([move(0, BANK, PREPAID, 1)])
    with statements(2):  # find the accounts, insert
        actions.post([move(1, BANK, PREPAID, 100)])


def test_statements_for_three_transfers(statements: Statements) -> None:
    fund()
    actions.post([move(0, AVAILABLE, chart.agent_withdrawing(7), 1), move(9, BANK, PREPAID, 1)])
    batch = [move(1, BANK, PREPAID, 9), move(2, chart.commission_expense(), AVAILABLE, 5)]
    with statements(4):  # find the accounts, insert, one update for each of the two wallets
        actions.post([*batch, move(3, AVAILABLE, chart.agent_withdrawing(7), 2)])


# --- two phases ---


def test_held_money_has_not_moved_and_cannot_be_spent() -> None:
    fund(1000)
    hold()
    assert (queries.balance(AVAILABLE), queries.available(AVAILABLE)) == (1000, 600)
    assert queries.balance(chart.agent_withdrawing(7)) == 0
    with refused("ledger.insufficient"):
        actions.post([move(1, AVAILABLE, chart.commission_expense(), 601)])
    with refused("ledger.insufficient"):
        hold("second", 601)


def test_holding_twice_holds_once() -> None:
    fund(1000)
    request = move("hold", AVAILABLE, chart.agent_withdrawing(7), 400)
    deadline = clock.now() + timedelta(minutes=30)
    assert [actions.hold([request], expires_at=deadline) for _time in range(2)] == [1, 0]
    with refused("ledger.conflict"):
        actions.post([request])
    assert queries.available(AVAILABLE) == 600


@pytest.mark.parametrize(("amount", "left"), [(None, 600), (400, 600), (150, 850)])
def test_posting_a_hold_moves_up_to_all_of_it(amount: int | None, left: int) -> None:
    fund(1000)
    held = hold()
    assert actions.post_held(derived("post"), held, amount_fen=amount) == 1
    assert (queries.balance(AVAILABLE), queries.available(AVAILABLE)) == (left, left)
    assert queries.balance(chart.agent_withdrawing(7)) == 1000 - left


def test_voiding_a_hold_gives_it_back() -> None:
    fund(1000)
    assert actions.void_held(derived("void"), hold()) == 1
    assert (queries.balance(AVAILABLE), queries.available(AVAILABLE)) == (1000, 1000)


def test_a_hold_is_resolved_once() -> None:
    fund(1000)
    held = hold()
    assert [actions.post_held(derived("post"), held, amount_fen=100) for _time in range(2)] == [1, 0]
    with refused("ledger.conflict"):
        actions.post_held(derived("post"), held, amount_fen=101)
    with refused("ledger.resolved"):
        actions.post_held(derived("post again"), held)
    with refused("ledger.resolved"):
        actions.void_held(derived("void"), held)
    assert queries.balance(AVAILABLE) == 900


def test_more_than_held_and_unknown_holds() -> None:
    fund(1000)
    held = hold()
    with refused("ledger.more_than_held"):
        actions.post_held(derived("post"), held, amount_fen=401)
    with refused("ledger.unknown_hold"):
        actions.post_held(derived("post"), derived("nothing"))
    with refused("ledger.unknown_hold"):
        actions.void_held(derived("void"), derived("test", "fund"))


def test_a_hold_expires(moving_clock: MovingClock) -> None:
    fund(1000)
    held = hold(minutes=30)
    hold("later", 50, minutes=60)
    assert actions.expire_held(10) == 0
    moving_clock.advance(minutes=30)
    with refused("ledger.expired"):
        actions.post_held(derived("post"), held)
    assert [actions.expire_held(10) for _time in range(2)] == [1, 0]
    assert queries.available(AVAILABLE) == 950
    with refused("ledger.resolved"):
        actions.void_held(derived("void"), held)


def test_a_posted_hold_does_not_expire(moving_clock: MovingClock) -> None:
    fund(1000)
    actions.post_held(derived("post"), hold(minutes=30))
    moving_clock.advance(hours=1)
    assert actions.expire_held(10) == 0
    assert actions.post_held(derived("post"), derived("test", "hold")) == 0
    assert queries.balance(AVAILABLE) == 600


def test_expiry_is_bounded(moving_clock: MovingClock) -> None:
    fund(1000)
    for key in range(3):
        hold(key, 10)
    moving_clock.advance(hours=1)
    assert [actions.expire_held(2), actions.expire_held(2)] == [2, 1]
