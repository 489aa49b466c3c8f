"""What was learned of customers, and what each is worth by it. Everything here can be worked out again from orders."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.kernel import clock

KEPT_MODELS = 60
"""So many models are kept, one a day."""


class FittedModel(models.Model):
    """The model of lifetime value as it was on one day: what went in, how well it foresaw what it had not seen, what all are worth.

    ``margin`` is what is left of a yuan that customers keep paying, in parts of 10,000; it stands beside what it is made of.
    """

    class Kind(models.TextChoices):
        """How orders are foreseen."""

        FITTED = "fitted", _("BG/NBD × Gamma-Gamma")
        MEAN = "mean", _("Mean rate of all customers")

    class Status(models.TextChoices):
        """How far it is."""

        LEARNED = "learned", _("Customers are being worked out")
        COMPLETE = "complete", _("In use")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.LEARNED: frozenset({Status.COMPLETE}),
        Status.COMPLETE: frozenset(),
    }

    kind = models.CharField(max_length=6, choices=Kind)
    status = models.CharField(max_length=8, choices=Status, default=Status.LEARNED)
    fitted_at = models.DateTimeField(default=clock.now)
    until = models.DateField()
    """The last day, in China, that the model has seen."""

    customers = models.PositiveIntegerField()
    repeaters = models.PositiveIntegerField()
    orders = models.PositiveIntegerField()
    why_mean = models.CharField(max_length=200, default="", blank=True)
    """Why nothing could be fitted, in English for whoever looks after the models; empty for a fitted one."""

    is_steadied = models.BooleanField(default=False)
    orders_log_likelihood = models.FloatField(null=True)
    spending_log_likelihood = models.FloatField(null=True)
    orders_covariance = models.JSONField(default=list)
    spending_covariance = models.JSONField(default=list)
    """How the logarithms of the parameters vary together, a list of rows."""

    mean_rate = models.FloatField()
    """Orders after the first, by customer and week: what the model of kind ``mean`` expects of everybody."""

    mean_order_fen = models.BigIntegerField()
    horizon_days = models.PositiveIntegerField()
    discount_basis_points = models.PositiveIntegerField()
    word_of_mouth_basis_points = models.PositiveIntegerField()
    suggestion_basis_points = models.PositiveIntegerField(default=0)
    margin_basis_points = models.IntegerField()
    kept_fen = models.BigIntegerField()
    commission_fen = models.BigIntegerField()
    rewards_fen = models.BigIntegerField()
    parcels_fen = models.BigIntegerField()
    goods_fen = models.BigIntegerField()
    newcomer_fen = models.BigIntegerField()
    """What somebody is worth whose first order was just paid."""

    total_fen = models.BigIntegerField()
    total_low_fen = models.BigIntegerField()
    total_high_fen = models.BigIntegerField()
    held_out_days = models.PositiveIntegerField(default=0)
    held_out_expected = models.FloatField(default=0)
    held_out_actual = models.PositiveIntegerField(default=0)
    held_out_by_rate = models.FloatField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "-fitted_at"], name="fitted_model_latest")]


class FittedParameter(models.Model):
    """One parameter of a fitted model with its standard error and 95 % interval. Times are in weeks, money in fen."""

    model = models.ForeignKey(FittedModel, on_delete=models.CASCADE, related_name="parameters")
    name = models.CharField(max_length=10)
    value = models.FloatField()
    error = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "name"], name="fitted_parameter_once")]


class HeldOutGroup(models.Model):
    """How many orders customers with so many repeated orders were expected to place in the days held out, and how many they placed."""

    model = models.ForeignKey(FittedModel, on_delete=models.CASCADE, related_name="held_out")
    repeated = models.PositiveSmallIntegerField()
    """Orders after the first that the model had seen; the last group holds everybody with as many or more."""

    customers = models.PositiveIntegerField()
    expected = models.FloatField()
    actual = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "repeated"], name="held_out_once")]


class Worth(models.Model):
    """What one customer is worth: the margin of her expected orders, less what goes to who brought her and to who suggested what she buys, and what
    comes from whom she brought and from who buys what she suggested.

    ``own_fen`` is an expectation; in eight of ten futures her orders come to something between ``low_fen`` and ``high_fen``.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="worth")
    model = models.ForeignKey(FittedModel, on_delete=models.PROTECT, related_name="worths")
    orders = models.PositiveIntegerField()
    kept_fen = models.BigIntegerField()
    first_paid_at = models.DateTimeField()
    last_paid_at = models.DateTimeField()
    expected_orders = models.FloatField()
    alive = models.FloatField(null=True)
    """The probability that she still is a customer; the mean rate does not know."""

    order_fen = models.BigIntegerField()
    own_fen = models.BigIntegerField()
    low_fen = models.BigIntegerField()
    high_fen = models.BigIntegerField()
    brought_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    passed_on_fen = models.BigIntegerField(default=0)
    received_fen = models.BigIntegerField(default=0)
    credited_fen = models.BigIntegerField(default=0)
    """What counts for others who suggested what she buys."""

    suggested_fen = models.BigIntegerField(default=0)
    """What her own suggestions brought."""

    value_fen = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="worth_adds_up",
                condition=Q(
                    value_fen=F("own_fen") - F("credited_fen") + F("suggested_fen") - F("passed_on_fen") + F("received_fen")
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-value_fen"], name="worth_most")]


class FunnelCount(models.Model):
    """The funnels of a period (whole days in China, both included) as they were counted last; ``counted_at`` is empty while it waits.

    Counts only, of nobody in particular. A period that somebody asked for is counted once; those that end today again and again.
    """

    first = models.DateField()
    last = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "last"], name="funnel_count_once")]
        indexes: ClassVar = [models.Index(fields=["counted_at"], name="funnel_count_waiting")]


class SearchCount(models.Model):
    """What came of one search in a period, counted with its funnels; ``query`` "" is all searches together (see ``searches.Counted``).

    A search stands here word by word only when enough people made it: it is about nobody in particular.
    """

    count = models.ForeignKey(FunnelCount, on_delete=models.CASCADE, related_name="searches")
    query = models.CharField(max_length=80, blank=True)
    times = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()
    loosened = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "query"], name="search_count_once")]


class FunnelStep(models.Model):
    """One step of one way of a period: people, and how often it was taken by whom that is not known (see ``steps.Counted``)."""

    count = models.ForeignKey(FunnelCount, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=8)
    people = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["count", "kind", "key"], name="funnel_step_once")]
