"""What the play refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "flash",
    {
        # Terms.
        "dearer": (400, _("The flash price must be below the normal price.")),
        "other_goods": (409, _("A sale that runs keeps its goods. Stop it and launch another.")),
        "fewer": (409, _("These pieces are taken already: at most %(free)s can be taken out of the sale.")),
        # Taking a place.
        "limit": (409, _("You have taken all the pieces that one person may have here (%(limit)s).")),
        "busy": (503, _("Very many people want this at this moment. Please try again.")),
        "over": (409, _("This place is over: its time ran out, or you gave it up.")),
        "no_piece": (409, _("It is not your turn yet: you are number %(place)s in line.")),
        # Buying.
        "one_piece": (409, _("The flash price is for one piece, ordered on its own.")),
    },
)
