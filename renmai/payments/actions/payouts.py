"""Paying people out: asked for once per reference, carried out by a sweep, finished for good by an answer or a notification.

The ledger of a payout belongs to whoever asked for it (it knows about tax and wallets) and follows ``PayoutFinished``.
"""

import logging
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import F

from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError, told_of
from renmai.kernel.money import check_fen
from renmai.kernel.outbox import emit, raise_alert
from renmai.kernel.states import advance
from renmai.payments.actions.matching import matching, matching_or_alert
from renmai.payments.actions.refunds import pause_after
from renmai.payments.events import PayoutFinished
from renmai.payments.models import Payout
from renmai.payments.providers import registry
from renmai.payments.providers.base import (
    Answer,
    Outcome,
    Provider,
    ProviderRefusedError,
    ProviderUnavailableError,
)

logger = logging.getLogger(__name__)

Status = Payout.Status


def request_payout(reference: str, *, payee: str, amount_fen: int, currency: str, provider: str) -> Payout:
    """Ask to pay ``amount_fen`` to ``payee`` for ``reference``, in the caller's transaction; the money goes out with the next sweep.

    Asking again for the same reference returns the payout that is there. ``payee`` is the provider's name for the person. Raises
    ``payments.conflict`` when the reference was used otherwise, ``payments.unknown_provider``, ``money.amount``.
    """
    registry.get(provider)
    check_fen(amount_fen, minimum=1)
    wanted = Payout(
        number=ids.number("O"), reference=reference, provider=provider, payee=payee, amount_fen=amount_fen, currency=currency
    )
    with transaction.atomic():
        earlier = Payout.objects.filter(reference=reference).first()
        if earlier is None:
            try:
                with transaction.atomic():
                    wanted.save(force_insert=True)
            except IntegrityError:
                earlier = Payout.objects.filter(reference=reference).first()
                if earlier is None:
                    raise
            else:
                return wanted
    fields = ("provider", "payee", "amount_fen", "currency")
    if any(getattr(earlier, field) != getattr(wanted, field) for field in fields):
        raise DomainError("payments.conflict")
    return earlier


def submit_payouts(limit: int) -> int:
    """Carry out up to ``limit`` payouts that are due, with their providers; return how many were tried.

    The number is the same each time, so a provider never pays twice. Must not be called inside a transaction.
    """
    due = Payout.objects.filter(status__in=[Status.CREATED, Status.SUBMITTED], next_attempt_at__lte=clock.now())
    tried = 0
    for payout in due.order_by("next_attempt_at", "pk")[:limit]:
        if _claim(payout):
            tried += 1
            _submit(payout)
    return tried


def finish_payout(provider: str, answer: Answer) -> str:
    """Note what the provider says about a payout, in the caller's transaction; return what came of it, in a word.

    Success and final failure emit ``PayoutFinished``, exactly once. Raises ``payments.unknown_payment``, ``payments.mismatch``.
    """
    with transaction.atomic():
        payout = matching(provider, answer)
        if not isinstance(payout, Payout):
            raise TypeError("an answer about a payout found something else")
        if answer.outcome == Outcome.SUCCEEDED:
            return "paid out" if _finish(payout, succeeded=True, bill=answer.provider_id) else "already closed"
        if answer.outcome == Outcome.FAILED:
            return "payout failed" if _finish(payout, succeeded=False, bill=None) else "already closed"
    return "payout open"


def _claim(payout: Payout) -> bool:
    """Move the next attempt on, conditionally: of two sweeps only one speaks to the provider."""
    later = clock.now() + pause_after(payout.attempts)
    with transaction.atomic(durable=True):
        if payout.status == Status.CREATED:
            return advance(
                Payout, payout.pk, old=Status.CREATED, new=Status.SUBMITTED, attempts=F("attempts") + 1, next_attempt_at=later
            )
        return bool(
            Payout.objects.filter(pk=payout.pk, status=Status.SUBMITTED, next_attempt_at=payout.next_attempt_at).update(
                attempts=F("attempts") + 1, next_attempt_at=later
            )
        )


def _submit(payout: Payout) -> None:
    provider = payout.provider
    try:
        answer = _ask(registry.get(provider), payout)
        if answer.outcome in {Outcome.SUCCEEDED, Outcome.FAILED}:
            matching_or_alert(provider, answer)
            finish_payout(provider, answer)
    except ProviderUnavailableError as error:
        logger.warning("payout %s: %s does not answer: %s", payout.number, provider, error)
    except ProviderRefusedError as error:
        logger.info("payout %s: %s refuses it: %s", payout.number, provider, error)
        with transaction.atomic():
            _finish(payout, succeeded=False, bill=None)
    except Exception as error:
        logger.exception("payout %s: the answer could not be handled", payout.number)
        raise_alert("payments.payout", f"payout {payout.number}", told_of(error))


def _ask(gateway: Provider, payout: Payout) -> Answer:
    """Ask what became of an earlier attempt before asking for the payout (again)."""
    if payout.attempts:
        answer = gateway.query_payout(payout)
        if answer.outcome != Outcome.UNKNOWN:
            return answer
    return gateway.pay_out(payout)


def _finish(payout: Payout, *, succeeded: bool, bill: str | None) -> bool:
    new = Status.SUCCEEDED if succeeded else Status.FAILED
    if not any(
        advance(Payout, payout.pk, old=old, new=new, finished_at=clock.now(), provider_bill=bill)
        for old in (Status.SUBMITTED, Status.CREATED)
    ):
        return False
    emit(PayoutFinished(payout_id=payout.pk, reference=payout.reference, succeeded=succeeded))
    return True


def forget_payees(references: Collection[str]) -> int:
    """Take the payee out of finished payouts, whose account is no more; return out of how many. What was paid, and when, stays."""
    finished = (Payout.Status.SUCCEEDED, Payout.Status.FAILED)
    return Payout.objects.filter(reference__in=references, status__in=finished).update(payee="")
