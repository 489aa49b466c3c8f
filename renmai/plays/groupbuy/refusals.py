"""What group buying refuses."""

from django.utils.translation import gettext_lazy as _

from renmai.kernel.errors import refusals

refusals(
    "groupbuy",
    {
        # Taking part.
        "other_goods": (409, _("Only the goods of the group buy can be in this order, nothing else.")),
        "pieces": (409, _("At most %(most)s pieces per order in this group buy.")),
        "cheaper_alone": (409, _("These goods cost no more than this without a group. Please buy them on their own.")),
        "limit": (409, _("You have ordered as often as this group buy allows (%(limit)s). Groups that failed do not count.")),
        "full": (409, _("This group is complete already. You can open one of your own.")),
        "over": (409, _("This group is over. You can open one of your own.")),
        "already_in": (409, _("You are in this group already. Share it, so that it fills.")),
        "late": (400, _("Please choose what should happen if the group fills before you have paid.")),
        # Leaving.
        "not_in": (409, _("You are not in this group.")),
        "cannot_leave": (409, _("This group is over, so nobody can leave it. After delivery you can still return the goods.")),
        # Terms.
        "leader_price": (400, _("Whoever opens a group must still pay something at the lowest price.")),
        "threshold": (400, _("Choose 0, or between %(least)s and %(most)s people.")),
        "above_shop_price": (400, _("The price for the smallest group must be below the shop's price, which is %(price)s.")),
    },
)
