"""Payments and refunds of the past, brought along with an imported shop: in bulk, without a provider, and telling nobody.

They stand in the tables and the ledger like any others, under a provider's name that has no cashier and no bill here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from renmai.kernel.errors import DomainError
from renmai.kernel.money import check_fen
from renmai.ledger import actions as ledger
from renmai.payments.actions.paying import capture_transfer
from renmai.payments.actions.refunds import refund_transfer
from renmai.payments.models import Payment, Refund
from renmai.payments.providers import registry

PROVIDER = "imported"
LOOKED_UP_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class PastRefund:
    """Money that had gone back. ``cause`` is unique for ever; ``after_settlement`` chooses the account, as for any refund."""

    cause: str
    amount_fen: int
    reason: str
    refunded_at: datetime
    after_settlement: bool


@dataclass(frozen=True, kw_only=True)
class PastPayment:
    """Money that had been collected for one reference (at most 37 characters), and what of it had gone back."""

    reference: str
    amount_fen: int
    currency: str
    paid_at: datetime
    refunds: tuple[PastRefund, ...] = ()


def record_past(past: Sequence[PastPayment], *, provider: str = PROVIDER) -> int:
    """Write payments and refunds of the past and post them to the ledger, in the caller's transaction; return how many are new.

    A reference that is there already is left alone, its refunds too. Emits nothing. A batch of some hundred takes a dozen
    statements. Raises ``payments.conflict`` for a provider that has a cashier here, ``payments.refund_too_much``, ``money.amount``.
    """
    if provider in registry.names():
        raise DomainError("payments.conflict")
    wanted = {f"PI-{one.reference}": one for one in past}
    with transaction.atomic():
        there = _there(list(wanted))
        fresh = {number: one for number, one in wanted.items() if number not in there}
        payments = Payment.objects.bulk_create(_payment(number, one, provider) for number, one in fresh.items())
        refunds = Refund.objects.bulk_create(
            refund for payment in payments for refund in _refunds(payment, fresh[payment.number].refunds)
        )
        ledger.post([*map(capture_transfer, payments), *map(refund_transfer, refunds)])
    return len(payments)


def _there(numbers: list[str]) -> set[str]:
    steps = range(0, len(numbers), LOOKED_UP_AT_ONCE)
    chunks = (numbers[start : start + LOOKED_UP_AT_ONCE] for start in steps)
    return {number for chunk in chunks for number in Payment.objects.filter(number__in=chunk).values_list("number", flat=True)}


def _payment(number: str, past: PastPayment, provider: str) -> Payment:
    refunded = sum(check_fen(refund.amount_fen, minimum=1) for refund in past.refunds)
    if refunded > check_fen(past.amount_fen, minimum=1):
        raise DomainError("payments.refund_too_much")
    return Payment(
        number=number,
        reference=past.reference,
        provider=provider,
        amount_fen=past.amount_fen,
        currency=past.currency,
        status=Payment.Status.CAPTURED,
        provider_trade=number,
        refunded_fen=refunded,
        created_at=past.paid_at,
        expires_at=past.paid_at,
        captured_at=past.paid_at,
    )


def _refunds(payment: Payment, past: Iterable[PastRefund]) -> Iterable[Refund]:
    for index, one in enumerate(past, 1):
        number = f"F{payment.number[1:]}-{index}"
        yield Refund(
            number=number,
            payment=payment,
            amount_fen=one.amount_fen,
            reason=one.reason,
            cause=one.cause,
            after_settlement=one.after_settlement,
            status=Refund.Status.SUCCEEDED,
            provider_refund=number,
            next_attempt_at=one.refunded_at,
            created_at=one.refunded_at,
            succeeded_at=one.refunded_at,
        )
