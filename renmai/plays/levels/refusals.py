"""What membership levels refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "levels",
    {
        "rising": (400, _("Each level needs more spending than the one before, and takes more off.")),
        "not_reached": (409, _("You have not reached a level yet.")),
    },
)
