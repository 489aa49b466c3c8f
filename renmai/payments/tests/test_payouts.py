"""Money out to people."""

import pytest
from django.db import transaction

from renmai.ledger.models import Transfer
from renmai.payments import actions, queries
from renmai.payments.actions import Answer, Outcome, Subject
from renmai.payments.events import PayoutFinished
from renmai.payments.models import Payout, SandboxBill
from renmai.payments.providers.base import ProviderUnavailableError
from renmai.payments.providers.sandbox.provider import SandboxProvider
from renmai.payments.tests.making import alerts, broken, door, emitted, refused
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

Status = Payout.Status


def ask(reference: str = "W1", *, payee: str = "agent-7", amount_fen: int = 8000) -> Payout:
    return actions.request_payout(reference, payee=payee, amount_fen=amount_fen, currency="CNY", provider="sandbox")


def submitted(payout: Payout) -> Payout:
    actions.submit_payouts(10)
    payout.refresh_from_db()
    return payout


def test_a_payout_goes_out_once_and_says_so() -> None:
    payout = submitted(ask())
    assert payout.status == Status.SUCCEEDED
    assert payout.provider_bill == SandboxBill.objects.get().bill
    assert payout.finished_at is not None
    assert actions.submit_payouts(10) == 0
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    assert emitted(PayoutFinished) == [PayoutFinished(payout_id=payout.pk, reference="W1", succeeded=True)]
    assert not Transfer.objects.exists()
    assert queries.payout_for("W1") == payout
    assert broken() == []


def test_a_final_no() -> None:
    payout = submitted(ask(payee="agent-7-refused"))
    assert (payout.status, payout.provider_bill) == (Status.FAILED, None)
    assert emitted(PayoutFinished) == [PayoutFinished(payout_id=payout.pk, reference="W1", succeeded=False)]
    assert not SandboxBill.objects.exists()
    assert broken() == []


def test_accepted_only_then_paid(moving_clock: MovingClock) -> None:
    payout = submitted(ask(payee="agent-7-slow"))
    assert payout.status == Status.SUBMITTED
    moving_clock.advance(seconds=15)
    assert submitted(payout).status == Status.SUBMITTED
    moving_clock.advance(seconds=45)
    assert submitted(payout).status == Status.SUCCEEDED
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    assert len(emitted(PayoutFinished)) == SandboxBill.objects.count() == 1
    assert broken() == []


def test_accepted_only_then_finished_by_its_notice(moving_clock: MovingClock) -> None:
    payout = submitted(ask(payee="agent-7-slow"))
    moving_clock.advance(seconds=60)
    assert actions.deliver_sandbox_notices(10, deliver=door) == 1
    payout.refresh_from_db()
    assert payout.status == Status.SUCCEEDED


def test_time_out_then_success_pays_once(moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    payout = ask()
    plain = SandboxProvider.pay_out

    def times_out(self: SandboxProvider, asked: Payout) -> Answer:
        plain(self, asked)
        raise ProviderUnavailableError("timed out")

    with monkeypatch.context() as patch:
        patch.setattr(SandboxProvider, "pay_out", times_out)
        assert submitted(payout).status == Status.SUBMITTED
    moving_clock.advance(seconds=15)
    assert submitted(payout).status == Status.SUCCEEDED
    assert SandboxBill.objects.count() == 1


def test_the_same_reference_is_the_same_payout() -> None:
    payout = ask()
    assert ask() == payout
    with refused("payments.conflict"):
        ask(amount_fen=8001)
    with refused("payments.conflict"):
        ask(payee="agent-8")
    assert Payout.objects.count() == 1


def test_what_cannot_be_asked() -> None:
    with refused("money.amount"):
        ask(amount_fen=0)
    with refused("payments.unknown_provider"):
        actions.request_payout("W1", payee="x", amount_fen=1, currency="CNY", provider="nobody")
    assert not Payout.objects.exists()


def test_nothing_follows_the_end() -> None:
    payout = submitted(ask(payee="agent-7-refused"))
    said = Answer(
        subject=Subject.PAYOUT,
        number=payout.number,
        outcome=Outcome.SUCCEEDED,
        provider_id="b",
        amount_fen=8000,
        currency="CNY",
    )
    assert actions.finish_payout("sandbox", said) == "already closed"
    payout.refresh_from_db()
    assert payout.status == Status.FAILED
    assert len(emitted(PayoutFinished)) == 1


def test_a_wrong_amount_is_refused_with_an_alert(monkeypatch: pytest.MonkeyPatch) -> None:
    payout = ask()
    lie = Answer(
        subject=Subject.PAYOUT,
        number=payout.number,
        outcome=Outcome.SUCCEEDED,
        provider_id="b",
        amount_fen=1,
        currency="CNY",
    )
    monkeypatch.setattr(SandboxProvider, "pay_out", lambda _self, _asked: lie)
    assert submitted(payout).status == Status.SUBMITTED
    assert {code for code, _ in alerts()} == {"payments.mismatch", "payments.payout"}
    assert emitted(PayoutFinished) == []


def test_the_sweep_is_bounded_and_never_inside_a_transaction() -> None:
    for number in range(3):
        ask(f"W{number}")
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        actions.submit_payouts(10)
    assert [actions.submit_payouts(2), actions.submit_payouts(2)] == [2, 1]
