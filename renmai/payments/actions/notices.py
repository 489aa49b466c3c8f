"""Notifications: first verified and held against our rows, then acted on in one transaction."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from renmai.kernel.errors import DomainError
from renmai.payments.actions.matching import matching_or_alert
from renmai.payments.actions.paying import record_capture, record_failure
from renmai.payments.actions.payouts import finish_payout
from renmai.payments.actions.receipts import keep_notice
from renmai.payments.actions.refunds import finish_refund
from renmai.payments.providers import registry
from renmai.payments.providers.base import MAX_BODY_BYTES, Notice, Subject


def read_notification(provider: str, headers: Mapping[str, str], body: bytes) -> Notice:
    """Verify a raw notification and return what it says. Changes nothing, except that a wrong amount opens an alert.

    A notice with ``is_capture`` goes to ``record_capture`` together with whatever else a paid order needs; any other goes to
    ``record_notice``. Must be called outside a transaction. Raises ``payments.unknown_provider``, ``payments.signature``,
    ``payments.stale``, ``payments.malformed``, ``payments.unknown_payment``, ``payments.mismatch``. That it was seen before shows
    when it is acted on: its receipt is a constraint.
    """
    if len(body) > MAX_BODY_BYTES:
        raise DomainError("payments.malformed")
    notice = registry.get(provider).read_notification(headers, body)
    return replace(notice, row=matching_or_alert(provider, notice.answer))


def record_notice(notice: Notice) -> str:
    """Act on a notice, whatever it is about, and keep it with the outcome that is returned; one transaction.

    A capture recorded here is only that: payment and ledger. Raises ``payments.replayed``, ``payments.mismatch``.
    """
    with transaction.atomic():
        if notice.is_capture:
            return "captured" if record_capture(notice.provider, notice).is_new else "already captured"
        match notice.answer.subject:
            case Subject.PAYMENT:
                return "failed" if record_failure(notice.provider, notice) else "failed, no longer waiting"
            case Subject.REFUND:
                outcome = finish_refund(notice.provider, notice.answer, row=notice.row)
            case Subject.PAYOUT:
                outcome = finish_payout(notice.provider, notice.answer)
        keep_notice(notice, outcome=outcome)
        return outcome
