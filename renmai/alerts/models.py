"""Tables of alerts: what an agent was told of whom, models of intent with what they were worth, and what was held back and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel import clock
from renmai.sharing.models import Share, Shop


class BrowseAlert(models.Model):
    """An agent was told that a customer of hers lingers on a product; it is her task until ``due_at``.

    At most one for a customer, a product and a day in China. Only the reader of the stream writes new ones, in the transaction of its
    cursor: so their numbers become visible in their order, and a live stream that has seen one has seen all before it.
    """

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", pgettext_lazy("browse alert", "Waiting")
        SHARED = "shared", pgettext_lazy("browse alert", "Shared")
        DISMISSED = "dismissed", pgettext_lazy("browse alert", "Not now")
        MISSED = "missed", pgettext_lazy("browse alert", "Missed")
        WITHDRAWN = "withdrawn", pgettext_lazy("browse alert", "Withdrawn")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.OPEN: frozenset({Status.SHARED, Status.DISMISSED, Status.MISSED, Status.WITHDRAWN}),
        Status.SHARED: frozenset(),
        Status.DISMISSED: frozenset(),
        Status.MISSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }

    agent = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="browse_alerts")
    shop = models.ForeignKey(Shop, db_index=False, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, db_index=False, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    chance_basis_points = models.PositiveIntegerField()
    """The chance that the session ends in a purchase, in 1/100 of a percent, as ``intent_model`` saw it (None: the starting model)."""

    intent_model = models.ForeignKey("IntentModel", null=True, db_index=False, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=dict)
    """What was seen, by the names of the features: numbers only."""

    trust_cost_fen = models.BigIntegerField(null=True)
    """What sharing now would cost in trust, as the gate priced it; None where nothing was priced."""

    browsed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    told_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    share = models.ForeignKey(Share, null=True, db_index=False, on_delete=models.PROTECT, related_name="+")
    visited_at = models.DateTimeField(null=True)
    order_id = models.BigIntegerField(null=True)
    ordered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["customer", "product", "day"], name="browse_alert_once_a_day"),
            models.CheckConstraint(
                name="browse_alert_share", condition=Q(status="shared", share__isnull=False) | ~Q(status="shared")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agent", "-id"], name="browse_alert_agent"),
            models.Index(fields=["due_at"], condition=Q(status="open"), name="browse_alert_due"),
            models.Index(
                fields=["answered_at"], condition=Q(status="shared", visited_at__isnull=True), name="browse_alert_unvisited"
            ),
            models.Index(fields=["told_at"], name="browse_alert_told"),
        ]


class IntentModel(models.Model):
    """A model of intent fitted to our own sessions, and what it was worth on sessions it had not seen. Never changed."""

    class Kind(models.TextChoices):
        """What it is made of."""

        WEIGHTED = "weighted", pgettext_lazy("model of intent", "Weighted sum")
        BRANCHING = "branching", pgettext_lazy("model of intent", "Trees")

    kind = models.CharField(max_length=9, choices=Kind, default=Kind.WEIGHTED)
    fitted_at = models.DateTimeField(default=clock.now)
    sessions = models.PositiveIntegerField()
    buyers = models.PositiveIntegerField()
    parameters = models.JSONField()
    auc = models.FloatField()
    average_precision = models.FloatField()
    calibration_error = models.FloatField()
    log_loss = models.FloatField()
    starting_log_loss = models.FloatField()
    """What the starting model lost on the same sessions: only one that loses less is used."""

    other_log_loss = models.FloatField(null=True)
    """What a model of the other kind lost on the same sessions; None before there were two kinds."""

    is_used = models.BooleanField()


class Held(models.Model):
    """How often on a day an agent was not told, by the reason. No customer, no product: only a count."""

    day = models.DateField()
    reason = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "reason"], name="alert_held_once")]
