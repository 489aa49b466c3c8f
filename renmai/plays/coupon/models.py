"""Coupons: how many of a campaign's are out, and each one with the terms that stand on it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from renmai.campaigns.models import Campaign, TermsVersion
from renmai.campaigns.vouchers import Voucher


class CouponStock(models.Model):
    """How many coupons of a campaign may be out, and how many are. The one row that claims fight for."""

    campaign = models.OneToOneField(Campaign, primary_key=True, on_delete=models.PROTECT, related_name="coupon_stock")
    total = models.PositiveIntegerField()
    issued = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="coupon_issued", condition=Q(issued__lte=F("total")))]

    @property
    def left(self) -> int:
        """How many can still be claimed."""
        return self.total - self.issued


class Coupon(Voucher):
    """One coupon of one person, under the terms that stood on it when she got it.

    ``nth`` counts hers within the campaign, so that nobody gets more than the terms say. ``most_fen`` is the most it can take off: its
    amount, or the cap of its percentage.
    """

    terms = models.ForeignKey(TermsVersion, db_index=False, on_delete=models.PROTECT, related_name="+")
    nth = models.PositiveIntegerField()
    most_fen = models.BigIntegerField()

    class Meta(Voucher.Meta):
        constraints: ClassVar = [
            *Voucher.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "owner", "nth"], name="coupon_nth"),
            models.CheckConstraint(name="coupon_worth", condition=Q(most_fen__gte=1)),
        ]
