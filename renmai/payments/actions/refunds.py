"""Giving money back: reserved at once, carried out by a sweep, finished by an answer or a notification."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, CompiledUpdate, insert_missing
from renmai.kernel.errors import DomainError, told_of
from renmai.kernel.money import check_fen
from renmai.kernel.outbox import emit, raise_alert
from renmai.kernel.states import advance
from renmai.kernel.transactions import joined, require_none
from renmai.ledger import actions as ledger
from renmai.ledger import chart
from renmai.payments.actions.matching import Row, matching, matching_or_alert
from renmai.payments.events import RefundSucceeded
from renmai.payments.models import Payment, Refund
from renmai.payments.providers import registry
from renmai.payments.providers.base import (
    Answer,
    Outcome,
    Provider,
    ProviderRefusedError,
    ProviderUnavailableError,
)

logger = logging.getLogger(__name__)

Status = Refund.Status

RETRY_SECONDS = (15, 30, 60, 300, 900, 3600, 14400)
"""Pauses between the attempts of one refund or payout; the last one repeats."""

MAX_PARTS = 50
"""Providers accept no more refunds of one payment than this."""

_OF_CAUSES: Compiled[Refund] = Compiled(
    lambda causes: Refund.objects.filter(cause__in=causes).select_related("payment").order_by("pk")
)
_REFUNDABLE: Compiled[Payment] = Compiled(
    lambda reference: Payment.objects.filter(
        reference=reference, status=Payment.Status.CAPTURED, refunded_fen__lt=F("amount_fen")
    ).order_by("captured_at", "pk")[:MAX_PARTS]
)
_RESERVE = CompiledUpdate(
    lambda payment_id, amount_fen: (
        Payment.objects.filter(pk=payment_id, status=Payment.Status.CAPTURED, refunded_fen__lte=F("amount_fen") - amount_fen),
        {"refunded_fen": F("refunded_fen") + amount_fen},
    ),
    values=2,
)


def request_refund(payment_id: int, *, amount_fen: int, reason: str, cause: str, after_settlement: bool) -> Refund:
    """Ask to give back ``amount_fen`` of a captured payment, in the caller's transaction; the money goes out with the next sweep.

    ``cause`` says what for, once for ever: asking again returns the refund that is there. The amount is reserved at once, so that
    refunds never exceed the payment. ``after_settlement``: the order's money has become revenue already. Raises
    ``payments.refund_too_much``, ``payments.not_paid``, ``payments.conflict`` for a cause used otherwise, ``money.amount``.
    """
    check_fen(amount_fen, minimum=1)
    wanted = Refund(
        number=ids.number("F"),
        payment_id=payment_id,
        amount_fen=amount_fen,
        reason=reason,
        cause=cause,
        after_settlement=after_settlement,
    )
    with joined():
        if keys := insert_missing([wanted]):
            (wanted.pk,) = keys
            _reserve(payment_id, amount_fen)
            return wanted
        (earlier,) = _OF_CAUSES.rows([cause])
        return _same(earlier, wanted)


def refund_for_reference(
    reference: str, *, amount_fen: int, reason: str, cause: str, after_settlement: bool = False
) -> list[Refund]:
    """Ask to give back ``amount_fen`` of what was paid for ``reference``, in the caller's transaction, oldest payment first.

    Usually one refund with the cause ``cause``; further parts, from further payments, have ``cause/2``, ``cause/3``. Asking again
    returns what is there. Raises ``payments.refund_too_much``, ``payments.conflict``, ``money.amount``.
    """
    check_fen(amount_fen, minimum=1)
    with joined():
        earlier = refunds_of_cause(cause)
        if earlier:
            if sum(refund.amount_fen for refund in earlier) != amount_fen:
                raise DomainError("payments.conflict")
            return earlier
        made: list[Refund] = []
        left = amount_fen
        for payment, part_cause in zip(_REFUNDABLE.rows(reference), _causes(cause), strict=False):
            part = min(left, payment.amount_fen - payment.refunded_fen)
            made.append(
                request_refund(payment.pk, amount_fen=part, reason=reason, cause=part_cause, after_settlement=after_settlement)
            )
            left -= part
            if not left:
                return made
        raise DomainError("payments.refund_too_much")


def refunds_of_cause(cause: str) -> list[Refund]:
    """Return the refunds that one cause has led to, in order."""
    return _OF_CAUSES.rows(_causes(cause))


def submit_refunds(limit: int) -> int:
    """Carry out up to ``limit`` refunds that are due, with their providers; return how many were tried.

    The number is the same each time, so a provider never pays twice. Must not be called inside a transaction.
    """
    due = Refund.objects.filter(status__in=[Status.CREATED, Status.SUBMITTED], next_attempt_at__lte=clock.now())
    tried = 0
    for refund in due.select_related("payment").order_by("next_attempt_at", "pk")[:limit]:
        if _claim(refund):
            tried += 1
            _submit(refund)
    return tried


def finish_refund(provider: str, answer: Answer, *, row: Row | None = None) -> str:
    """Note what the provider says about a refund, in the caller's transaction; return what came of it, in a word.

    Success posts the ledger and emits ``RefundSucceeded``, exactly once. Failure gives the reserved amount free and opens an alert.
    ``row`` is ours, from ``matching``, when the caller has held the answer against it. Raises ``payments.unknown_payment``,
    ``payments.mismatch``.
    """
    with joined():
        refund = row or matching(provider, answer)
        if not isinstance(refund, Refund):
            raise TypeError("an answer about a refund found something else")
        if answer.outcome not in {Outcome.SUCCEEDED, Outcome.FAILED}:
            return "refund open"
        has_failed = answer.outcome == Outcome.FAILED
        is_new = _fail(refund, "the provider says so") if has_failed else _succeed(refund, answer)
        if row is not None and not is_new:
            # Ended before, perhaps a moment ago: what came of it must be what is said now.
            matching(provider, answer)
    if has_failed:
        return "refund failed" if is_new else "already closed"
    return "refunded" if is_new else "already refunded"


def retry_refund(actor: User, refund_id: int) -> Refund:
    """Try a failed refund once more, with the same number. Needs ``after_sales.decide``.

    Raises ``payments.wrong_state`` when it has not failed, ``payments.refund_too_much`` when its money was refunded otherwise.
    """
    require(actor, Permission.AFTER_SALES_DECIDE)
    with transaction.atomic():
        refund = Refund.objects.filter(pk=refund_id).first()
        if refund is None:
            raise DomainError("request.not_found")
        if not advance(Refund, refund.pk, old=Status.FAILED, new=Status.SUBMITTED, next_attempt_at=clock.now()):
            raise DomainError("payments.wrong_state")
        _reserve(refund.payment_id, refund.amount_fen)
        log_act(actor, "refund.retried", object_type="refund", object_id=refund.number)
    refund.refresh_from_db()
    return refund


def refund_transfer_id(refund: Refund) -> UUID:
    """Return the id of the one ledger transfer of a refund that succeeded."""
    return ids.derived("refund", refund.number)


def refund_transfer(refund: Refund) -> ledger.TransferRequest:
    """Return the one ledger transfer of a refund that succeeded: out of what customers prepaid, or after settlement an expense."""
    payment = refund.payment
    return ledger.TransferRequest(
        id=refund_transfer_id(refund),
        debit=chart.refunds_expense() if refund.after_settlement else chart.customers_prepaid(),
        credit=chart.provider(payment.provider),
        amount_fen=refund.amount_fen,
        currency=payment.currency,
        reason="refund",
        reference=payment.reference,
        at=refund.succeeded_at,
    )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after the attempt with this number, counted from 0."""
    return timedelta(seconds=RETRY_SECONDS[min(attempts, len(RETRY_SECONDS) - 1)])


def _same(earlier: Refund, wanted: Refund) -> Refund:
    fields: Sequence[str] = ("payment_id", "amount_fen", "after_settlement")
    if any(getattr(earlier, field) != getattr(wanted, field) for field in fields):
        raise DomainError("payments.conflict")
    return earlier


def _causes(cause: str) -> list[str]:
    """Return what the parts of a refund are called, as many as there can be."""
    return [cause, *(f"{cause}/{number}" for number in range(2, MAX_PARTS + 1))]


def _reserve(payment_id: int, amount_fen: int) -> None:
    if not _RESERVE.run(payment_id, amount_fen):
        is_paid = Payment.objects.filter(pk=payment_id, status=Payment.Status.CAPTURED).exists()
        raise DomainError("payments.refund_too_much" if is_paid else "payments.not_paid")


def _claim(refund: Refund) -> bool:
    """Move the next attempt on, conditionally: of two sweeps only one speaks to the provider."""
    later = clock.now() + pause_after(refund.attempts)
    # One statement is a transaction by itself.
    require_none()
    if refund.status == Status.CREATED:
        # Nobody has counted an attempt since it was read, or it would not be created any more.
        return advance(
            Refund,
            refund.pk,
            old=Status.CREATED,
            new=Status.SUBMITTED,
            attempts=refund.attempts + 1,
            next_attempt_at=later,
        )
    return bool(
        Refund.objects.filter(pk=refund.pk, status=Status.SUBMITTED, next_attempt_at=refund.next_attempt_at).update(
            attempts=F("attempts") + 1, next_attempt_at=later
        )
    )


def _submit(refund: Refund) -> None:
    provider = refund.payment.provider
    try:
        answer = _ask(registry.get(provider), refund)
        if answer.outcome in {Outcome.SUCCEEDED, Outcome.FAILED}:
            finish_refund(provider, answer, row=matching_or_alert(provider, answer))
    except ProviderUnavailableError as error:
        logger.warning("refund %s: %s does not answer: %s", refund.number, provider, error)
    except ProviderRefusedError as error:
        with transaction.atomic():
            _fail(refund, str(error))
    except Exception as error:
        logger.exception("refund %s: the answer could not be handled", refund.number)
        raise_alert("payments.refund", f"refund {refund.number}", told_of(error))


def _ask(gateway: Provider, refund: Refund) -> Answer:
    """Ask what became of an earlier attempt before asking for the refund (again)."""
    if refund.attempts:
        answer = gateway.query_refund(refund)
        if answer.outcome != Outcome.UNKNOWN:
            return answer
    return gateway.refund(refund)


def _succeed(refund: Refund, answer: Answer) -> bool:
    fields = {"succeeded_at": clock.now(), "provider_refund": answer.provider_id}
    for old in (Status.SUBMITTED, Status.CREATED, Status.FAILED):
        if advance(Refund, refund.pk, old=old, new=Status.SUCCEEDED, **fields):
            break
    else:
        return False
    if old == Status.FAILED:
        _reserve(refund.payment_id, refund.amount_fen)
    refund.status = Status.SUCCEEDED
    for name, value in fields.items():
        setattr(refund, name, value)
    ledger.post([refund_transfer(refund)])
    emit(
        RefundSucceeded(refund_id=refund.pk, reference=refund.payment.reference, cause=refund.cause, amount_fen=refund.amount_fen)
    )
    return True


def _fail(refund: Refund, why: str) -> bool:
    if not any(advance(Refund, refund.pk, old=old, new=Status.FAILED) for old in (Status.SUBMITTED, Status.CREATED)):
        return False
    Payment.objects.filter(pk=refund.payment_id).update(refunded_fen=F("refunded_fen") - refund.amount_fen)
    raise_alert("payments.refund_failed", f"refund {refund.number}", why)
    return True
