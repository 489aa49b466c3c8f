"""The receipt of a notification: written in the transaction that acted on it, once per nonce."""

from django.db import IntegrityError, transaction

from renmai.kernel.errors import DomainError
from renmai.payments.models import Notification
from renmai.payments.providers.base import Notice


def keep_notice(notice: Notice, *, outcome: str) -> None:
    """Keep ``notice`` with what came of it. Raises ``payments.replayed`` when its nonce was there already."""
    try:
        with transaction.atomic():
            Notification.objects.create(
                provider=notice.provider,
                nonce=notice.nonce,
                subject=f"{notice.answer.subject} {notice.answer.number}"[:60],
                outcome=outcome,
                body=notice.body,
            )
    except IntegrityError as error:
        raise DomainError("payments.replayed") from error
