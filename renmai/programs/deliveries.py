"""Webhooks on their way out: signed, retried with growing pauses, given up after a day.

The signature is HMAC-SHA256 over ``timestamp.delivery.body`` with the endpoint's secret, so that a receiver can refuse what is old,
repeated or not ours; see ``docs/webhooks.md``.
"""

import hashlib
import hmac
import ipaddress
import json
import logging
import socket
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from renmai.kernel import clock
from renmai.kernel.errors import told_of
from renmai.kernel.states import advance
from renmai.programs.models import WebhookDelivery

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger(__name__)

PAUSES_SECONDS = (10, 60, 300, 1800, 7200, 21600, 43200)
TIMEOUT_SECONDS = 5.0
CLAIM_SECONDS = 60
SUCCESS = range(200, 300)
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Place:
    """Where a request goes: its address, and what is said about the name that led there."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, str] = field(default_factory=dict)


def deliver_webhooks(limit: int, *, transport: "httpx.BaseTransport | None" = None) -> int:
    """Send up to ``limit`` due deliveries; return how many were tried. Each is claimed, so two workers never send one twice at once."""
    pending = WebhookDelivery.Status.PENDING
    due = WebhookDelivery.objects.filter(status=pending, due_at__lte=clock.now()).select_related("endpoint")
    tried = 0
    for delivery in due.order_by("due_at")[:limit]:
        claim = clock.now() + timedelta(seconds=CLAIM_SECONDS)
        if WebhookDelivery.objects.filter(pk=delivery.pk, status=pending, due_at=delivery.due_at).update(due_at=claim):
            _send(delivery, transport)
            tried += 1
    return tried


def body_of(delivery: WebhookDelivery) -> bytes:
    """Return the exact bytes that are signed and sent."""
    content = {
        "id": str(delivery.pk),
        "event": delivery.event_name,
        "at": delivery.created_at.isoformat(),
        "data": delivery.payload,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def signature(secret: str, *, timestamp: str, delivery_id: str, body: bytes) -> str:
    """Return the value of the ``Renmai-Signature`` header."""
    signed = f"{timestamp}.{delivery_id}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _send(delivery: WebhookDelivery, transport: "httpx.BaseTransport | None") -> None:
    import httpx  # takes seven megabytes, and most processes never call anybody

    body = body_of(delivery)
    timestamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Renmai-Event": delivery.event_name,
        "Renmai-Delivery": str(delivery.pk),
        "Renmai-Timestamp": timestamp,
        "Renmai-Signature": signature(delivery.endpoint.secret, timestamp=timestamp, delivery_id=str(delivery.pk), body=body),
    }
    try:
        place = Place(delivery.endpoint.url) if transport is not None or settings.RENMAI_DEMO else _checked(delivery.endpoint.url)
        with httpx.Client(transport=transport, timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=False) as client:
            answer = client.post(place.url, content=body, headers=headers | place.headers, extensions=place.extensions)
    except (httpx.HTTPError, OSError) as error:
        _postpone(delivery, status_code=None, error=told_of(error))
        return
    if answer.status_code in SUCCESS:
        done = WebhookDelivery.Status.DELIVERED
        advance(
            WebhookDelivery,
            delivery.pk,
            old=WebhookDelivery.Status.PENDING,
            new=done,
            delivered_at=clock.now(),
            attempts=delivery.attempts + 1,
            last_status_code=answer.status_code,
        )
    else:
        _postpone(delivery, status_code=answer.status_code, error=f"answered {answer.status_code}")


def _postpone(delivery: WebhookDelivery, *, status_code: int | None, error: str) -> None:
    given_up = delivery.attempts >= len(PAUSES_SECONDS)
    pause = timedelta(seconds=PAUSES_SECONDS[min(delivery.attempts, len(PAUSES_SECONDS) - 1)])
    WebhookDelivery.objects.filter(pk=delivery.pk, status=WebhookDelivery.Status.PENDING).update(
        status=WebhookDelivery.Status.DEAD if given_up else WebhookDelivery.Status.PENDING,
        attempts=delivery.attempts + 1,
        due_at=clock.now() + pause,
        last_status_code=status_code,
        last_error=error[:300],
    )
    logger.warning("webhook %s to endpoint %s failed: %s", delivery.pk, delivery.endpoint_id, error)


def _checked(url: str) -> Place:
    """Return where to send so that no second look at the name can lead elsewhere; the certificate is still checked against the name.

    Raises ``OSError`` when any address of the name lies in a private network: a webhook must not become a way in.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(_is_public(str(address)) for address in found):
        raise OSError("the address leads into a private network")
    address = f"[{found[0]}]" if ":" in str(found[0]) else str(found[0])
    netloc = address if parts.port is None else f"{address}:{parts.port}"
    name = host if parts.port is None else f"{host}:{parts.port}"
    return Place(urlunsplit(parts._replace(netloc=netloc)), {"Host": name}, {"sni_hostname": host})


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address) and (address in TRANSLATED or address.sixtofour or address.teredo):
        return False  # it carries an IPv4 address inside, which may be any
    return address.is_global and not address.is_multicast
