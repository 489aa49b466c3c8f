"""The till's book: every payment and refund stands in it once."""

from typing import NoReturn

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.payments import actions
from renmai.payments.models import Payment, Refund, TillEntry
from renmai.payments.providers.counter.provider import NAME, CounterProvider, take_money
from renmai.payments.tests.making import captured
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_what_is_in_the_book_is_not_written_again() -> None:
    payment = captured()
    till, clerk = CounterProvider(), make_staff(Role.FULFILMENT)
    assert till.query_trade(payment).outcome == actions.Outcome.UNKNOWN
    taken = take_money(payment, clerk_id=clerk.pk)
    assert [take_money(payment, clerk_id=clerk.pk), till.query_trade(payment)] == [taken, taken]
    refund = actions.request_refund(payment.pk, amount_fen=300, reason="x", cause="c", after_settlement=False)
    back = till.refund(refund)
    assert [till.refund(refund), till.query_refund(refund)] == [back, back]
    assert (back.amount_fen, back.outcome) == (300, actions.Outcome.SUCCEEDED)
    assert back.provider_id == f"till-refund-{TillEntry.objects.get(kind='refund').pk}"
    assert TillEntry.objects.count() == 2


def test_a_refund_whose_worker_died_before_the_book_is_written_at_the_next_attempt(
    monkeypatch: pytest.MonkeyPatch, moving_clock: MovingClock
) -> None:
    payment = captured()
    Payment.objects.filter(pk=payment.pk).update(provider=NAME)
    refund = actions.request_refund(payment.pk, amount_fen=300, reason="x", cause="c", after_settlement=False)

    def dies(_self: CounterProvider, _refund: Refund) -> NoReturn:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(CounterProvider, "refund", dies)
        with pytest.raises(SystemExit):
            actions.submit_refunds(10)
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == (Refund.Status.SUBMITTED, 1)
    moving_clock.advance(minutes=1)
    assert actions.submit_refunds(10) == 1
    refund.refresh_from_db()
    assert (refund.status, TillEntry.objects.get().amount_fen) == (Refund.Status.SUCCEEDED, 300)
