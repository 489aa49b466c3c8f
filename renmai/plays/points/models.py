"""Points: an account per person, the lots that she earned, and every move between pots, for ever.

Why not the ledger of money: points run out lot by lot, the oldest first, and are no money. The idea is the ledger's all the same:
a move takes points out of one pot and puts them into another, under a key that makes it happen once.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.ordering.models import Order


class Account(models.Model):
    """What a person has, as running totals of her moves. She can spend ``issued - gone``.

    ``issued`` counts what ever came into her pot, ``gone`` what left it: spent, expired, taken back. ``reserved`` waits with unpaid
    orders and is among what is gone. ``debt`` is what was taken back after it had been spent: what she earns next pays it.
    """

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="points_account")
    issued = models.BigIntegerField(default=0)
    gone = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    debt = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="points_not_overdrawn",
                condition=Q(gone__gte=0, gone__lte=F("issued"), reserved__gte=0, reserved__lte=F("gone"), debt__gte=0),
            )
        ]

    @property
    def available(self) -> int:
        """What she can spend, those included whose time has come but that nobody has taken off yet."""
        return self.issued - self.gone


class Lot(models.Model):
    """Points that came at one time and are good until one moment. They go in the order in which they expire."""

    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    points = models.BigIntegerField()
    expires_at = models.DateTimeField()
    cause = models.CharField(max_length=80, unique=True)
    is_over = models.BooleanField(default=False)
    """Whether what was left of it has been taken off."""

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="lot_points", condition=Q(points__gte=1))]
        indexes: ClassVar = [
            models.Index(fields=["user", "expires_at"], name="lot_user"),
            models.Index(fields=["expires_at"], condition=Q(is_over=False), name="lot_expiry"),
        ]


class Pot(models.TextChoices):
    """Where points come from and go to."""

    SHOP = "shop", pgettext_lazy("points", "The shop")
    AVAILABLE = "available", pgettext_lazy("points", "Available")
    RESERVED = "reserved", pgettext_lazy("points", "Kept for an order")
    REDEEMED = "redeemed", pgettext_lazy("points", "Spent")
    EXPIRED = "expired", pgettext_lazy("points", "Expired")
    DEBT = "debt", pgettext_lazy("points", "Owed")


class Move(models.Model):
    """So many points from one pot of hers to another. Append-only; ``cause`` says what for, and makes it happen once."""

    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=9, choices=Pot)
    target = models.CharField(max_length=9, choices=Pot)
    points = models.BigIntegerField()
    reason = models.CharField(max_length=12)
    """A key of ``words.REASONS``."""

    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="move_points", condition=Q(points__gte=1)),
            models.CheckConstraint(name="move_two_pots", condition=~Q(source=F("target"))),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-at", "-id"], name="move_user")]


class Earning(models.Model):
    """What one kept order has earned so far: the base of what goes back when its goods do. One row per order."""

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="points_earning")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    points = models.BigIntegerField(default=0)
    round = models.PositiveIntegerField(default=0)
    """How often it has changed: part of the key of each change."""

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="earning_points", condition=Q(points__gte=0))]


class Spending(models.Model):
    """Points that lie in one order: how many, what they took off, and how many came back with returned goods."""

    class Status(models.TextChoices):
        """Where they are."""

        RESERVED = "reserved", pgettext_lazy("points spending", "Kept for the order")
        SPENT = "spent", pgettext_lazy("points spending", "Spent")
        GIVEN_BACK = "given_back", pgettext_lazy("points spending", "Given back")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.RESERVED: frozenset({Status.SPENT, Status.GIVEN_BACK}),
        Status.SPENT: frozenset(),
        Status.GIVEN_BACK: frozenset(),
    }

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.PROTECT, related_name="points_spending")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.RESERVED)
    points = models.BigIntegerField()
    off_fen = models.BigIntegerField()
    returned = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="spending_points", condition=Q(points__gte=1, returned__gte=0, returned__lte=F("points"), off_fen__gte=1)
            )
        ]
