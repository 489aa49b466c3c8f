"""Reasons in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.fraud.cases import Reason

WORDS: Mapping[str, "str | Promise"] = {
    "self": _("Both sides of the invitation are the same person."),
}


def sentence(reason: Reason) -> str:
    """Return ``reason`` in the active language; its code when the table no longer knows it."""
    words = WORDS.get(reason.code)
    return str(words) % {"figure": reason.figure} if words is not None else reason.code
