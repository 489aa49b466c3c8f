"""A payment from its start to its end, in every behaviour of the sandbox."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import transaction

from renmai.kernel import clock
from renmai.kernel.ids import derived
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ledger.models import Transfer
from renmai.payments import actions, queries
from renmai.payments.actions import Answer, Outcome, Subject
from renmai.payments.events import PaymentCaptured
from renmai.payments.models import Notification, Payment, SandboxNotice, SandboxTrade
from renmai.payments.providers.base import ProviderUnavailableError
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.providers.sandbox.provider import SandboxProvider
from renmai.payments.tests.making import (
    AMOUNT,
    alerts,
    broken,
    captured,
    choose,
    door,
    emitted,
    refused,
    settle,
    start,
    trade_of,
)
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Status = Payment.Status


def answer(payment: Payment, outcome: Outcome = Outcome.SUCCEEDED, **changes: object) -> Answer:
    fields = {
        "subject": Subject.PAYMENT,
        "number": payment.number,
        "outcome": outcome,
        "provider_id": trade_of(payment).trade,
        "amount_fen": payment.amount_fen,
        "currency": payment.currency,
    }
    return Answer(**(fields | changes))  # type: ignore[arg-type]


def test_paying_captures_posts_and_tells_once() -> None:
    payment = captured()
    assert payment.provider_trade == trade_of(payment).trade
    assert payment.captured_at is not None
    assert payment.next_query_at is None
    assert ledger.balance(chart.provider("sandbox")) == AMOUNT
    assert ledger.balance(chart.customers_prepaid()) == AMOUNT
    assert Transfer.objects.get().pk == derived("capture", payment.number)
    assert emitted(PaymentCaptured) == [PaymentCaptured(payment_id=payment.pk, reference="R1", amount_fen=AMOUNT)]
    assert Notification.objects.get().outcome == "captured"
    assert broken() == []


def test_starting_again_returns_the_waiting_payment() -> None:
    first = start()
    again = actions.start_payment(
        actions.Bill("R1", AMOUNT, "CNY"),
        provider="sandbox",
        expires_at=clock.now() + timedelta(minutes=5),
        return_url="/elsewhere/",
    )
    assert again.payment == first
    assert again.cashier_url == f"/sandbox/cashier/{trade_of(first).trade}/"
    assert SandboxTrade.objects.get().return_url == "/elsewhere/"
    assert Payment.objects.count() == 1


def test_another_amount_replaces_the_waiting_payment() -> None:
    first = start()
    second = start(amount_fen=AMOUNT + 1)
    first.refresh_from_db()
    assert (first.status, second.status) == (Status.CLOSED, Status.PENDING)
    assert queries.waiting_payment("R1") == second


def test_a_paid_order_is_not_paid_again() -> None:
    captured()
    with refused("payments.already_paid"):
        start()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"provider": "nobody"}, "payments.unknown_provider"),
        ({"amount_fen": 0}, "money.amount"),
        ({"amount_fen": 1.5}, "money.amount"),
        ({"expires_at": clock.now() - timedelta(seconds=1)}, "payments.too_late"),
    ],
)
def test_what_cannot_be_started(changes: dict[str, object], code: str) -> None:
    fields = {
        "provider": "sandbox",
        "expires_at": clock.now() + timedelta(minutes=30),
        "return_url": "/",
    }
    with refused(code):
        actions.start_payment(actions.Bill("R1", changes.pop("amount_fen", AMOUNT), "CNY"), **(fields | changes))  # type: ignore[arg-type]
    assert not Payment.objects.exists()


def test_a_provider_that_does_not_answer_leaves_a_payment_to_take_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(self: SandboxProvider, payment: Payment, return_url: str) -> str:
        raise ProviderUnavailableError

    with monkeypatch.context() as patch, refused("payments.unavailable"):
        patch.setattr(SandboxProvider, "create_trade", silent)
        start()
    waiting = Payment.objects.get()
    assert start() == waiting


def test_a_refused_payment_may_be_followed_by_another() -> None:
    first = choose(start(), Behaviour.REFUSE)
    assert first.status == Status.FAILED
    second = choose(start())
    assert second.status == Status.CAPTURED
    assert second != first
    assert Transfer.objects.count() == 1
    assert broken() == []


def test_a_late_notice(moving_clock: MovingClock) -> None:
    payment = choose(start(), Behaviour.NOTIFY_LATE)
    assert payment.status == Status.PENDING
    assert actions.deliver_sandbox_notices(10, deliver=door) == 0
    moving_clock.advance(seconds=60)
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED
    assert actions.deliver_sandbox_notices(10, deliver=door) == 0


def test_a_notice_after_the_question_changes_nothing(moving_clock: MovingClock) -> None:
    payment = choose(start(), Behaviour.NOTIFY_LATE)
    moving_clock.advance(seconds=60)
    assert actions.query_pending_payments(10, settle=settle) == 1
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED
    assert Notification.objects.get().outcome == "already captured"
    assert Transfer.objects.count() == len(emitted(PaymentCaptured)) == 1


def test_two_notices_capture_once() -> None:
    choose(start(), Behaviour.NOTIFY_TWICE)
    assert list(Notification.objects.order_by("pk").values_list("outcome", flat=True)) == ["captured", "already captured"]
    assert Transfer.objects.count() == len(emitted(PaymentCaptured)) == 1
    assert ledger.balance(chart.customers_prepaid()) == AMOUNT


@pytest.mark.parametrize("minutes", [0, 3, 17, 29])
def test_without_a_notice_the_question_finds_it_within_a_minute(moving_clock: MovingClock, minutes: int) -> None:
    payment = start()
    for _second in range(minutes * 12):
        moving_clock.advance(seconds=5)
        actions.query_pending_payments(10, settle=settle)
    payment = choose(payment, Behaviour.NEVER_NOTIFY)
    assert payment.status == Status.PENDING
    assert not SandboxNotice.objects.exists()
    for _second in range(11):
        moving_clock.advance(seconds=5)
        actions.query_pending_payments(10, settle=settle)
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED
    assert broken() == []


def test_a_wrong_amount_is_refused_and_the_truth_found(moving_clock: MovingClock) -> None:
    payment = choose(start(), Behaviour.WRONG_AMOUNT)
    assert payment.status == Status.PENDING
    assert not Transfer.objects.exists()
    assert not Notification.objects.exists()
    assert alerts() == [("payments.mismatch", f"payment {payment.number}")]
    moving_clock.advance(seconds=20)
    actions.query_pending_payments(10, settle=settle)
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED
    assert ledger.balance(chart.customers_prepaid()) == AMOUNT


def test_a_customer_who_comes_back_is_asked_about_at_once() -> None:
    payment = choose(start(), Behaviour.NEVER_NOTIFY)
    actions.query_payment(payment.pk, settle=settle)
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED
    actions.query_payment(payment.pk, settle=settle)
    assert Transfer.objects.count() == 1


@pytest.mark.parametrize("behaviour", [Behaviour.PAY, Behaviour.NEVER_NOTIFY])
def test_money_after_the_end_is_captured_all_the_same(moving_clock: MovingClock, behaviour: Behaviour) -> None:
    payment = start()
    assert [actions.close_payments("R1"), actions.close_payments("R1")] == [1, 0]
    choose(payment, behaviour)
    moving_clock.advance(seconds=60)
    actions.query_pending_payments(10, settle=settle)
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED
    assert len(emitted(PaymentCaptured)) == 1
    assert broken() == []


def test_an_unpaid_payment_closes_and_is_asked_about_for_half_a_day(moving_clock: MovingClock) -> None:
    payment = start()
    moving_clock.advance(minutes=31)
    asked = actions.query_pending_payments(10, settle=settle)
    payment.refresh_from_db()
    assert payment.status == Status.CLOSED
    for _hour in range(48):
        moving_clock.advance(hours=1)
        asked += actions.query_pending_payments(10, settle=settle)
    payment.refresh_from_db()
    assert payment.next_query_at is None
    assert asked == 6
    assert broken() == []


def test_a_settlement_that_breaks_leaves_the_others_alone(moving_clock: MovingClock) -> None:
    first, second = choose(start("R1"), Behaviour.NEVER_NOTIFY), choose(start("R2"), Behaviour.NEVER_NOTIFY)
    moving_clock.advance(seconds=20)

    def breaks(provider: str, answered: Answer) -> None:
        if answered.number == first.number:
            raise RuntimeError("broken")
        settle(provider, answered)

    assert actions.query_pending_payments(10, settle=breaks) == 2
    second.refresh_from_db()
    assert second.status == Status.CAPTURED
    assert alerts() == [("payments.query", f"payment {first.number}")]
    moving_clock.advance(minutes=1)
    actions.query_pending_payments(10, settle=settle)
    first.refresh_from_db()
    assert first.status == Status.CAPTURED


def test_a_provider_that_does_not_answer_is_asked_again(moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = choose(start(), Behaviour.NEVER_NOTIFY)
    moving_clock.advance(seconds=20)

    def silent(self: SandboxProvider, payment: Payment) -> Answer:
        raise ProviderUnavailableError

    with monkeypatch.context() as patch:
        patch.setattr(SandboxProvider, "query_trade", silent)
        assert actions.query_pending_payments(10, settle=settle) == 1
        actions.query_payment(payment.pk, settle=settle)
    assert alerts() == []
    moving_clock.advance(minutes=1)
    actions.query_pending_payments(10, settle=settle)
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED


def test_the_sweep_is_bounded(moving_clock: MovingClock) -> None:
    for number in range(3):
        start(f"R{number}")
    moving_clock.advance(seconds=20)
    assert [actions.query_pending_payments(2, settle=settle) for _round in range(2)] == [2, 1]


def test_capturing_twice_is_new_once() -> None:
    payment = start()
    results = [actions.record_capture("sandbox", answer(payment)).is_new for _time in range(3)]
    assert results == [True, False, False]
    assert Transfer.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_fen": AMOUNT - 1}, "payments.mismatch"),
        ({"currency": "GBP"}, "payments.mismatch"),
        ({"number": "P-unknown"}, "payments.unknown_payment"),
    ],
)
def test_a_capture_that_is_not_ours(changes: dict[str, object], code: str) -> None:
    payment = start()
    with refused(code):
        actions.record_capture("sandbox", answer(payment, Outcome.SUCCEEDED, **changes))
    payment.refresh_from_db()
    assert payment.status == Status.PENDING
    assert not Transfer.objects.exists()


def test_another_trade_for_a_captured_payment_is_refused() -> None:
    payment = captured()
    with refused("payments.mismatch"):
        actions.record_capture("sandbox", answer(payment, provider_id="another"))


def test_a_payment_of_another_provider_is_unknown() -> None:
    payment = start()
    with refused("payments.unknown_payment"):
        actions.record_capture("other", answer(payment))


def test_only_success_is_captured() -> None:
    payment = start()
    with pytest.raises(AssertionError):
        actions.record_capture("sandbox", answer(payment, Outcome.OPEN))


def test_money_after_a_refusal_is_captured() -> None:
    payment = choose(start(), Behaviour.REFUSE)
    assert actions.record_capture("sandbox", answer(payment, Outcome.SUCCEEDED)).is_new is True
    payment.refresh_from_db()
    assert (payment.status, payment.next_query_at) == (Status.CAPTURED, None)


def test_a_failure_does_not_undo_a_capture() -> None:
    payment = captured()
    assert actions.record_failure("sandbox", answer(payment, Outcome.FAILED)) is False
    payment.refresh_from_db()
    assert payment.status == Status.CAPTURED


def test_asking_a_provider_inside_a_transaction_is_a_bug(moving_clock: MovingClock) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        start("R2")
    start()
    moving_clock.advance(minutes=1)
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        actions.query_pending_payments(10, settle=settle)


def test_what_the_queries_say() -> None:
    first = choose(start(), Behaviour.REFUSE)
    second = choose(start())
    assert queries.payments_for("R1") == [second, first]
    assert queries.captured_fen("R1") == AMOUNT
    assert queries.captured_fen("R2") == 0
    assert queries.waiting_payment("R1") is None


def test_statements_of_a_payment(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    captured("R0")
    with statements(3):  # paid or waiting? insert, and what the sandbox inserts
        payment = start("R1")
    paid = answer(payment, Outcome.SUCCEEDED)
    with statements(5):  # payment, state, accounts, transfer, event
        actions.record_capture("sandbox", paid)
    with statements(4):  # asked before? what was paid, refund, reservation
        actions.refund_for_reference(payment.reference, amount_fen=1, reason="x", cause="b")
    with statements(2):  # refund, reservation
        actions.request_refund(payment.pk, amount_fen=1, reason="x", cause="c", after_settlement=False)
