"""Captures that come at the same moment, noted with as many statements as one. Whatever is not plain is left to ``paying``."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from renmai.kernel.compiled import Compiled
from renmai.kernel.states import advance_each
from renmai.payments.actions.matching import agrees
from renmai.payments.actions.paying import book, capture_fields
from renmai.payments.actions.receipts import keep_notices
from renmai.payments.models import Payment
from renmai.payments.providers.base import Answer, Notice

Status = Payment.Status


@dataclass(frozen=True)
class Coming:
    """A provider says that it has taken the money of a payment."""

    provider: str
    result: Answer | Notice

    @property
    def answer(self) -> Answer:
        """What it says, whichever way it came."""
        return self.result.answer if isinstance(self.result, Notice) else self.result


@dataclass(frozen=True)
class Waiting:
    """What came, and the payment that waits for it; held by the caller's transaction."""

    coming: Coming
    payment: Payment


def hold_waiting(coming: Sequence[Coming]) -> list[Waiting]:
    """Return those whose payments wait and agree with what came, in the order in which they came, and hold these payments.

    Each payment once. One that somebody else holds is left out, since something else becomes of it in this moment. One statement.
    """
    waiting = {(row.provider, row.number): row for row in _WAITING.rows([each.answer.number for each in coming])}
    found = []
    for each in coming:
        payment = waiting.get((each.provider, each.answer.number))
        if payment is not None and agrees(payment, each.answer):
            del waiting[payment.provider, payment.number]
            found.append(Waiting(each, payment))
    return found


def capture_each(waiting: Sequence[Waiting]) -> None:
    """Do as ``record_capture`` for payments from ``hold_waiting``, in the same transaction: all or none.

    Raises ``payments.replayed`` for a notice seen before, and ``IntegrityError`` when a provider's name belongs to another payment.
    """
    payments, fields = [each.payment for each in waiting], capture_fields()
    names = [each.coming.answer.provider_id for each in waiting]
    advance_each(
        Payment,
        [payment.pk for payment in payments],
        old=Status.PENDING,
        new=Status.CAPTURED,
        each={"provider_trade": names},
        **fields,
    )
    for payment, name in zip(payments, names, strict=True):
        payment.status, payment.provider_trade = Status.CAPTURED, name
        payment.captured_at, payment.next_query_at = fields["captured_at"], fields["next_query_at"]
    book(payments)
    keep_notices([each.coming.result for each in waiting if isinstance(each.coming.result, Notice)], outcome="captured")


def _waiting(numbers: Any) -> QuerySet[Payment]:
    rows = Payment.objects.filter(number__in=numbers, status=Status.PENDING)
    return rows.order_by("pk").select_for_update(skip_locked=True)


_WAITING: Compiled[Payment] = Compiled(_waiting)
