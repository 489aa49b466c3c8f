"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Points(Play):
    """Points for kept purchases, which pay a part of later ones."""

    key = "points"
    title = _("Points")
    says = _("Points for kept purchases, which pay a part of later ones.")
    icon = "coin"
    layer = Layer.POINTS
    incentive = Incentive.POINTS


PLAY = Points()
