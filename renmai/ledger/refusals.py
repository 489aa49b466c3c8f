"""What the ledger refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "ledger",
    {
        "insufficient": (409, _("There is not enough money on this account.")),
        "conflict": (409, _("This transfer was already made with other contents.")),
        "unknown_hold": (404, _("There is no such amount on hold.")),
        "resolved": (409, _("This amount on hold was already settled.")),
        "expired": (409, _("This amount was on hold for too long and has been given back.")),
        "more_than_held": (409, _("That is more than the amount on hold.")),
    },
)
