"""What the tests of the ledger make again and again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.ids import derived
from renmai.ledger import actions, chart
from renmai.ledger.actions import TransferRequest

BANK = chart.provider("sandbox")
PREPAID = chart.customers_prepaid()
EXPENSE = chart.commission_expense()
FROZEN = chart.agent_frozen(7)
AVAILABLE = chart.agent_available(7)
WITHDRAWING = chart.agent_withdrawing(7)
DEBT = chart.agent_debt(7)


def move(key: object, debit: str, credit: str, amount_fen: int, **changes: Any) -> TransferRequest:
    """A transfer whose id comes from ``key``."""
    content = {"currency": "CNY", "reason": "test", "reference": "R1"} | changes
    return TransferRequest(derived("test", key), chart.AccountCode(debit), chart.AccountCode(credit), amount_fen, **content)


def fund(amount_fen: int = 1000) -> None:
    """Give the agent commission that she may withdraw."""
    actions.post([move("fund", EXPENSE, AVAILABLE, amount_fen)])


def hold(key: object = "hold", amount_fen: int = 400, minutes: int = 30) -> UUID:
    """Hold a part of it, and return the hold's id."""
    request = move(key, AVAILABLE, WITHDRAWING, amount_fen)
    actions.hold([request], expires_at=clock.now() + timedelta(minutes=minutes))
    return request.id


def refused(code: str) -> "pytest.RaisesExc[DomainError]":
    """Expect the refusal ``code``."""
    return pytest.RaisesExc(DomainError, check=lambda error: error.code == code)
