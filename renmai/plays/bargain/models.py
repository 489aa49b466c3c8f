"""Tables of the play: bargains and the cuts of their helpers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.catalogue.models import Sku
from renmai.kernel import clock
from renmai.ordering.models import Order


class Bargain(models.Model):
    """One person's price for one piece on its way down. It keeps the terms of ``version``, with which it began.

    ``start_fen`` − ``first_cut_fen`` − the cuts = ``price_fen``, never below ``floor_fen``.
    """

    class Status(models.TextChoices):
        """How far it is. Open ends at ``expires_at``; while an order waits for its payment the price stands still."""

        OPEN = "open", pgettext_lazy("bargain", "Going on")
        ORDERED = "ordered", pgettext_lazy("bargain", "Waits for payment")
        BOUGHT = "bought", pgettext_lazy("bargain", "Bought")
        EXPIRED = "expired", pgettext_lazy("bargain", "Over")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.OPEN: frozenset({Status.ORDERED, Status.EXPIRED}),
        Status.ORDERED: frozenset({Status.OPEN, Status.BOUGHT}),
        Status.BOUGHT: frozenset(),
        Status.EXPIRED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bargains")
    ordinal = models.PositiveIntegerField()
    """Which one it is of its owner's in the campaign, from 1: the limit per person is a unique key."""

    sku = models.ForeignKey(Sku, on_delete=models.PROTECT, related_name="+")
    start_fen = models.BigIntegerField()
    floor_fen = models.BigIntegerField()
    first_cut_fen = models.BigIntegerField(default=0)
    price_fen = models.BigIntegerField()
    helpers = models.PositiveIntegerField()
    """How many cuts bring it to the floor."""

    cut_count = models.PositiveIntegerField(default=0)
    seed = models.CharField(max_length=40)
    """What the random cuts are drawn from; nobody sees it while it goes on."""

    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="bargain")
    started_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "owner", "ordinal"], name="bargain_ordinal"),
            models.UniqueConstraint(
                fields=["campaign", "owner"], condition=Q(status__in=["open", "ordered"]), name="bargain_one_going_on"
            ),
            models.CheckConstraint(name="bargain_floor", condition=Q(floor_fen__gte=1, price_fen__gte=F("floor_fen"))),
            models.CheckConstraint(
                name="bargain_reserve",
                condition=Q(cut_count__lte=F("helpers"))
                & Q(price_fen__gte=F("floor_fen") + F("helpers") - F("cut_count"))
                & (Q(cut_count__lt=F("helpers")) | Q(price_fen=F("floor_fen"))),
            ),
            models.CheckConstraint(
                name="bargain_order",
                condition=Q(status__in=["ordered", "bought"], order__isnull=False)
                | Q(status__in=["open", "expired"], order__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["expires_at"], condition=Q(status="open"), name="bargain_due")]

    def __str__(self) -> str:
        return self.number

    @property
    def helpers_left(self) -> int:
        """How many cuts are missing to the floor."""
        return self.helpers - self.cut_count

    @property
    def off_fen(self) -> int:
        """What has come off so far."""
        return self.start_fen - self.price_fen

    @property
    def is_at_floor(self) -> bool:
        """Whether nothing more can come off."""
        return self.cut_count == self.helpers

    @property
    def is_going_on(self) -> bool:
        """Whether friends can still help."""
        return self.status == self.Status.OPEN and clock.now() < self.expires_at


class Cut(models.Model):
    """One friend's help: once per person and bargain. Append-only."""

    bargain = models.ForeignKey(Bargain, db_index=False, on_delete=models.PROTECT, related_name="cuts")
    helper = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="bargain_cuts")
    number = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    """The day in China on which she helped."""

    turn = models.PositiveIntegerField()
    """Which of her helps of that day in the campaign, from 1: the daily limit is a unique key."""

    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bargain", "number"], name="cut_number"),
            models.UniqueConstraint(fields=["bargain", "helper"], name="cut_once_each"),
            models.UniqueConstraint(fields=["helper", "campaign", "day", "turn"], name="cut_turn"),
            models.CheckConstraint(name="cut_amount", condition=Q(amount_fen__gte=1)),
        ]
