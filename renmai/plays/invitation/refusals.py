"""What the play refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "invitation",
    {
        # Terms.
        "nothing": (400, _("Somebody should get something: choose a reward for one of the two sides.")),
        "amount": (400, _("Please say how much.")),
        # Tying.
        "code": (409, _("There is no such invitation code. Please check it letter by letter.")),
        "own": (409, _("That is your own code. Somebody else has to invite you.")),
        "bound": (409, _("%(name)s invited you already. That stays.")),
        "too_late": (409, _("A code can be entered within %(days)s days of joining.")),
        "has_ordered": (409, _("A code can be entered before the first order only.")),
        "younger": (409, _("Whoever invites must have joined before you.")),
        "none_open": (409, _("There is no invitation campaign at the moment.")),
    },
)
