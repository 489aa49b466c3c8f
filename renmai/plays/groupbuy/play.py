"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class GroupBuy(Play):
    """The more buy together, the less each pays."""

    key = "groupbuy"
    title = _("Group buy")
    says = _("The more buy together, the less each pays.")
    icon = "group"
    layer = Layer.PRICE
    incentive = Incentive.DISCOUNT


PLAY = GroupBuy()
