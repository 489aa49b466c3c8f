"""Membership levels: what each member has kept within a campaign's window, remembered between orders."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign


class Standing(models.Model):
    """What somebody has bought and kept within the window of a campaign. A copy of what the orders say, good until ``good_until``:
    then the first of them leaves the window.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="standings")
    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="standings")
    kept_fen = models.BigIntegerField()
    good_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "campaign"], name="standing_once"),
            models.CheckConstraint(name="standing_kept", condition=Q(kept_fen__gte=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["good_until"], name="standing_due")]
