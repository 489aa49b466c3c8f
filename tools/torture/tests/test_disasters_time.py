"""A worker that was away for a day catches up, once and in order; a clock that is an hour off breaks nothing."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pytest_django import Settings

from renmai.campaigns.plays import plays
from renmai.catalogue.models import StockMovement
from renmai.journeys import paying
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Alert, OutboxEvent, Receipt
from renmai.ledger.models import Transfer
from renmai.ordering.models import Order, OrderStep
from renmai.payments.models import Notification, Payment
from renmai.payments.providers.sandbox import signing
from renmai.payments.providers.sandbox.provider import notice_body
from renmai.programs.models import WebhookDelivery
from renmai.project import audit, timers, worker
from tools.torture import disasters, kills, shop
from tools.torture.disasters_dues import Dues
from tools.torture.kills_flows import SANDBOX, Flows, money_came

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = shop.Size(suppliers=2, products=3, keepers=1, buyers=2, stock=10_000)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LONG_AGO = timedelta(days=100)
STEP = timedelta(seconds=30)
QUARTER_OF_AN_HOUR = 30


class Ear(HTTPServer):
    """Somebody who listens to webhooks and counts them by their id."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listening)
        self.heard: Counter[str] = Counter()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Listening(BaseHTTPRequestHandler):
    server: Ear

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard[self.headers["Renmai-Delivery"]] += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Keep quiet."""


@pytest.fixture
def ear(settings: Settings) -> Iterator[Ear]:
    settings.RENMAI_DEMO = True  # webhooks may stay on this machine
    with Ear() as listener:
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield listener
        listener.shutdown()
        thread.join()


@pytest.fixture
def _one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's time goes with ours; timers have never run."""
    monkeypatch.setattr(worker, "_off_the_database", timedelta)
    monkeypatch.setattr(timers, "_next_run", {})


def work_on(moment: datetime, rounds: int) -> None:
    """Let a worker begin at ``moment`` and work for so many half minutes."""
    for number in range(rounds):
        with clock.travel(moment + number * STEP):
            worker.run(once=True)


@pytest.mark.usefixtures("_one_clock")
def test_a_worker_back_after_a_day_catches_up_once_and_in_order(ear: Ear) -> None:
    left = clock.now()
    with clock.travel(left - LONG_AGO):
        world = shop.populate(SMALL)
    dues = Dues(world, left, ear.url)
    waiting = dues.make()
    before = {due.name: due.state() for due in waiting}
    untold = OutboxEvent.objects.filter(name="payments.PaymentCaptured").exclude(status="done").count()
    assert not [due.name for due in waiting if before[due.name] == due.becomes]
    back = left + DAY
    with clock.travel(back):
        overdue = [str(violation) for violation in audit.all_violations()]
        # What is past its time, by the plays' own audits too, and the money of the two that paid and of whom nobody knows.
        of_plays = [line for line in overdue if line.removeprefix("[").startswith(tuple(plays()))]
        assert Counter(line[:3] for line in overdue if not line.startswith("[9]") and line not in of_plays) == {"[8]": 2}
        assert len(overdue) > 10
    work_on(back, QUARTER_OF_AN_HOUR)
    with clock.travel(back + QUARTER_OF_AN_HOUR * STEP):
        assert {due.name: due.state() for due in waiting} == {due.name: due.becomes for due in waiting}
        kills.look([], "after the worker came back")
    cancelled = OrderStep.objects.filter(step="cancelled").order_by("pk").values_list("order_id", flat=True)
    assert list(cancelled) == [order.pk for order in sorted(dues.unpaid, key=lambda order: order.pay_before)]
    assert not OutboxEvent.objects.exclude(status="done").exists()
    told = WebhookDelivery.objects.values_list("pk", flat=True)
    assert ear.heard == {str(pk): 1 for pk in told}
    # Of what was paid and not told yet when the worker went away, and of the two payments that it found when it was back.
    assert len(ear.heard) == untold + 2
    assert not Alert.objects.filter(code__in=["timer.failed", "timer.stuck", "outbox.dead"]).exists()
    done = footprint()
    # Neither more time nor a worker whose clock is an hour behind makes anything happen again.
    for later in (HOUR, -HOUR):
        work_on(back + later, 3)
        assert footprint() == done
        assert {due.name: due.state() for due in waiting} == {due.name: due.becomes for due in waiting}


def footprint() -> tuple[object, ...]:
    """What every effect leaves behind, counted."""
    rows = (Transfer, StockMovement, OutboxEvent, Receipt, Notification, OrderStep, WebhookDelivery)
    return (*(model.objects.count() for model in rows), *Order.objects.order_by("pk").values_list("status", flat=True))


@pytest.mark.parametrize("off", [HOUR, -HOUR])
def test_a_notice_of_a_clock_an_hour_off_is_refused_and_the_money_is_found_by_asking(off: timedelta) -> None:
    flows = Flows(shop.populate(SMALL))
    worker.settle()
    order = flows.placed_order()
    payment = flows.paid_unnoticed(order)
    body = notice_body(money_came(payment)).encode()
    headers = signing.signed_headers(body)
    with clock.shift(off):
        with pytest.raises(DomainError) as refused:
            paying.receive_notification(SANDBOX, headers, body)
        assert refused.value.code == "payments.stale"
    assert (Payment.objects.get().status, Order.objects.get().status, Notification.objects.count()) == ("pending", "placed", 0)
    with clock.travel(clock.now() + timedelta(minutes=1)):
        worker.settle()
        assert (Payment.objects.get().status, Order.objects.get().status) == ("captured", "paid")
        kills.look([], "after asking")


@pytest.mark.parametrize("seed", [20260309])
def test_a_clock_that_jumps_by_an_hour_breaks_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  to be repeated, not to be secret
    flows = Flows(shop.populate(SMALL))
    worker.settle()
    start = clock.now() + DAY
    cases = []
    for minute, flow in enumerate([flows.refund, flows.withdraw] * 4):
        now = start + timedelta(minutes=minute)
        with clock.travel(now):
            cases.append(flow())
        for act in (cases[-1].again, worker.settle):
            with clock.travel(now + chance.choice((-HOUR, timedelta(), HOUR))):
                act()
    with clock.travel(start + timedelta(minutes=20)):
        kills.look([], "after the clock has jumped")
    # What was put off by a clock that was ahead is due an hour later at most.
    with clock.travel(start + 2 * HOUR):
        disasters.recover(cases)
