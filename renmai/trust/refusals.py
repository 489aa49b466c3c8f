"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "trust",
    {
        "own_share": (400, _("This is your own link.")),
        "unknown_word": (400, _("Say useful, not useful or mute.")),
        "complaint_note": (400, _("Say in 5 to 300 characters what is wrong: somebody will read it.")),
        "complained_already": (409, _("You complained about this person within the last %(days)s days. It is being looked at.")),
    },
)
