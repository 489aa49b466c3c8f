"""Signatures of the sandbox: HMAC-SHA256 over timestamp, nonce and body, each ended by a line feed; compared in constant time."""

import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from renmai.kernel import clock, ids
from renmai.kernel.errors import DomainError
from renmai.payments.providers.base import MAX_SKEW_SECONDS

TIMESTAMP = "sandbox-timestamp"
NONCE = "sandbox-nonce"
SIGNATURE = "sandbox-signature"
NONCE_LENGTH = range(8, 65)
SECRET_MIN_LENGTH = 32


def secret() -> bytes:
    """Return the shared secret. Raises ``ImproperlyConfigured`` when it is empty or short: anybody could mark orders paid."""
    value: str = settings.RENMAI_SANDBOX_SECRET
    if len(value) < SECRET_MIN_LENGTH:
        raise ImproperlyConfigured(f"RENMAI_SANDBOX_SECRET must have at least {SECRET_MIN_LENGTH} characters.")
    return value.encode()


def signed_headers(body: bytes) -> dict[str, str]:
    """Return the headers of a notification sent now, with a nonce of its own."""
    timestamp, nonce = str(int(clock.now().timestamp())), ids.secret(32)
    return {TIMESTAMP: timestamp, NONCE: nonce, SIGNATURE: _signature(timestamp, nonce, body)}


def verified_nonce(headers: Mapping[str, str], body: bytes) -> str:
    """Return the nonce of a genuine notification. Raises ``payments.signature`` or, once that is right, ``payments.stale``."""
    sent = {name.lower(): value for name, value in headers.items()}
    timestamp, nonce, signature = (sent.get(name, "") for name in (TIMESTAMP, NONCE, SIGNATURE))
    expected = _signature(timestamp, nonce, body)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise DomainError("payments.signature")
    if len(nonce) not in NONCE_LENGTH or not (timestamp.isascii() and timestamp.isdigit()):
        raise DomainError("payments.malformed")
    if abs(clock.now().timestamp() - int(timestamp)) > MAX_SKEW_SECONDS:
        raise DomainError("payments.stale")
    return nonce


def _signature(timestamp: str, nonce: str, body: bytes) -> str:
    text = b"%b\n%b\n%b\n" % (timestamp.encode(), nonce.encode(), body)
    return hmac.new(secret(), text, hashlib.sha256).hexdigest()
