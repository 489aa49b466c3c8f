"""Payments of an imported past."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from renmai.kernel.models import OutboxEvent
from renmai.ledger import chart
from renmai.ledger import queries as ledger
from renmai.ledger.models import Transfer
from renmai.payments import actions
from renmai.payments.actions import PastPayment, PastRefund
from renmai.payments.models import Payment, Refund
from renmai.payments.tests.making import broken, refused

pytestmark = pytest.mark.django_db

PAID_AT = datetime(2024, 12, 1, 8, 26, tzinfo=UTC)


def past(reference: str, amount_fen: int = 1000, *parts: int, after_settlement: bool = False) -> PastPayment:
    refunds = tuple(
        PastRefund(
            cause=f"import:{reference}:{index}",
            amount_fen=part,
            reason="return",
            refunded_at=PAID_AT + timedelta(days=index),
            after_settlement=after_settlement,
        )
        for index, part in enumerate(parts, 1)
    )
    return PastPayment(reference=reference, amount_fen=amount_fen, currency="GBP", paid_at=PAID_AT, refunds=refunds)


def test_the_past_is_in_the_books_and_silent() -> None:
    assert actions.record_past([past("536365"), past("536366", 500, 100, 50), past("536367", 70, 70, after_settlement=True)]) == 3
    payment = Payment.objects.get(reference="536366")
    assert (payment.status, payment.refunded_fen, payment.captured_at) == ("captured", 150, PAID_AT)
    assert Transfer.objects.filter(reason="refund", reference="536366").latest("at").at == PAID_AT + timedelta(days=2)
    assert ledger.balance(chart.provider("imported"), "GBP") == 1570 - 220
    assert ledger.balance(chart.customers_prepaid(), "GBP") == 1570 - 150
    assert ledger.balance(chart.refunds_expense(), "GBP") == 70
    assert not OutboxEvent.objects.exists()
    assert broken() == []


def test_a_second_run_changes_nothing() -> None:
    batch = [past("536365"), past("536366", 500, 100)]
    assert [actions.record_past(batch), actions.record_past([*batch, past("536367")])] == [2, 1]
    assert (Payment.objects.count(), Refund.objects.count(), Transfer.objects.count()) == (3, 1, 4)
    assert broken() == []


def test_what_the_past_cannot_have_been() -> None:
    with refused("payments.refund_too_much"):
        actions.record_past([past("ok"), past("bad", 100, 60, 41)])
    with refused("money.amount"):
        actions.record_past([past("bad", 0)])
    with refused("money.amount"):
        actions.record_past([replace(past("bad"), refunds=past("bad", 5, 0).refunds)])
    with refused("payments.conflict"):
        actions.record_past([past("bad")], provider="sandbox")
    assert not Payment.objects.exists()


def test_a_batch_costs_a_few_statements(statements: Callable[[int], AbstractContextManager[None]]) -> None:
    actions.record_past([past("first", 10, 5)])
    batch = [past(f"R{number}", 100, 10) for number in range(20)]
    with statements(5):  # look up; payments, refunds, find the accounts, transfers
        actions.record_past(batch)
