"""What this room refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "sharing",
    {
        "shop_exists": (409, _("You already have a shop.")),
        "shop_name": (400, _("A shop name has 2 to 30 characters.")),
        "shop_voice": (400, _("Your words are at most %(limit)s characters long.")),
        "shop_closed": (410, _("This shop is closed for now.")),
        "too_many_goods": (400, _("A shop holds at most %(limit)s products.")),
        "not_in_shop": (404, _("This product is not in your shop.")),
        "paused": (
            403,
            _("Somebody complained about what you shared. You can share anew from %(until)s on; your links so far still work."),
        ),
        "own_mute": (400, _("You cannot mute yourself.")),
        "unknown_link": (404, _("This link leads nowhere. It may be mistyped.")),
    },
)
