"""What the play refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "presale",
    {
        # Terms.
        "deposit": (400, _("The deposit must be smaller than the price.")),
        "dearer": (400, _("The pre-sale price must not be above the normal price.")),
        "promise": (409, _("Where the shop keeps a deposit, it must give it back twice when it does not deliver.")),
        # Booking.
        "share": (
            409,
            _("With so much taken off, the deposit would be more than a fifth of the price. Please use less with this order."),
        ),
        "limit": (409, _("You have all the orders that one person may have here (%(limit)s).")),
        "one_kind": (409, _("A pre-sale is an order of its own, with at most %(most)s pieces.")),
    },
)
