"""Several at the same moment, each on a connection of its own. PostgreSQL interleaves them, SQLite queues them."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from renmai.kernel.errors import DomainError
from renmai.ledger.models import Transfer
from renmai.payments import actions
from renmai.payments.events import PaymentCaptured, RefundSucceeded
from renmai.payments.models import Notification, Payment, Refund, SandboxBill, SandboxNotice
from renmai.payments.providers.sandbox import signing
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.tests.making import AMOUNT, broken, captured, choose, door, emitted, start

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8


def at_once(act: Callable[[int], object], times: int = THREADS) -> Counter[str]:
    """Run ``act(0…times-1)`` on eight threads that begin together; return what each said, refusals by their code."""
    together = Barrier(min(times, THREADS))

    def one(number: int) -> str:
        if number < THREADS:
            together.wait(timeout=30)
        try:
            return str(act(number))
        except DomainError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return Counter(pool.map(one, range(times)))


def test_a_hundred_identical_callbacks() -> None:
    payment = choose(start(), Behaviour.NOTIFY_LATE)
    body = SandboxNotice.objects.get().body.encode()
    headers = signing.signed_headers(body)
    said = at_once(lambda _: door("sandbox", headers, body), times=100)
    assert said == {"captured": 1, "payments.replayed": 99}
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CAPTURED
    assert Transfer.objects.count() == Notification.objects.count() == len(emitted(PaymentCaptured)) == 1


def test_a_hundred_callbacks_with_nonces_of_their_own() -> None:
    choose(start(), Behaviour.NOTIFY_LATE)
    body = SandboxNotice.objects.get().body.encode()
    said = at_once(lambda _: door("sandbox", signing.signed_headers(body), body), times=100)
    assert said == {"captured": 1, "already captured": 99}
    assert Transfer.objects.count() == len(emitted(PaymentCaptured)) == 1
    assert broken() == []


def test_refunds_never_exceed_the_payment() -> None:
    payment = captured(amount_fen=1000)

    def ask(number: int) -> str:
        with transaction.atomic():
            refund = actions.request_refund(
                payment.pk, amount_fen=300, reason="x", cause=f"cause {number}", after_settlement=False
            )
        return refund.status

    assert at_once(ask) == {"created": 3, "payments.refund_too_much": 5}
    payment.refresh_from_db()
    assert payment.refunded_fen == 900
    assert Refund.objects.count() == 3


def test_one_cause_at_once_is_one_refund() -> None:
    payment = captured()
    said = at_once(
        lambda _: actions.request_refund(payment.pk, amount_fen=300, reason="x", cause="one", after_settlement=False).cause
    )
    assert said == {"one": THREADS}
    payment.refresh_from_db()
    assert (payment.refunded_fen, Refund.objects.count()) == (300, 1)


def test_sweeps_side_by_side_refund_once() -> None:
    payment = captured()
    for number in range(6):
        actions.request_refund(payment.pk, amount_fen=10, reason="x", cause=f"c{number}", after_settlement=False)
    at_once(lambda _: actions.submit_refunds(10))
    assert list(Refund.objects.values_list("status", "attempts")) == [("succeeded", 1)] * 6
    assert SandboxBill.objects.count() == len(emitted(RefundSucceeded)) == 6
    assert broken() == []


def test_answer_and_notice_finish_a_refund_once() -> None:
    payment = captured()
    actions.request_refund(payment.pk, amount_fen=10, reason="x", cause="c", after_settlement=False)
    at_once(lambda number: actions.submit_refunds(10) if number % 2 else actions.deliver_sandbox_notices(10, deliver=door))
    actions.deliver_sandbox_notices(10, deliver=door)
    assert len(emitted(RefundSucceeded)) == Transfer.objects.filter(reason="refund").count() == 1


def test_one_payment_waits_however_often_it_is_started() -> None:
    said = at_once(lambda _: start().number)
    assert list(said.values()) == [THREADS]
    assert Payment.objects.count() == 1


def test_one_reference_is_one_payout() -> None:
    said = at_once(lambda _: actions.request_payout("W1", payee="a", amount_fen=5, currency="CNY", provider="sandbox").number)
    assert list(said.values()) == [THREADS]


def test_capture_against_close() -> None:
    """Whoever is first, the money is booked once and the payment ends captured."""
    payment = choose(start(), Behaviour.NOTIFY_LATE)
    body = SandboxNotice.objects.get().body.encode()

    def act(number: int) -> object:
        if number % 2:
            return door("sandbox", signing.signed_headers(body), body)
        return actions.close_payments("R1")

    at_once(act)
    payment.refresh_from_db()
    assert payment.status == Payment.Status.CAPTURED
    assert Transfer.objects.get().amount_fen == AMOUNT
    assert connection.in_atomic_block is False
