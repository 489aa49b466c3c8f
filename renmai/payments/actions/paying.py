"""Collecting money: one payment from its start to its capture, refusal or end."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, CompiledValues, insert_missing
from renmai.kernel.errors import DomainError, told_of
from renmai.kernel.money import check_fen
from renmai.kernel.outbox import emit, raise_alert
from renmai.kernel.states import advance
from renmai.kernel.transactions import joined, require_none
from renmai.ledger import actions as ledger
from renmai.ledger import chart
from renmai.payments.actions.matching import matching, matching_or_alert
from renmai.payments.actions.receipts import keep_notice
from renmai.payments.events import PaymentCaptured
from renmai.payments.models import Payment
from renmai.payments.providers import registry
from renmai.payments.providers.base import (
    Answer,
    Notice,
    Outcome,
    ProviderRefusedError,
    ProviderUnavailableError,
    Subject,
)

logger = logging.getLogger(__name__)

Status = Payment.Status
Settle = Callable[[str, Answer], object]

PENDING_QUERY_SECONDS = (15, 20, 30, 45)
"""Pauses between the questions about a pending payment; the last one repeats, so a payment is found within a minute."""

LATE_QUERY_SECONDS = (60, 300, 1800, 7200, 43200)
"""Pauses after we gave up on a payment: its customer may still pay it. Then the next day's bill has the last word."""


@dataclass(frozen=True)
class PaymentStart:
    """A payment that waits, and the address of the page where the customer pays it."""

    payment: Payment
    cashier_url: str


@dataclass(frozen=True)
class Capture:
    """A captured payment. ``is_new`` is true for exactly one caller: the one whose transaction captured it."""

    payment: Payment
    is_new: bool


@dataclass(frozen=True)
class Bill:
    """What is to be paid for ``reference``: all of its price, or a ``part`` of it, which is paid once for itself."""

    reference: str
    amount_fen: int
    currency: str
    part: str = ""


def start_payment(bill: Bill, *, provider: str, expires_at: datetime, return_url: str) -> PaymentStart:
    """Start to collect the money of a bill; while one payment with this provider waits, return that one again.

    Must not be called inside a transaction (it asks the provider). Raises ``payments.already_paid``, ``payments.too_late``,
    ``payments.unknown_provider``, ``payments.declined``, ``payments.unavailable``, ``money.amount``.
    """
    gateway = registry.get(provider)
    check_fen(bill.amount_fen, minimum=1)
    if expires_at <= clock.now():
        raise DomainError("payments.too_late")
    wanted = Payment(
        number=ids.number("P"),
        reference=bill.reference,
        part=bill.part,
        provider=provider,
        amount_fen=bill.amount_fen,
        currency=bill.currency,
        expires_at=expires_at,
        next_query_at=clock.now() + timedelta(seconds=PENDING_QUERY_SECONDS[0]),
    )
    payment = _waiting(wanted)
    try:
        cashier_url = gateway.create_trade(payment, return_url)
    except ProviderRefusedError as error:
        advance(Payment, payment.pk, old=Status.PENDING, new=Status.FAILED, next_query_at=None)
        raise DomainError("payments.declined") from error
    except ProviderUnavailableError as error:
        raise DomainError("payments.unavailable") from error
    return PaymentStart(payment, cashier_url)


def record_capture(provider: str, result: Answer | Notice) -> Capture:
    """Note that the provider has taken the money: state, ledger and ``PaymentCaptured``, in the caller's transaction.

    Exactly once per payment, whatever became of it on our side before: a closed or refused one is captured too, so that it can be
    refunded. Raises ``payments.unknown_payment``, ``payments.mismatch``, and ``payments.replayed`` for a notice seen before.
    """
    answer = result.answer if isinstance(result, Notice) else result
    if answer.subject != Subject.PAYMENT or answer.outcome != Outcome.SUCCEEDED:
        raise AssertionError("only a payment that succeeded is captured")
    with joined():
        row = result.row if isinstance(result, Notice) else None
        payment = row or matching(provider, answer)
        if not isinstance(payment, Payment):
            raise TypeError("an answer about a payment found something else")
        is_new = _capture(payment, answer)
        if not is_new:
            # Captured before, perhaps a moment ago: what was captured must be what is said now.
            matching(provider, answer)
        if isinstance(result, Notice):
            keep_notice(result, outcome="captured" if is_new else "already captured")
    return Capture(payment, is_new)


def record_failure(provider: str, result: Answer | Notice) -> bool:
    """Note that the provider has refused a payment; True when it was waiting until now. The customer may start another one."""
    answer = result.answer if isinstance(result, Notice) else result
    with joined():
        payment = matching(provider, answer)
        is_new = _give_up(payment.pk, Status.FAILED)
        if isinstance(result, Notice):
            keep_notice(result, outcome="failed" if is_new else "failed, no longer waiting")
    return is_new


def close_payments(reference: str) -> int:
    """Give up on the payments of ``reference`` that still wait, in the caller's transaction; return how many.

    Their customer may pay all the same; they are asked about for another half day, so that such money is found and refunded.
    """
    with joined():
        return sum(_give_up(payment_id, Status.CLOSED) for (payment_id,) in _PENDING.rows(reference))


def query_pending_payments(limit: int, *, settle: Settle) -> int:
    """Ask the providers about up to ``limit`` payments that are due for a question; return how many were asked about.

    ``settle(provider, answer)`` is called for each that was paid: it captures and does what follows from it. One failure raises an
    alert and leaves the others alone. Must not be called inside a transaction.
    """
    due = Payment.objects.filter(next_query_at__lte=clock.now()).order_by("next_query_at", "pk")
    asked = 0
    for payment in due[:limit]:
        if not _claim_query(payment):
            continue
        asked += 1
        try:
            _query(payment, settle)
        except ProviderUnavailableError as error:
            logger.warning("payment %s: %s does not answer: %s", payment.number, payment.provider, error)
        except Exception as error:
            logger.exception("payment %s: the answer could not be settled", payment.number)
            raise_alert("payments.query", f"payment {payment.number}", told_of(error))
    return asked


def query_payment(payment_id: int, *, settle: Settle) -> None:
    """Ask about one waiting payment at once, when its customer comes back from the cashier. Must not be called inside a transaction.

    A provider that does not answer is no error: the next sweep asks again.
    """
    payment = Payment.objects.filter(pk=payment_id).exclude(status=Status.CAPTURED).first()
    if payment is None or payment.next_query_at is None:
        return
    try:
        _query(payment, settle)
    except ProviderUnavailableError as error:
        logger.warning("payment %s: %s does not answer: %s", payment.number, payment.provider, error)


def _waiting(wanted: Payment) -> Payment:
    """Return the payment that waits for this reference with this provider, ``wanted`` itself when there is none."""
    require_none()
    known = _KNOWN.rows(wanted.reference, wanted.provider, wanted.part)
    if any(payment.status == Status.CAPTURED for payment in known):
        raise DomainError("payments.already_paid")
    earlier = next(iter(known), None)
    if earlier is not None and _is_same(earlier, wanted):
        return earlier
    if earlier is not None:
        _give_up(earlier.pk, Status.CLOSED)
    # One statement is a transaction by itself.
    if keys := insert_missing([wanted]):
        (wanted.pk,) = keys
        return wanted
    # Another request of the same customer was faster: hers is ours.
    rivals = _KNOWN.rows(wanted.reference, wanted.provider, wanted.part)
    earlier = next((row for row in rivals if row.status == Status.PENDING), None)
    if earlier is None:
        raise DomainError("request.conflict")
    return earlier


def _is_same(earlier: Payment, wanted: Payment) -> bool:
    return (earlier.part, earlier.amount_fen, earlier.currency) == (wanted.part, wanted.amount_fen, wanted.currency)


def _known(reference: Any, provider: Any, part: Any) -> QuerySet[Payment]:
    """What waits with this provider, and what has been paid with any for this part and was not handed back."""
    waiting = Q(provider=provider, status=Status.PENDING)
    paid = Q(status=Status.CAPTURED, refunded_fen__lt=F("amount_fen"))
    return Payment.objects.filter(waiting | paid & Q(part=part), reference=reference).order_by("pk")


_KNOWN: Compiled[Payment] = Compiled(_known)
_PENDING = CompiledValues(lambda reference: Payment.objects.filter(reference=reference, status=Status.PENDING).values_list("pk"))


def _capture(payment: Payment, answer: Answer) -> bool:
    fields = capture_fields() | {"provider_trade": answer.provider_id}
    for old in (payment.status, Status.PENDING, Status.CLOSED, Status.FAILED):
        if old != Status.CAPTURED and advance(Payment, payment.pk, old=old, new=Status.CAPTURED, **fields):
            break
    else:
        payment.refresh_from_db()
        return False
    payment.status = Status.CAPTURED
    for name, value in fields.items():
        setattr(payment, name, value)
    book([payment])
    return True


def capture_fields() -> dict[str, Any]:
    """Return what changes with the state of a payment that is captured now, besides the provider's name for it."""
    return {"captured_at": clock.now(), "next_query_at": None}


def book(captured: Sequence[Payment]) -> None:
    """Write the money of payments that the caller has just captured into the books, and tell of it."""
    ledger.post([capture_transfer(payment) for payment in captured])
    emit(*(PaymentCaptured(payment_id=each.pk, reference=each.reference, amount_fen=each.amount_fen) for each in captured))


def capture_transfer_id(payment: Payment) -> UUID:
    """Return the id of the one ledger transfer of a captured payment."""
    return ids.derived("capture", payment.number)


def capture_transfer(payment: Payment) -> ledger.TransferRequest:
    """Return the one ledger transfer of a captured payment: the provider has the money, the customer is owed goods for it."""
    return ledger.TransferRequest(
        id=capture_transfer_id(payment),
        debit=chart.provider(payment.provider),
        credit=chart.customers_prepaid(),
        amount_fen=payment.amount_fen,
        currency=payment.currency,
        reason="capture",
        reference=payment.reference,
        at=payment.captured_at,
    )


def _claim_query(payment: Payment) -> bool:
    """Move the next question on, conditionally: of two sweeps only one asks."""
    with transaction.atomic(durable=True):
        return bool(
            Payment.objects.filter(pk=payment.pk, next_query_at=payment.next_query_at).update(
                queries=F("queries") + 1, next_query_at=_next_query(payment)
            )
        )


def _next_query(payment: Payment) -> datetime | None:
    if payment.status == Status.PENDING:
        pause = PENDING_QUERY_SECONDS[min(payment.queries + 1, len(PENDING_QUERY_SECONDS) - 1)]
        return clock.now() + timedelta(seconds=pause)
    if payment.queries + 1 < len(LATE_QUERY_SECONDS):
        return clock.now() + timedelta(seconds=LATE_QUERY_SECONDS[payment.queries + 1])
    return None


def _query(payment: Payment, settle: Settle) -> None:
    answer = registry.get(payment.provider).query_trade(payment)
    if answer.outcome == Outcome.SUCCEEDED:
        matching_or_alert(payment.provider, answer)
        settle(payment.provider, answer)
    elif answer.outcome == Outcome.FAILED:
        record_failure(payment.provider, answer)
    elif payment.status == Status.PENDING and payment.expires_at <= clock.now():
        _give_up(payment.pk, Status.CLOSED)


def _give_up(payment_id: int, new: Payment.Status) -> bool:
    """End the wait for a payment, and go on asking about it for a while in case it is paid all the same."""
    late = clock.now() + timedelta(seconds=LATE_QUERY_SECONDS[0])
    return advance(Payment, payment_id, old=Status.PENDING, new=new, next_query_at=late, queries=0)
