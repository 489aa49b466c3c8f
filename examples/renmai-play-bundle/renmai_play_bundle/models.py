"""The table of the play: who has used it, which bounds how often one may."""

from typing import ClassVar

from django.db import models

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.ordering.models import Order


class Use(models.Model):
    """An order with a bundle. ``turn`` counts its buyer's uses from 1: the unique key is the limit, whoever orders at once."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="+")
    buyer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "buyer", "turn"], name="bundle_turn")]
