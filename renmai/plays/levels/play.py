"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Levels(Play):
    """Who buys and keeps more pays a little less."""

    key = "levels"
    title = _("Membership levels")
    says = _("Who buys and keeps more pays a little less.")
    icon = "shield"
    layer = Layer.LEVEL
    incentive = Incentive.DISCOUNT


PLAY = Levels()
