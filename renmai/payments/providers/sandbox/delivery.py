"""Notifications that the sandbox owes us. They arrive in this process, through the same door as those of a real provider.

The door is ``deliver(provider, headers, body)``: the function named in ``RENMAI_PAYMENT_NOTIFICATION``. Each delivery is signed anew.
What the door refuses or breaks on is delivered again, as real providers do, until the attempts are used up.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.payments.models import SandboxNotice
from renmai.payments.providers.sandbox import signing

logger = logging.getLogger(__name__)

Deliver = Callable[[str, Mapping[str, str], bytes], object]

RETRY_SECONDS = (15, 15, 30, 180, 600, 1200, 1800, 1800)
"""Pauses before a notification comes again; after the last one it never comes."""

PROVIDER = "sandbox"


def door() -> Deliver:
    """Return the function that takes notifications in."""
    return cast("Deliver", import_string(settings.RENMAI_PAYMENT_NOTIFICATION))


def owe(subject: str, body: str, *, due_at: datetime) -> None:
    """Note that a notification is to be sent at ``due_at``, in the transaction that made it true."""
    SandboxNotice.objects.create(subject=subject, body=body, due_at=due_at)


def deliver_sandbox_notices(limit: int, *, deliver: Deliver | None = None) -> int:
    """Deliver up to ``limit`` notifications that are due, through ``deliver`` or the door of the settings; return how many arrived.

    Must not be called inside a transaction.
    """
    take = deliver or door()
    due = SandboxNotice.objects.filter(delivered_at__isnull=True, due_at__lte=clock.now(), attempts__lte=len(RETRY_SECONDS))
    return sum(_deliver(notice, take) for notice in due.order_by("due_at", "pk")[:limit])


def deliver_now(subject: str, *, deliver: Deliver | None = None) -> int:
    """Deliver the notifications about ``subject`` that are due, right after they were owed; return how many arrived."""
    take = deliver or door()
    due = SandboxNotice.objects.filter(subject=subject, delivered_at__isnull=True, due_at__lte=clock.now())
    return sum(_deliver(notice, take) for notice in due.order_by("due_at", "pk"))


def _deliver(notice: SandboxNotice, take: Deliver) -> bool:
    # Claimed by moving its due time on: of two sweeps only one delivers, and one that dies is repeated.
    pause = RETRY_SECONDS[min(notice.attempts, len(RETRY_SECONDS) - 1)]
    claimed = SandboxNotice.objects.filter(pk=notice.pk, delivered_at__isnull=True, due_at=notice.due_at).update(
        due_at=clock.now() + timedelta(seconds=pause), attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    body = notice.body.encode()
    try:
        take(PROVIDER, signing.signed_headers(body), body)
    except DomainError as error:
        logger.warning("sandbox notice %s was refused: %s", notice.subject, error)
        return False
    except Exception:
        logger.exception("sandbox notice %s broke", notice.subject)
        return False
    SandboxNotice.objects.filter(pk=notice.pk).update(delivered_at=clock.now())
    return True
