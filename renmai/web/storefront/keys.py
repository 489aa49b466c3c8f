"""The idempotency key of a form, as a browser sends it back."""

import re

from django.http import HttpRequest

KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def key_of(request: HttpRequest) -> str:
    """Return the form's key, "" for anything that was not made by us: the action then refuses the form."""
    given = request.POST.get("idempotency_key", "")
    return given if KEY.fullmatch(given) else ""
