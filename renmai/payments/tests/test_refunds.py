"""Money back: reserved at once, never more than was paid, finished exactly once."""

import pytest
from django.db import transaction

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ledger.models import Transfer
from renmai.payments import actions, queries
from renmai.payments.actions import Answer, Outcome, Subject
from renmai.payments.events import RefundSucceeded
from renmai.payments.models import Payment, Refund, SandboxBill, SandboxTrade
from renmai.payments.providers.base import ProviderUnavailableError
from renmai.payments.providers.sandbox.cashier import Behaviour
from renmai.payments.providers.sandbox.provider import SandboxProvider
from renmai.payments.tests.making import AMOUNT, alerts, broken, captured, choose, door, emitted, refused, start
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Status = Refund.Status


def ask(payment: Payment, amount_fen: int = AMOUNT, *, cause: str = "after-sale:1", after_settlement: bool = False) -> Refund:
    return actions.request_refund(
        payment.pk, amount_fen=amount_fen, reason="return", cause=cause, after_settlement=after_settlement
    )


def answer(refund: Refund, outcome: Outcome, **changes: object) -> Answer:
    fields = {
        "subject": Subject.REFUND,
        "number": refund.number,
        "outcome": outcome,
        "provider_id": "bill-1",
        "amount_fen": refund.amount_fen,
        "currency": "CNY",
    }
    return Answer(**(fields | changes))  # type: ignore[arg-type]


def reserved(payment: Payment) -> int:
    payment.refresh_from_db()
    return payment.refunded_fen


@pytest.mark.parametrize(("after_settlement", "account"), [(False, "prepaid"), (True, "expense")])
def test_a_refund_goes_out_and_is_posted_once(after_settlement: bool, account: str) -> None:
    payment = captured()
    refund = ask(payment, 5000, after_settlement=after_settlement)
    assert (refund.status, reserved(payment)) == (Status.CREATED, 5000)
    assert not Transfer.objects.filter(reason="refund").exists()
    assert actions.submit_refunds(10) == 1
    assert actions.submit_refunds(10) == 0
    refund.refresh_from_db()
    assert refund.status == Status.SUCCEEDED
    assert refund.provider_refund == SandboxBill.objects.get().bill
    assert ledger.balance(chart.provider("sandbox")) == AMOUNT - 5000
    prepaid, expense = ledger.balance(chart.customers_prepaid()), ledger.balance(chart.refunds_expense())
    assert (prepaid, expense) == ((AMOUNT - 5000, 0) if account == "prepaid" else (AMOUNT, 5000))
    assert emitted(RefundSucceeded) == [
        RefundSucceeded(refund_id=refund.pk, reference="R1", cause="after-sale:1", amount_fen=5000)
    ]
    assert broken() == []


def test_the_notice_after_the_answer_changes_nothing() -> None:
    ask(captured(), 5000)
    actions.submit_refunds(10)
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    assert Transfer.objects.filter(reason="refund").count() == len(emitted(RefundSucceeded)) == 1


def test_a_refund_that_is_only_accepted_is_finished_by_its_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    refund = ask(captured(), 5000)
    plain = SandboxProvider.refund

    def accepts(self: SandboxProvider, asked: Refund) -> Answer:
        plain(self, asked)
        return answer(asked, Outcome.OPEN)

    monkeypatch.setattr(SandboxProvider, "refund", accepts)
    actions.submit_refunds(10)
    refund.refresh_from_db()
    assert refund.status == Status.SUBMITTED
    actions.deliver_sandbox_notices(10, deliver=door)
    refund.refresh_from_db()
    assert refund.status == Status.SUCCEEDED
    assert broken() == []


def test_time_out_then_success_pays_once(moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider acted, its answer got lost: the next attempt asks first and uses the same number."""
    refund = ask(captured(), 5000)
    plain = SandboxProvider.refund

    def times_out(self: SandboxProvider, asked: Refund) -> Answer:
        plain(self, asked)
        raise ProviderUnavailableError("timed out")

    with monkeypatch.context() as patch:
        patch.setattr(SandboxProvider, "refund", times_out)
        actions.submit_refunds(10)
    assert actions.submit_refunds(10) == 0
    moving_clock.advance(seconds=15)
    assert actions.submit_refunds(10) == 1
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == (Status.SUCCEEDED, 2)
    assert SandboxBill.objects.count() == 1
    assert broken() == []


def test_never_heard_of_then_success(moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    refund = ask(captured(), 5000)

    def down(self: SandboxProvider, asked: Refund) -> Answer:
        raise ProviderUnavailableError("503")

    with monkeypatch.context() as patch:
        patch.setattr(SandboxProvider, "refund", down)
        for _attempt in range(3):
            actions.submit_refunds(10)
            moving_clock.advance(minutes=5)
    actions.submit_refunds(10)
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == (Status.SUCCEEDED, 4)
    assert SandboxBill.objects.count() == 1


def test_the_same_cause_is_the_same_refund() -> None:
    payment = captured()
    first = ask(payment, 5000)
    assert ask(payment, 5000) == first
    assert reserved(payment) == 5000
    with refused("payments.conflict"):
        ask(payment, 5001)
    with refused("payments.conflict"):
        ask(payment, 5000, after_settlement=True)
    assert Refund.objects.count() == 1


def test_never_more_than_was_captured() -> None:
    payment = captured()
    ask(payment, AMOUNT - 100, cause="one")
    with refused("payments.refund_too_much"):
        ask(payment, 101, cause="two")
    assert reserved(payment) == AMOUNT - 100
    assert Refund.objects.count() == 1
    ask(payment, 100, cause="two")
    assert reserved(payment) == AMOUNT
    with refused("payments.refund_too_much"):
        ask(payment, 1, cause="three")


@pytest.mark.parametrize("amount", [0, -5, 1.0, True])
def test_a_refund_is_a_positive_whole_number(amount: object) -> None:
    payment = captured()
    with refused("money.amount"):
        ask(payment, amount)  # type: ignore[arg-type]
    assert reserved(payment) == 0


def test_what_was_not_paid_is_not_refunded() -> None:
    with refused("payments.not_paid"):
        ask(start("R2"), 1)
    with refused("payments.not_paid"):
        ask(choose(start("R3"), Behaviour.REFUSE), 1, cause="other")
    assert not Refund.objects.exists()


def test_a_request_is_part_of_the_callers_transaction() -> None:
    payment = captured()
    with transaction.atomic():
        ask(payment)
        transaction.set_rollback(True)
    assert reserved(payment) == 0
    assert not Refund.objects.exists()


def test_splitting_over_two_payments() -> None:
    first, second = captured("R1", 300), start("R2", 500)
    Payment.objects.filter(pk=second.pk).update(reference="R1")
    SandboxTrade.objects.filter(number=second.number).update(return_url="/")
    choose(second)
    refunds = actions.refund_for_reference("R1", amount_fen=450, reason="cancelled", cause="order:R1")
    assert [(refund.payment, refund.amount_fen, refund.cause) for refund in refunds] == [
        (first, 300, "order:R1"),
        (second, 150, "order:R1/2"),
    ]
    again = actions.refund_for_reference("R1", amount_fen=450, reason="cancelled", cause="order:R1")
    assert again == refunds == actions.refunds_of_cause("order:R1")
    with refused("payments.conflict"):
        actions.refund_for_reference("R1", amount_fen=451, reason="cancelled", cause="order:R1")
    with refused("payments.refund_too_much"):
        actions.refund_for_reference("R1", amount_fen=351, reason="cancelled", cause="other")
    assert (reserved(first), reserved(second)) == (300, 150)
    assert queries.refunds_for("R1") == refunds[::-1]


def test_a_cause_is_not_taken_for_the_beginning_of_another() -> None:
    payment = captured()
    ask(payment, 1, cause="after-sale:1")
    ask(payment, 2, cause="after-sale:12")
    assert [refund.amount_fen for refund in actions.refunds_of_cause("after-sale:1")] == [1]


def test_a_final_no_gives_the_amount_free_and_calls_a_person() -> None:
    payment = captured()
    SandboxTrade.objects.update(status="open")
    refund = ask(payment, 5000)
    actions.submit_refunds(10)
    refund.refresh_from_db()
    assert (refund.status, reserved(payment)) == (Status.FAILED, 0)
    assert alerts() == [("payments.refund_failed", f"refund {refund.number}")]
    assert queries.failed_refunds() == [refund]
    assert emitted(RefundSucceeded) == []


def failed(payment: Payment) -> Refund:
    refund = ask(payment, 5000)
    actions.finish_refund("sandbox", answer(refund, Outcome.FAILED))
    refund.refresh_from_db()
    assert refund.status == Status.FAILED
    return refund


def test_a_person_tries_a_failed_refund_again() -> None:
    service = make_staff(Role.SERVICE)
    payment = captured()
    refund = failed(payment)
    assert actions.retry_refund(service, refund.pk).status == Status.SUBMITTED
    assert reserved(payment) == 5000
    with refused("payments.wrong_state"):
        actions.retry_refund(service, refund.pk)
    with refused("request.not_found"):
        actions.retry_refund(service, 0)
    assert actions.submit_refunds(10) == 1
    refund.refresh_from_db()
    assert refund.status == Status.SUCCEEDED
    assert broken() == []


@pytest.mark.parametrize("role", [None, *(role for role in Role if role not in {Role.OWNER, Role.SERVICE})])
def test_nobody_else_may_try_it_again(role: Role | None) -> None:
    payment = captured()
    refund = failed(payment)
    actor = make_staff(role) if role else make_member()
    with refused("request.forbidden"):
        actions.retry_refund(actor, refund.pk)
    refund.refresh_from_db()
    assert (refund.status, reserved(payment)) == (Status.FAILED, 0)


def test_success_after_failure_reserves_again() -> None:
    payment = captured()
    refund = failed(payment)
    assert actions.finish_refund("sandbox", answer(refund, Outcome.SUCCEEDED)) == "refunded"
    assert reserved(payment) == 5000
    assert ledger.balance(chart.provider("sandbox")) == AMOUNT - 5000


def test_success_after_failure_when_the_money_went_another_way() -> None:
    """Both would give back more than was paid: refused, so that a person looks."""
    payment = captured()
    refund = failed(payment)
    ask(payment, AMOUNT, cause="other")
    with refused("payments.refund_too_much"):
        actions.finish_refund("sandbox", answer(refund, Outcome.SUCCEEDED))
    refund.refresh_from_db()
    assert refund.status == Status.FAILED


def test_finishing_twice_is_once() -> None:
    refund = ask(captured(), 5000)
    assert [actions.finish_refund("sandbox", answer(refund, Outcome.SUCCEEDED)) for _time in range(2)] == [
        "refunded",
        "already refunded",
    ]
    assert actions.finish_refund("sandbox", answer(refund, Outcome.FAILED)) == "already closed"
    assert Transfer.objects.filter(reason="refund").count() == 1


def test_what_ended_a_moment_ago_is_held_against_the_answer_once_more() -> None:
    refund = ask(captured(), 5000)
    as_read = Refund.objects.get(pk=refund.pk)
    assert actions.finish_refund("sandbox", answer(refund, Outcome.SUCCEEDED)) == "refunded"
    again = answer(refund, Outcome.SUCCEEDED)
    assert actions.finish_refund("sandbox", again, row=as_read) == "already refunded"
    with refused("payments.mismatch"):
        actions.finish_refund("sandbox", answer(refund, Outcome.SUCCEEDED, provider_id="bill-2"), row=as_read)
    assert Transfer.objects.filter(reason="refund").count() == 1


@pytest.mark.parametrize("changes", [{"amount_fen": 4999}, {"currency": "GBP"}])
def test_an_answer_with_other_money_is_refused(changes: dict[str, object]) -> None:
    refund = ask(captured(), 5000)
    with refused("payments.mismatch"):
        actions.finish_refund("sandbox", answer(refund, Outcome.SUCCEEDED, **changes))
    refund.refresh_from_db()
    assert refund.status == Status.CREATED


def test_an_answer_that_does_not_fit_raises_an_alert_and_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    payment = captured()
    first, second = ask(payment, 100, cause="one"), ask(payment, 200, cause="two")
    plain = SandboxProvider.refund

    def lies(self: SandboxProvider, asked: Refund) -> Answer:
        plain(self, asked)
        return answer(asked, Outcome.SUCCEEDED, amount_fen=200, provider_id=asked.number)

    monkeypatch.setattr(SandboxProvider, "refund", lies)
    assert actions.submit_refunds(10) == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Status.SUBMITTED, Status.SUCCEEDED)
    assert {code for code, _ in alerts()} == {"payments.mismatch", "payments.refund"}


def test_the_sweep_is_bounded_and_never_inside_a_transaction() -> None:
    payment = captured()
    for number in range(3):
        ask(payment, 100, cause=f"cause {number}")
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        actions.submit_refunds(10)
    assert [actions.submit_refunds(2), actions.submit_refunds(2)] == [2, 1]
