"""What the room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "policy",
    {
        "refused": (409, _("This breaks a rule: %(says)s (rule %(rule)s, %(source)s)")),
        "value": (400, _("That value does not fit. Allowed: %(allowed)s.")),
        "reason": (400, _("Please say why, in at least %(minimum)s characters.")),
        "combined": (409, _("Both commission rates together (%(sum)s) may not exceed the cap (%(cap)s).")),
        "unknown_setting": (404, _("There is no such setting.")),
    },
)
