"""Several writers at the same moment, each on a connection of its own. PostgreSQL interleaves them, SQLite queues them."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from renmai.kernel.errors import DomainError
from renmai.kernel.ids import derived
from renmai.ledger import actions, audit, queries
from renmai.ledger.models import Account, Transfer
from renmai.ledger.tests.making import AVAILABLE, BANK, EXPENSE, FROZEN, PREPAID, WITHDRAWING, fund, hold, move

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(act: Callable[[int], object]) -> Counter[str]:
    """Run ``act(0…7)`` on eight threads that begin together; return what each said, refusals by their code."""
    together = Barrier(THREADS)

    def one(number: int) -> str:
        together.wait(timeout=30)
        try:
            return str(act(number))
        except DomainError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        said = Counter(pool.map(one, range(THREADS)))
    assert list(audit.violations()) == []
    return said


def test_the_same_transfer_from_everywhere_is_one() -> None:
    said = at_once(lambda _: actions.post([move("same", BANK, PREPAID, 100), move("too", EXPENSE, AVAILABLE, 7)]))
    assert said == {"2": 1, "0": THREADS - 1}
    assert (queries.balance(PREPAID), queries.balance(AVAILABLE)) == (100, 7)


def test_an_id_with_two_contents_keeps_one() -> None:
    said = at_once(lambda number: actions.post([move("same", BANK, PREPAID, 100 + number % 2)]))
    assert said == {"1": 1, "0": THREADS // 2 - 1, "ledger.conflict": THREADS // 2}
    assert Transfer.objects.count() == 1


def test_a_wallet_pays_only_what_it_has() -> None:
    fund(1000)
    said = at_once(lambda number: actions.post([move(number, AVAILABLE, WITHDRAWING, 300)]))
    assert said == {"1": 3, "ledger.insufficient": 5}
    assert (queries.balance(AVAILABLE), queries.balance(WITHDRAWING)) == (100, 900)


def test_wallets_in_any_order_do_not_lock_each_other() -> None:
    fund(1000)
    actions.post([move("frozen", EXPENSE, FROZEN, 1000)])
    there, back = (AVAILABLE, FROZEN), (FROZEN, AVAILABLE)
    said = at_once(
        lambda number: sum(
            actions.post([move((number, turn), *(there if (number + turn) % 2 else back), 1)]) for turn in range(10)
        )
    )
    assert said == {"10": THREADS}
    assert queries.balance(AVAILABLE) + queries.balance(FROZEN) == 2000


def test_a_new_account_comes_into_being_once() -> None:
    at_once(lambda number: actions.post([move(number, BANK, PREPAID, 1)]))
    assert Account.objects.count() == 2
    assert queries.balance(BANK) == THREADS


def test_a_hold_is_resolved_by_one() -> None:
    fund(1000)
    held = hold(amount_fen=400)

    def act(number: int) -> int:
        key = derived("resolve", number)
        return actions.post_held(key, held, amount_fen=100) if number % 2 else actions.void_held(key, held)

    assert at_once(act) == {"1": 1, "ledger.resolved": THREADS - 1}
    assert queries.available(AVAILABLE) in {900, 1000}
