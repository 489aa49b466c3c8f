"""What the kernel itself refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "money",
    {"amount": (400, _("That is not a valid amount of money."))},
)
refusals(
    "storage",
    {
        "away": (503, _("We cannot reach our books at the moment. Nothing was done twice; please try again in a few seconds.")),
        "full": (503, _("We have no room left to keep this at the moment. Nothing was changed; please try again later.")),
    },
)
refusals(
    "request",
    {
        "not_found": (404, _("We could not find that. It may have been removed, or it belongs to somebody else.")),
        "forbidden": (403, _("You are not allowed to do this.")),
        "sign_in": (401, _("Please sign in first.")),
        "method": (405, _("This address is opened by a button on a page. Please go back and press it again.")),
        "too_large": (413, _("This is more than we take at once: at most %(most)s MB.")),
        "conflict": (409, _("Somebody else changed this in the meantime. Please look again.")),
        "repeated_key": (409, _("This form was already sent with other contents. Please reload the page.")),
        "invalid": (400, _("Something in this request is not valid.")),
        "too_many": (429, _("Too many attempts. Please try again in %(wait)s.")),
    },
)
