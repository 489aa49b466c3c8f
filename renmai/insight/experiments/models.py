"""Tables of experiments: what was agreed before it began, and who was dealt what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock, ids


class Experiment(models.Model):
    """One question to chance. Everything that decides its answer is written down before the first person comes, and stays."""

    class Status(models.TextChoices):
        """The life of an experiment."""

        DRAFT = "draft", pgettext_lazy("experiment", "Draft")
        RUNNING = "running", pgettext_lazy("experiment", "Running")
        STOPPED = "stopped", pgettext_lazy("experiment", "Stopped")
        DECIDED = "decided", pgettext_lazy("experiment", "Decided")

    class Audience(models.TextChoices):
        """Whom it is for, judged when somebody comes for the first time."""

        EVERYBODY = "everybody", pgettext_lazy("audience", "Everybody")
        NEW = "new", pgettext_lazy("audience", "People who never bought")
        CUSTOMERS = "customers", pgettext_lazy("audience", "People who bought before")
        SEGMENT = "segment", pgettext_lazy("audience", "A segment")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.DRAFT: frozenset({Status.RUNNING}),
        Status.RUNNING: frozenset({Status.STOPPED, Status.DECIDED}),
        Status.STOPPED: frozenset({Status.DECIDED}),
        Status.DECIDED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=60)
    hypothesis = models.CharField(max_length=400)
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    is_holdout = models.BooleanField(default=False)
    """It moves no switch itself: its first variant keeps people from every other experiment and from everything decided."""

    unit = models.CharField(max_length=8)
    audience = models.CharField(max_length=9, choices=Audience, default=Audience.EVERYBODY)
    segment = models.JSONField(default=dict, blank=True)
    """For the audience "segment": a ``dealing.Only``, as the segment was when this was written down; else empty."""

    switches = models.JSONField(default=list)
    """Their keys, in order."""

    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="experiments")
    """The campaign whose terms are varied, where the switches are those of its play."""

    versions = models.JSONField(default=list, blank=True)
    """With a campaign: which version of its terms each variant is, in the order of the variants; written when it starts."""

    variants = models.JSONField(default=list)
    """``[key, share in basis points]``, the control first. A key names an option for each switch, joined by ``+``."""

    layer = models.CharField(max_length=40)
    """Experiments of one layer share its people out: nobody is in two of them."""

    layer_basis_points = models.PositiveIntegerField(default=10_000)
    """How much of the layer it takes."""

    layer_from = models.PositiveIntegerField(null=True)
    """Where its part of the layer begins; set when it starts."""

    traffic_basis_points = models.PositiveIntegerField(default=10_000)
    """The share of its people who take part already. It only grows."""

    salt = models.CharField(max_length=20, default=ids.token)
    metric = models.CharField(max_length=40)
    """What decides."""

    lift_basis_points = models.PositiveIntegerField()
    """The smallest effect worth having, as a part of the control's figure."""

    guardrails = models.JSONField(default=list)
    """``[metric, bound in basis points]``: so much worse than the control it may be."""

    window_days = models.PositiveIntegerField(default=7)
    """Everybody is watched for so long, from her first time on, and counts when that is over."""

    planned_units = models.PositiveIntegerField(default=1_000)
    """People in each variant for whom the interval is made tightest."""

    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stop_reason = models.CharField(max_length=200, default="", blank=True)
    decision = models.CharField(max_length=120, default="", blank=True)
    """The variant that holds for everybody from then on."""

    decision_reason = models.CharField(max_length=400, default="", blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="experiment_shares",
                condition=Q(traffic_basis_points__gte=1, traffic_basis_points__lte=10_000, layer_basis_points__gte=1),
            ),
            models.CheckConstraint(
                name="experiment_started", condition=Q(status="draft") | Q(started_at__isnull=False, layer_from__isnull=False)
            ),
            models.CheckConstraint(
                name="experiment_decided", condition=~Q(status="decided") | (Q(decided_at__isnull=False) & ~Q(decision=""))
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "-created_at"], name="experiment_status")]

    def __str__(self) -> str:
        return self.number

    @property
    def control(self) -> str:
        """The variant that everything is compared with."""
        return str(self.variants[0][0])

    @property
    def is_factorial(self) -> bool:
        """Whether several switches are tried together."""
        return len(self.switches) > 1


class Dealer(models.Model):
    """The one row that whoever starts an experiment writes first: two starts at once never see the same people free."""

    starts = models.PositiveIntegerField(default=0)


class Exposure(models.Model):
    """Somebody met a switch for the first time while an experiment ran, and was dealt this variant. Counted from then on.

    A guest who turns out to be a member keeps what she was dealt first; where both were dealt something, the later row is
    ``superseded_at`` that moment and counts no more.
    """

    experiment = models.ForeignKey(Experiment, on_delete=models.PROTECT, related_name="exposures")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="exposures")
    visitor_id = models.UUIDField(null=True)
    variant = models.CharField(max_length=120)
    orders_before = models.PositiveSmallIntegerField(default=0)
    """Paid orders she had then, 2 standing for more: known before anything was tried on her."""

    at = models.DateTimeField(default=clock.now)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["experiment", "user"],
                condition=Q(user__isnull=False, superseded_at__isnull=True),
                name="exposure_once_user",
            ),
            models.UniqueConstraint(
                fields=["experiment", "visitor_id"],
                condition=Q(visitor_id__isnull=False, superseded_at__isnull=True),
                name="exposure_once_visitor",
            ),
            models.CheckConstraint(name="exposure_of_somebody", condition=Q(user__isnull=False) | Q(visitor_id__isnull=False)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["experiment", "at"], name="exposure_order"),
            models.Index(fields=["visitor_id"], condition=Q(visitor_id__isnull=False), name="exposure_visitor"),
        ]
