"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Bargain(Play):
    """Friends cut a price down to its floor."""

    key = "bargain"
    title = _("Bargain")
    says = _("Friends cut a price down to its floor.")
    icon = "scale"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT


PLAY = Bargain()
