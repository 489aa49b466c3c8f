"""Weeks of a shop under fire in the short form; ``./run torture`` goes on for as long as one likes."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F

from renmai.catalogue.actions.stock import StockWant, release
from renmai.catalogue.models import Sku
from renmai.distribution.actions import earning
from renmai.journeys import cancelling, quoting
from renmai.kernel import money
from renmai.ledger.journal import journal
from renmai.ordering import windows
from renmai.ordering.actions import refunding
from renmai.ordering.models import OrderLine
from tools.torture import books
from tools.torture.model import Broken
from tools.torture.simulator import Simulation

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20260521
WEEKS, ORDERS_A_WEEK, JOURNAL_ORDERS = 4, 18, 10
SPOILED_ORDERS, ROUNDS = 8, 15


def test_weeks_under_fire_leave_every_fen_and_every_piece_where_the_model_says() -> None:
    simulation = Simulation(SEED)
    for _week in range(WEEKS):
        figures = simulation.run(ORDERS_A_WEEK)
        simulation.now += timedelta(days=4)
    assert figures.placed >= WEEKS * ORDERS_A_WEEK
    assert min(figures.paid, figures.refunds, figures.deaths, sum(figures.weather.values())) > 0


@pytest.mark.skipif(shutil.which("hledger") is None, reason=books.MISSING)
def test_hledger_agrees_with_the_journal_of_a_week_and_not_with_a_false_one(monkeypatch: pytest.MonkeyPatch) -> None:
    Simulation(SEED, with_threads=False).run(JOURNAL_ORDERS)
    assert books.agreed_by_hledger()
    lines = list(journal())
    posting = next(number for number, line in enumerate(lines) if line.startswith("    "))
    account, amount = lines[posting].rsplit("  ", 1)
    lines[posting] = f"{account}  9{amount}"
    monkeypatch.setattr(books, "journal", lambda: lines)
    with pytest.raises(Broken, match="hledger does not agree"):
        books.agreed_by_hledger()


def one_fen_more_refunded(patch: pytest.MonkeyPatch) -> None:
    honest = refunding._amount

    def generous(line: OrderLine, quantity: int, *, with_freight: bool) -> int:
        spare = line.freight_fen > 0 and not with_freight and line.refunded_quantity == 0
        return honest(line, quantity, with_freight=with_freight) + spare

    patch.setattr(refunding, "_amount", generous)


def one_piece_lost(patch: pytest.MonkeyPatch) -> None:
    def careless(reference: str, wants: list[StockWant]) -> bool:
        Sku.objects.filter(pk=wants[0].sku_id).update(stock_free=F("stock_free") - 1, stock_total=F("stock_total") - 1)
        return release(reference, wants)

    patch.setattr(cancelling, "release", careless)


def commission_thaws_a_day_early(patch: pytest.MonkeyPatch) -> None:
    honest = windows.settle_after

    def hasty(received_at: datetime) -> datetime:
        return honest(received_at) - timedelta(days=1)

    patch.setattr(windows, "settle_after", hasty)


def commission_rounded_up(patch: pytest.MonkeyPatch) -> None:
    def generous(amount_fen: int, *, basis_points: int) -> int:
        return -(-amount_fen * basis_points // 10_000)

    patch.setattr(earning, "share_of", generous)


def carriage_shared_the_other_way_round(patch: pytest.MonkeyPatch) -> None:
    honest = money.split

    class Backwards:
        @staticmethod
        def split(total_fen: int, weights: list[int]) -> list[int]:
            return honest(total_fen, weights[::-1])

    patch.setattr(quoting, "money", Backwards)


def live_on(simulation: Simulation) -> None:
    for _round in range(ROUNDS):
        simulation.run(SPOILED_ORDERS)
        simulation.now += timedelta(days=2)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (one_fen_more_refunded, "the model"),
        (one_piece_lost, "the model"),
        (commission_thaws_a_day_early, "settled within its window"),
        (commission_rounded_up, "the model"),
        (carriage_shared_the_other_way_round, "the model"),
    ],
)
def test_the_model_notices(spoil: Callable[[pytest.MonkeyPatch], None], says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    simulation = Simulation(SEED, with_threads=False)
    spoil(monkeypatch)
    with pytest.raises(Broken, match=says):
        live_on(simulation)
