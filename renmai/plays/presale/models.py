"""Tables of the play: bookings, and campaigns that the shop could not keep."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.ordering.models import Order


class Booking(models.Model):
    """An order of a pre-sale. ``ordinal`` says which of her orders it is, so that the limit per person is a unique key."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="presale_booking")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="presale_bookings")
    ordinal = models.PositiveSmallIntegerField()
    counts = models.BooleanField(default=True)
    """Against the limit: no longer once the order was cancelled."""

    balance_from = models.DateTimeField()
    booked_at = models.DateTimeField(default=clock.now)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "user", "ordinal"], condition=Q(counts=True), name="booking_per_person"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["balance_from"], condition=Q(reminded_at__isnull=True, counts=True), name="booking_to_remind"),
        ]


class CalledOff(models.Model):
    """A pre-sale whose goods the shop cannot deliver: every order of it ends, and what was promised for that case is owed."""

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)
