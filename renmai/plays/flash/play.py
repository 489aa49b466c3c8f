"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Flash(Play):
    """A few pieces at a special price, first come, first served."""

    key = "flash"
    title = _("Flash sale")
    says = _("A few pieces at a special price, first come, first served.")
    icon = "clock"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT


PLAY = Flash()
