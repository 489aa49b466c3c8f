"""What the play refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "bargain",
    {
        # Terms.
        "first_cut": (400, _("The starter's own cut must not be larger at least than at most.")),
        "no_room": (409, _("The price must be at least %(fen)s fen above the floor, one for each helper.")),
        # Starting.
        "limit": (409, _("You have started all the bargains that one person may start here (%(limit)s).")),
        # Helping.
        "own": (409, _("This is your own bargain. Friends can cut, you cannot.")),
        "helped": (409, _("You have helped here already. Once per person.")),
        "enough": (409, _("The price is at its floor. No more help is needed.")),
        "helps_today": (409, _("You have helped %(limit)s times today. Tomorrow you can help again.")),
        "over": (409, _("This bargain is over.")),
        "being_bought": (409, _("The goods are being bought just now, so the price stands still.")),
        "busy": (409, _("Many friends are helping at this moment. Please try again.")),
        # Buying.
        "one_piece": (409, _("The bargained price is for one piece, ordered on its own.")),
        "not_yet": (409, _("It can be bought once the price is at its floor: %(missing)s more friends must help.")),
        "moved": (409, _("The price has just been cut further. Please look again.")),
    },
)
