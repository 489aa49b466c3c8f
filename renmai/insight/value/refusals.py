"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "value",
    {"too_many_counts": (429, _("Many periods are waiting to be counted already. Please ask again in a few minutes."))},
)
