"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "matching",
    {
        "band": (400, _("The highest price is below the lowest.")),
        "requirement": (400, _("This requirement cannot be used: %(says)s.")),
        "why": (400, _("Please say why, in at least 2 characters.")),
        "not_demoted": (409, _("This product is not demoted any more.")),
        "reason": (400, _("There is no such reason.")),
    },
)
