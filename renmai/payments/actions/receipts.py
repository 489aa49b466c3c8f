"""The receipt of a notification: written in the transaction that acted on it, once per nonce."""

from collections.abc import Sequence

from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.payments.models import Notification
from renmai.payments.providers.base import Notice


def keep_notice(notice: Notice, *, outcome: str) -> None:
    """Keep ``notice`` with what came of it. Raises ``payments.replayed`` when its nonce was there already."""
    keep_notices([notice], outcome=outcome)


def keep_notices(notices: Sequence[Notice], *, outcome: str) -> None:
    """Keep several of which the same came, with one statement. Raises ``payments.replayed`` when one was there already."""
    receipts = [
        Notification(
            provider=notice.provider,
            nonce=notice.nonce,
            subject=f"{notice.answer.subject} {notice.answer.number}"[:60],
            outcome=outcome,
            body=notice.body,
        )
        for notice in notices
    ]
    if len(insert_missing(receipts)) < len(receipts):
        raise DomainError("payments.replayed")
