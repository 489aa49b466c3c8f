"""Tables of campaigns: what is offered, by which terms, who took part, and rewards on their way."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.scenes.models import Scene, ScenePicture, SceneVersion, SceneVisit
from renmai.catalogue.models import Product, in_language
from renmai.kernel import clock
from renmai.ordering.models import Order

__all__ = [
    "Campaign",
    "CampaignProduct",
    "Participation",
    "Reward",
    "Scene",
    "ScenePicture",
    "SceneVersion",
    "SceneVisit",
    "TermsVersion",
]


class Campaign(models.Model):
    """One play with an operator's terms. ``terms`` are those of version ``version``; what runs keeps the version it began with."""

    class Status(models.TextChoices):
        """The life of a campaign. Launched is open between ``starts_at`` and ``ends_at``."""

        DRAFT = "draft", pgettext_lazy("campaign", "Draft")
        REVIEW = "review", pgettext_lazy("campaign", "Waits for a second look")
        LAUNCHED = "launched", pgettext_lazy("campaign", "Launched")
        PAUSED = "paused", pgettext_lazy("campaign", "Paused")
        STOPPED = "stopped", pgettext_lazy("campaign", "Stopped")
        ENDED = "ended", pgettext_lazy("campaign", "Ended")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.REVIEW, Status.LAUNCHED}),
        Status.REVIEW: frozenset({Status.DRAFT, Status.LAUNCHED}),
        Status.LAUNCHED: frozenset({Status.PAUSED, Status.STOPPED, Status.ENDED}),
        Status.PAUSED: frozenset({Status.LAUNCHED, Status.STOPPED, Status.ENDED}),
        Status.STOPPED: frozenset(),
        Status.ENDED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    play = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60, default="", blank=True)
    copy_zh = models.CharField(max_length=400, default="", blank=True)
    copy_en = models.CharField(max_length=400, default="", blank=True)
    """What customers and agents read of it, and what the linter reads first."""

    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    channels = models.JSONField(default=list)
    """Where its links may be shared: values of ``policy.channels.Channel``."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    terms = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=1)
    """Counts every change, of words and dates too: whoever gives the second look says what she saw."""

    budget_fen = models.BigIntegerField(null=True)
    """What it may give away altogether; NULL: its terms bound it."""

    spent_fen = models.BigIntegerField(default=0)
    return_bound_basis_points = models.PositiveIntegerField(default=1500)
    complaint_bound_basis_points = models.PositiveIntegerField(default=500)
    """Guardrails: with more returned pieces, or more quality claims, among its paid orders it stops by itself."""

    stop_reason = models.CharField(max_length=200, default="", blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    launched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="campaign_lasts", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="campaign_budget",
                condition=Q(spent_fen__gte=0) & (Q(budget_fen__isnull=True) | Q(spent_fen__lte=F("budget_fen"))),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at"], condition=Q(status__in=["launched", "paused"]), name="campaign_running"),
            models.Index(fields=["play", "-created_at"], name="campaign_play"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """The title in the active language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def copy(self) -> str:
        """What customers read of it, in the active language."""
        return in_language(self.copy_zh, self.copy_en)

    @property
    def is_open(self) -> bool:
        """Whether somebody can begin to take part now."""
        return self.status == self.Status.LAUNCHED and self.starts_at <= clock.now() < self.ends_at


class TermsVersion(models.Model):
    """The terms of a campaign as they were from a moment on. Append-only."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "number"], name="terms_version_once")]


class CampaignProduct(models.Model):
    """A product that a campaign is about; a campaign without any is about the whole shop."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="products")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "product"], name="campaign_product_once")]


class Participation(models.Model):
    """What a campaign granted to an order: for how much, by which terms, and what it means to the play (``reference``)."""

    order = models.ForeignKey(Order, db_index=False, on_delete=models.PROTECT, related_name="participations")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="participations")
    play = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    reference = models.CharField(max_length=60, default="", blank=True)
    discount_fen = models.BigIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "play", "reference"], name="participation_once"),
            models.CheckConstraint(name="participation_discount", condition=Q(discount_fen__gte=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["play", "reference"], name="participation_reference")]


class Reward(models.Model):
    """Something a campaign owes somebody for a kept sale. Granted by the play that owns ``benefit``, never before ``due_at``."""

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", pgettext_lazy("reward", "Waits until the sale is kept")
        REVIEW = "review", pgettext_lazy("reward", "Held for review")
        GRANTED = "granted", pgettext_lazy("reward", "Granted")
        REFUSED = "refused", pgettext_lazy("reward", "Refused")
        VOID = "void", pgettext_lazy("reward", "Void: the sale was not kept")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.REVIEW, Status.GRANTED, Status.VOID}),
        Status.REVIEW: frozenset({Status.GRANTED, Status.REFUSED, Status.VOID}),
        Status.GRANTED: frozenset(),
        Status.REFUSED: frozenset(),
        Status.VOID: frozenset(),
    }

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="rewards")
    beneficiary = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rewards")
    brought = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Whom she brought, when the reward is for that."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="rewards")
    """The sale that must be kept."""

    benefit = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    """In the benefit's unit: fen of a coupon or red packet, points."""

    cause = models.CharField(max_length=80, unique=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(null=True)
    """Set when the order settles; NULL until then."""

    reasons = models.JSONField(default=list)
    """Why it was held: what ``fraud`` said, in the words of then."""

    granted_reference = models.CharField(max_length=60, default="", blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="reward_amount", condition=Q(amount__gte=1))]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="reward_due"),
            models.Index(fields=["created_at"], condition=Q(status="review"), name="reward_review"),
        ]
