"""What points refuse."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "points",
    {
        "not_enough": (409, _("You do not have so many points any more.")),
        "too_few": (409, _("Points can be used from %(minimum)s on.")),
        "amount": (400, _("Please write how many points to use: at most %(most)s.")),
        "nothing": (400, _("Points that are worth more than the goods that earned them would pay for everything by themselves.")),
    },
)
