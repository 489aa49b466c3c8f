"""Red packets: the pool of a campaign, and each packet that somebody opened."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from renmai.campaigns.models import Campaign
from renmai.campaigns.vouchers import Voucher


class Pool(models.Model):
    """The packets of a campaign: so many, so much altogether, and how many were opened. The one row that openers fight for.

    What the n-th opener finds follows from ``seed`` (see ``splitting``), so that the parts sum to the whole whoever comes when.
    """

    campaign = models.OneToOneField(Campaign, primary_key=True, on_delete=models.PROTECT, related_name="pool")
    total_fen = models.BigIntegerField()
    packets = models.PositiveIntegerField()
    is_random = models.BooleanField()
    seed = models.BigIntegerField()
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="pool_opened", condition=Q(opened__lte=F("packets"))),
            models.CheckConstraint(name="pool_enough", condition=Q(total_fen__gte=F("packets"), packets__gte=1)),
        ]


class Packet(Voucher):
    """What somebody found: so much off one order. ``place`` is the turn at which it was opened; rewards have none."""

    place = models.PositiveIntegerField(null=True)
    amount_fen = models.BigIntegerField()

    class Meta(Voucher.Meta):
        constraints: ClassVar = [
            *Voucher.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "place"], name="packet_place"),
            models.UniqueConstraint(fields=["campaign", "owner"], condition=Q(reward__isnull=True), name="packet_per_person"),
            models.CheckConstraint(name="packet_amount", condition=Q(amount_fen__gte=1)),
            models.CheckConstraint(name="packet_from", condition=Q(place__isnull=True) ^ Q(reward__isnull=True)),
        ]
