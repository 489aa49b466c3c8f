"""The till's book: every payment and refund stands in it once."""

import pytest

from renmai.accounts.models import Role
from renmai.accounts.tests.factories import make_staff
from renmai.payments import actions
from renmai.payments.models import TillEntry
from renmai.payments.providers.counter.provider import CounterProvider, take_money
from renmai.payments.tests.making import captured

pytestmark = pytest.mark.django_db


def test_what_is_in_the_book_is_not_written_again() -> None:
    payment = captured()
    till, clerk = CounterProvider(), make_staff(Role.FULFILMENT)
    assert till.query_trade(payment).outcome == actions.Outcome.OPEN
    taken = take_money(payment, clerk_id=clerk.pk)
    assert [take_money(payment, clerk_id=clerk.pk), till.query_trade(payment)] == [taken, taken]
    refund = actions.request_refund(payment.pk, amount_fen=300, reason="x", cause="c", after_settlement=False)
    back = till.refund(refund)
    assert [till.refund(refund), till.query_refund(refund)] == [back, back]
    assert (back.amount_fen, back.outcome) == (300, actions.Outcome.SUCCEEDED)
    assert back.provider_id == f"till-refund-{TillEntry.objects.get(kind='refund').pk}"
    assert TillEntry.objects.count() == 2
