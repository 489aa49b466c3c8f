"""What the play refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "bundle",
    {
        "codes": (400, _("Please name at least two goods on sale by their codes; not found: %(codes)s.")),
        "too_dear": (400, _("The price must be below what the cheapest choice costs (%(fen)s fen).")),
        "pieces": (409, _("Please choose exactly %(pieces)s of these.")),
        "no_gain": (409, _("These cost less without the offer.")),
        "limit": (409, _("This offer can be used %(limit)s times per person.")),
    },
)
