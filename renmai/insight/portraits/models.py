"""Tables of portraits: facts of a person, her interests, what she corrected, who waits for a refresh, and segments."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.ordering.models import Order


class Portrait(models.Model):
    """The facts of one person, counted from rows of orders, shares, visits and bindings; see ``portraits.facts`` for each column.

    Nothing here needs an agreement of its own: it is what the contract with her and with agents leaves behind.
    """

    class Stage(models.TextChoices):
        """How far somebody has come: consumer 消费者 → beneficiary 受益者 → sharer 分享者 → operator 经营者."""

        NEWCOMER = "newcomer", _("Newcomer")
        CONSUMER = "consumer", _("Consumer")
        BENEFICIARY = "beneficiary", _("Beneficiary")
        SHARER = "sharer", pgettext_lazy("stage", "Sharer")
        OPERATOR = "operator", pgettext_lazy("stage", "Operator")

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="portrait")
    stage = models.CharField(max_length=11, choices=Stage, default=Stage.NEWCOMER)
    orders = models.PositiveIntegerField(default=0)
    spent_fen = models.BigIntegerField(default=0)
    first_order_at = models.DateTimeField(null=True)
    last_order_at = models.DateTimeField(null=True)
    funnel = models.CharField(max_length=8, choices=Order.Funnel, default="", blank=True)
    agent_id = models.BigIntegerField(null=True)
    """The user whose shop she is bound to now."""

    brought_by_id = models.BigIntegerField(null=True)
    """The user whose link she opened first."""

    brought = models.PositiveIntegerField(default=0)
    """How many people opened one of her links before anybody else's."""

    refreshed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["stage"], name="portrait_stage"),
            models.Index(fields=["last_order_at"], name="portrait_last_order"),
            models.Index(fields=["spent_fen"], name="portrait_spent"),
            models.Index(fields=["refreshed_at"], name="portrait_refreshed"),
            models.Index(fields=["agent_id"], condition=models.Q(agent_id__isnull=False), name="portrait_agent"),
        ]


class Interest(models.Model):
    """How much somebody is interested in one value of one facet, by source; the value "" is the sum over the facet.

    ``score`` is explained in ``portraits.fading``; ``count`` says how many happenings it is made of, between ``first_at`` and ``last_at``.
    """

    # Without the database's own check, which asks for the person once for each of millions of rows: what writes them has just read her,
    # nobody's row is ever deleted, and all of it can be counted anew.
    user = models.ForeignKey(User, db_index=False, db_constraint=False, on_delete=models.CASCADE, related_name="interests")
    source = models.CharField(max_length=8)
    facet = models.CharField(max_length=8)
    value = models.CharField(max_length=60, blank=True)
    score = models.FloatField()
    count = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "source", "facet", "value"], name="interest_once"),
        ]
        # Whoever asks who is interested in a value reads this index alone. People come in the order of their ids when all is written
        # anew, so that writing goes on where it was: with the score before the person it took four times as long.
        indexes: ClassVar = [models.Index(fields=["facet", "value", "source", "user", "score"], name="interest_of_value")]


class Correction(models.Model):
    """“That is not me”: a value that she took out of her portrait. It stays out until she takes that back."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="corrections")
    facet = models.CharField(max_length=8)
    value = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "facet", "value"], name="correction_once"),
        ]


class Withheld(models.Model):
    """A part of her portrait that a customer does not show to her agent."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="withheld")
    part = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "part"], name="withheld_once")]


class Stale(models.Model):
    """Somebody whose portrait is to be counted again; ``browsing``: from her events too, not from orders and ties alone."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    browsing = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now, db_index=True)


class Segment(models.Model):
    """People who fulfil conditions, by a name that other rooms use. Who belongs to it is asked anew each time."""

    class Match(models.TextChoices):
        """How conditions are put together."""

        ALL = "all", _("All of these")
        ANY = "any", _("At least one of these")

    name = models.CharField(max_length=40, unique=True)
    match = models.CharField(max_length=3, choices=Match, default=Match.ALL)
    conditions = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
