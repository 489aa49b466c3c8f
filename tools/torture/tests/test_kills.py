"""Processes are killed at every statement of what moves money and stock; nothing is lost, nothing happens twice."""

import pytest
from django.db import transaction

from renmai.campaigns.queries import running as campaigns
from renmai.insight.experiments import running as experiments
from renmai.kernel.models import Heartbeat
from renmai.payments.models import Payment
from renmai.policy import queries as settings
from renmai.project import worker
from tools.torture import kills, shop
from tools.torture.kills import Fate, Point
from tools.torture.kills_flows import Flows

pytestmark = pytest.mark.django_db(transaction=True)

FLOWS = ("place", "pay", "refund", "withdraw")
SEED = 20260309


@pytest.fixture
def flows() -> Flows:
    world = shop.populate(shop.Size(suppliers=2, products=3, keepers=1, buyers=1, stock=100_000))
    worker.settle()
    return Flows(world)


@pytest.mark.parametrize("name", FLOWS)
def test_a_process_dies_at_every_statement(flows: Flows, name: str) -> None:
    flow = getattr(flows, name)
    sent = kills.statements_of(flow)
    assert len(sent) > 10
    assert kills.COMMIT in sent
    kills.kill_everywhere(flow, kills.short_points_of(sent))


def test_worker_after_worker_dies_and_the_last_one_catches_up(flows: Flows) -> None:
    assert kills.kill_worker([flows.pay, flows.refund, flows.withdraw] * 3, seed=SEED, deaths=12) > 3


def test_the_dead_leave_what_they_committed_and_nothing_else() -> None:
    def act() -> None:
        Heartbeat.objects.create(name="committed")
        with transaction.atomic():
            Heartbeat.objects.create(name="rolled back")
            Heartbeat.objects.create(name="rolled back too")

    survived, sent = kills.in_child(act, Fate())
    assert (survived, sent[-1]) == (False, "COMMIT")
    # SQLite is told of the beginning of a transaction by a statement, PostgreSQL by the first one in it.
    is_told = any(sql.startswith("BEGIN") for sql in sent)
    assert len(sent) == 4 + is_told
    for number in range(1, len(sent) + 1):
        for is_after in (False, True):
            Heartbeat.objects.all().delete()
            killed, _sent = kills.in_child(act, Fate(Point(number, is_after)))
            assert killed
            is_first_there = (number, is_after) >= (1, True)
            is_all_there = (number, is_after) == (len(sent), True)
            assert Heartbeat.objects.count() == (3 if is_all_there else int(is_first_there))


def test_an_action_that_is_not_one_transaction_is_found(flows: Flows) -> None:
    def pay_by_halves() -> kills.Case:
        case = flows.pay()
        payment = Payment.objects.latest("pk")

        def half() -> None:
            Payment.objects.filter(pk=payment.pk).update(status="captured", provider_trade="T", next_query_at=None)
            case.act()

        return kills.Case(half, case.again, case.has_happened_once)

    with pytest.raises(AssertionError, match=r"(?s)right after death.*capture \S+: we have .* the ledger None"):
        kills.kill_everywhere(pay_by_halves, [Point(1, is_after=True)])


def test_a_process_that_breaks_says_why() -> None:
    def act() -> None:
        raise ValueError("not what was wanted")

    with pytest.raises(AssertionError, match="ValueError: not what was wanted"):
        kills.in_child(act, Fate())


def test_a_busy_machine_sends_no_other_statements(flows: Flows, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for seconds runs out in the middle of an act where everything is slow; a death would come one statement late, or never."""
    quick = kills.statements_of(flows.place)
    for keeping in (settings, campaigns, experiments):
        monkeypatch.setattr(keeping, "CACHE_SECONDS", 0)
    assert len(kills.statements_of(flows.place)) == len(quick)


def test_a_death_that_did_not_happen_is_none_survived(flows: Flows) -> None:
    with pytest.raises(
        AssertionError, match=r"nobody died before statement 5000: the act sent \d+ statements, the last one \['COMMIT'\]"
    ):
        kills.kill_everywhere(flows.place, [Point(5000, is_after=False)])


def test_an_action_without_statements_is_no_proof() -> None:
    nothing = kills.Case(lambda: None, lambda: None, lambda: None)
    with pytest.raises(AssertionError, match="sends no statement"):
        kills.statements_of(lambda: nothing)


def test_the_places_of_death_come_from_what_was_sent() -> None:
    sent = ["BEGIN", "UPDATE", kills.COMMIT, "SELECT"]
    assert len(kills.points_of(sent)) == 8
    assert [str(point) for point in kills.short_points_of(sent)] == [
        "before statement 1",
        "before statement 2",
        "before statement 3",
        "after statement 3",
        "before statement 4",
        "after statement 4",
    ]
