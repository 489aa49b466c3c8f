"""Idempotency keys: a request that moves money may arrive twice and acts once."""

import hashlib
import json

from renmai.kernel.compiled import insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.models import IdempotencyKey

KEY_LENGTH = 64


def fingerprint(*parts: object) -> str:
    """Return a digest of what the request asks, so that a key cannot be reused for something else."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def is_key(text: str) -> bool:
    """Return whether ``text`` can be a key: printable, of 1 to ``KEY_LENGTH`` characters."""
    return 1 <= len(text) <= KEY_LENGTH and text.isprintable()


def earlier_result(*, scope: str, key: str, print_: str) -> str | None:
    """Return the result stored for ``key``, or None. Raises ``request.repeated_key`` when the same key asked something else."""
    row = IdempotencyKey.objects.filter(scope=scope, key=key).first()
    if row is None:
        return None
    if row.fingerprint != print_:
        raise DomainError("request.repeated_key")
    return row.result


def claim(*, scope: str, key: str, print_: str, result: str) -> bool:
    """Store ``result`` under ``key`` inside the action's transaction; False when another request has just done so."""
    return bool(insert_missing([IdempotencyKey(scope=scope, key=key, fingerprint=print_, result=result)]))
