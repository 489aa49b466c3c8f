"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class RedPacket(Play):
    """A small gift that pays a part of an order."""

    key = "red_packet"
    title = _("Red packet")
    says = _("A small gift that pays a part of an order.")
    icon = "gift"
    layer = Layer.RED_PACKET
    incentive = Incentive.RED_PACKET


PLAY = RedPacket()
