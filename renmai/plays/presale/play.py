"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Presale(Play):
    """A deposit now, the balance when the goods are ready."""

    key = "presale"
    title = _("Pre-sale")
    says = _("A deposit now, the balance when the goods are ready.")
    icon = "today"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT


PLAY = Presale()
