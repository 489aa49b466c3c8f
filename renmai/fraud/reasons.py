"""Reasons in words: one sentence for each feature of the scorecard."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renmai.fraud.cases import Reason

WORDS: Mapping[str, "str | Promise"] = {
    "self": _("Both sides of the invitation are the same person."),
    "device_apart": _("Other people around this invitation who use the same browser but live elsewhere: %(figure)s"),
    "device": _("Other people around this invitation who use the same browser: %(figure)s"),
    "payout_apart": _("People elsewhere who are paid at the same account: %(figure)s"),
    "payout": _("Other people who are paid at the same account: %(figure)s"),
    "phone_apart": _("Other people around this invitation with the same phone for parcels who live elsewhere: %(figure)s"),
    "phone": _("Other people around this invitation with the same phone for parcels: %(figure)s"),
    "block": _("Other people around this invitation whose phone numbers were sold in one row with this one: %(figure)s"),
    "newcomers": _("Newcomers at the same address who never came back, with hardly anybody else there: %(figure)s"),
    "burst": _("Other people around this invitation who joined within a day and live elsewhere: %(figure)s"),
    "all_at_once": _("People brought around here who bought within minutes of joining, most of all: %(figure)s"),
    "came_once": _("People brought around here who bought only once, nearly all: %(figure)s"),
    "went_back": _("People brought around here whose first purchase went back: %(figure)s"),
    "green": _("People around here without any history of their own, nearly all: %(figure)s"),
    "inviter_known": _("In favour: the inviter has bought and kept goods here for months."),
    "came_back": _("In favour: the invited has bought again since. Further orders: %(figure)s"),
}


def sentence(reason: Reason) -> str:
    """Return ``reason`` in the active language; its code when the table no longer knows it."""
    words = WORDS.get(reason.code)
    return str(words) % {"figure": reason.figure} if words is not None else reason.code
