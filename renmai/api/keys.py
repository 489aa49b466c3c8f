"""Idempotency keys: a request that moves money or stock may arrive twice and acts once."""

import re
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest

from renmai.api.callers import person
from renmai.kernel import idempotency
from renmai.kernel.errors import DomainError

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{8,64}")
DONE = "done"


def key_of(request: HttpRequest) -> str:
    """Return the key that came with the request. Raises ``api.key_missing`` for none, or for one that is no key."""
    key = request.headers.get(HEADER, "")
    if not KEY.fullmatch(key):
        raise DomainError("api.key_missing", field=HEADER)
    return key


def once(request: HttpRequest, act: Callable[[], object], *asked: object) -> None:
    """Run ``act`` once for the key of the request, in one transaction with the note that it ran.

    ``asked`` is what the request says (its object and its content): the same key with something else is ``request.repeated_key``. For
    actions that keep no key of their own; they must not need to run outside a transaction.
    """
    key = key_of(request)
    scope = f"api:{person(request).pk}"
    print_ = idempotency.fingerprint(request.method, request.path, *asked)
    if idempotency.earlier_result(scope=scope, key=key, print_=print_) is not None:
        return
    try:
        with transaction.atomic():
            act()
            _claim(scope, key, print_)
    except DomainError:
        # The same request sent twice at once: whoever came second finds the object moved on, or the key taken.
        if idempotency.earlier_result(scope=scope, key=key, print_=print_) is None:
            raise


def _claim(scope: str, key: str, print_: str) -> None:
    if not idempotency.claim(scope=scope, key=key, print_=print_, result=DONE):
        raise DomainError("request.conflict")
