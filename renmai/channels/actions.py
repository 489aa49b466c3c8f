"""Writes of the room: messages to people."""

import logging
from datetime import timedelta
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

from renmai.channels import gateway
from renmai.channels.models import OutgoingText
from renmai.kernel import clock

BODY_MAX_LENGTH = 300
RETRY_SECONDS = 120
"""How long an unsent message is worth sending: a code that comes later than this only confuses."""

FORGET_AFTER = timedelta(days=1)

logger = logging.getLogger(__name__)


class TextPurpose(StrEnum):
    """Why a message goes out."""

    SIGN_IN_CODE = "sign_in_code"
    NOTICE = "notice"


def send_text(phone: str, purpose: TextPurpose, body: str) -> OutgoingText:
    """Write a message and, with a gateway configured, send it. Without one the development inbox shows it.

    A gateway that fails does not fail the caller: ``send_waiting_texts`` tries again. Call it outside a transaction when a gateway
    may be configured; inside one the message waits for the timer. A ``body`` beyond 300 characters is a bug (``ValueError``).
    """
    if not 0 < len(body) <= BODY_MAX_LENGTH:
        raise ValueError("a text message has 1 to 300 characters")
    text = OutgoingText.objects.create(phone=phone, purpose=purpose, body=body)
    if gateway.is_on() and not connection.in_atomic_block:
        _deliver(text)
    return text


def send_sign_in_code(phone: str, code: str) -> OutgoingText:
    """Send a sign-in code in the active language."""
    body = _("%(code)s is your sign-in code at Renmai, good for 5 minutes. Never tell it to anybody.") % {"code": code}
    return send_text(phone, TextPurpose.SIGN_IN_CODE, body)


def send_waiting_texts(limit: int) -> int:
    """Try again what the gateway has not taken yet, at most ``limit``; return how many left. For a timer."""
    if not gateway.is_on():
        return 0
    since = clock.now() - timedelta(seconds=RETRY_SECONDS)
    waiting = OutgoingText.objects.filter(sent_at__isnull=True, created_at__gt=since).order_by("created_at", "pk")
    return sum(_deliver(text) for text in waiting[:limit])


def forget_texts(limit: int) -> int:
    """Delete messages older than a day, at most ``limit``; return how many. They hold phones and codes. For a timer."""
    old = OutgoingText.objects.filter(created_at__lt=clock.now() - FORGET_AFTER).order_by("created_at")
    chosen = list(old.values_list("pk", flat=True)[:limit])
    return OutgoingText.objects.filter(pk__in=chosen).delete()[0]


def forget_texts_to(phone: str) -> int:
    """Delete every message to a phone; return how many. Its owner's account is no more."""
    return OutgoingText.objects.filter(phone=phone).delete()[0]


def _deliver(text: OutgoingText) -> bool:
    try:
        gateway.send(text.phone, purpose=text.purpose, body=text.body)
    except gateway.GatewayProblem as problem:
        logger.warning("text message %s waits: the gateway says %s", text.pk, problem)
        return False
    # A code that has left is nobody's business any more, not even the database's.
    kept = "" if text.purpose == TextPurpose.SIGN_IN_CODE else text.body
    OutgoingText.objects.filter(pk=text.pk).update(sent_at=clock.now(), body=kept)
    return True
