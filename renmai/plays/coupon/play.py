"""What the core asks of the play."""

from django.utils.translation import gettext_lazy as _

from renmai.campaigns.plays import Incentive, Layer, Play


class Coupon(Play):
    """Money off an order, under conditions that are written on it."""

    key = "coupon"
    title = _("Coupon")
    says = _("Money off an order, under conditions that are written on it.")
    icon = "coupon"
    layer = Layer.COUPON
    incentive = Incentive.DISCOUNT


PLAY = Coupon()
