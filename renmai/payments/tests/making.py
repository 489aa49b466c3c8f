"""What the tests of payments make and do again and again."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.events import Event, revive
from renmai.kernel.models import Alert, OutboxEvent
from renmai.payments import actions, audit
from renmai.payments.actions import Answer
from renmai.payments.models import Payment, SandboxTrade
from renmai.payments.providers.sandbox import cashier
from renmai.payments.providers.sandbox.cashier import Behaviour

AMOUNT = 19_900


def door(provider: str, headers: Mapping[str, str], body: bytes) -> str:
    """What stands behind the notification endpoint, without an order to move along."""
    return actions.record_notice(actions.read_notification(provider, headers, body))


def settle(provider: str, answer: Answer) -> None:
    """What stands behind the sweep that asks, without an order to move along."""
    actions.record_capture(provider, answer)


def start(reference: str = "R1", amount_fen: int = AMOUNT, minutes: int = 30) -> Payment:
    """A payment that waits at the sandbox."""
    return actions.start_payment(
        actions.Bill(reference, amount_fen, "CNY"),
        provider="sandbox",
        expires_at=clock.now() + timedelta(minutes=minutes),
        return_url=f"/orders/{reference}/",
    ).payment


def trade_of(payment: Payment) -> SandboxTrade:
    """The sandbox's side of a payment."""
    return SandboxTrade.objects.get(number=payment.number)


def choose(payment: Payment, behaviour: Behaviour = Behaviour.PAY) -> Payment:
    """The customer's choice at the cashier; returns the payment as it is then."""
    cashier.choose(trade_of(payment).trade, behaviour, deliver=door)
    payment.refresh_from_db()
    return payment


def captured(reference: str = "R1", amount_fen: int = AMOUNT) -> Payment:
    """A payment whose money has arrived."""
    payment = choose(start(reference, amount_fen))
    assert payment.status == Payment.Status.CAPTURED
    return payment


def refused(code: str) -> "pytest.RaisesExc[DomainError]":
    """Expect the refusal ``code``."""
    return pytest.RaisesExc(DomainError, check=lambda error: error.code == code)


def emitted(kind: type[Event]) -> list[Event]:
    """The events of one kind, oldest first."""
    rows = OutboxEvent.objects.filter(name=kind.NAME).order_by("pk")
    return [revive(row.name, row.payload) for row in rows]


def alerts() -> list[tuple[str, str]]:
    """Open alerts: code and subject."""
    return list(Alert.objects.filter(resolved_at=None).order_by("pk").values_list("code", "subject"))


def broken() -> list[str]:
    """What the audit finds."""
    return [str(violation) for violation in audit.violations()]
