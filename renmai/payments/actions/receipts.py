"""The receipt of a notification: written in the transaction that acted on it, once per nonce."""

from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.payments.models import Notification
from renmai.payments.providers.base import Notice


def keep_notice(notice: Notice, *, outcome: str) -> None:
    """Keep ``notice`` with what came of it. Raises ``payments.replayed`` when its nonce was there already."""
    receipt = Notification(
        provider=notice.provider,
        nonce=notice.nonce,
        subject=f"{notice.answer.subject} {notice.answer.number}"[:60],
        outcome=outcome,
        body=notice.body,
    )
    if not insert_missing([receipt]):
        raise DomainError("payments.replayed")
