"""What was looked at, how far links reach, and who was asked to pass a campaign on. Everything else in this room is computed from rows of the rooms below."""

from typing import ClassVar

from django.db import models

from renmai.accounts.models import User, Visitor
from renmai.campaigns.models import Campaign
from renmai.catalogue.models import Product
from renmai.kernel import clock


class View(models.Model):
    """One look at one product page, and the way that led there (search, content, social; "": she came back to it, nothing says how)."""

    visitor = models.ForeignKey(Visitor, db_index=False, on_delete=models.PROTECT, related_name="views")
    user = models.ForeignKey(User, null=True, db_index=False, on_delete=models.PROTECT)
    product = models.ForeignKey(Product, db_index=False, on_delete=models.PROTECT)
    funnel = models.CharField(max_length=8)
    share_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["visitor", "-at"], name="view_visitor"),
            models.Index(fields=["user", "-at"], condition=models.Q(user__isnull=False), name="view_user"),
            models.Index(fields=["product", "-at"], name="view_product"),
            models.Index(fields=["at"], name="view_at"),
        ]


class ReachHabits(models.Model):
    """How many people links reach, as it was learned on one day (``spread.reach.Habits``), and from how much. The newest row counts."""

    learned_at = models.DateTimeField(default=clock.now, db_index=True)
    links = models.PositiveIntegerField()
    sharers = models.PositiveIntegerField()
    shape = models.FloatField(null=True)
    """None for Poisson."""

    masses = models.JSONField()


class SeedAsk(models.Model):
    """Somebody was asked to pass a campaign on, once for ever, and how many more people were expected to take part through her."""

    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="seed_asks")
    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="seed_asks")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    expected = models.FloatField()
    """What she was expected to add to those asked before her, herself included (``spread.seeds.Seed.gain``)."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "user"], name="seed_ask_once")]
        indexes: ClassVar = [models.Index(fields=["user", "-at"], name="seed_ask_user")]
