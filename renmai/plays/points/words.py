"""What a line of somebody's statement says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS: dict[str, tuple[Promise, Promise]] = {
    "earned": (pgettext_lazy("points", "Earned"), _("You kept what you bought in this order: each yuan of goods earns points.")),
    "reward": (_("Reward"), _("A campaign owed you this for a sale that was kept.")),
    "reserved": (
        _("Kept for an order"),
        _("The order is waiting for its payment. If it is cancelled, these points are yours again."),
    ),
    "spent": (pgettext_lazy("points", "Spent"), _("The order was paid: the points took money off.")),
    "freed": (_("Free again"), _("The order was not paid; its points are yours again, with their old end.")),
    "returned": (
        _("Returned"),
        _("Goods of this order went back, and with them the points that had paid for them. They are as good as new ones."),
    ),
    "taken_back": (
        pgettext_lazy("points", "Taken back"),
        _("Goods of this order went back after it had earned points. What had been spent by then is owed."),
    ),
    "expired": (_("Expired"), _("Points end a fixed time after they came; the oldest are always spent first.")),
}
"""By reason: the title of a line, and why it is there."""
