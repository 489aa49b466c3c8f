"""Tables of matching: what agents require, what people said of single goods, what was demoted, the lists made ahead, comparisons."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.kernel import clock


class Requirements(models.Model):
    """An agent's selection requirements 选品要求, as ``wishes.Wishes`` reads them. Without a row she asks for nothing."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="selection_requirements")
    categories = models.JSONField(default=list)
    brands = models.JSONField(default=list)
    suppliers = models.JSONField(default=list)
    ship_from = models.JSONField(default=list)
    minimum_fen = models.BigIntegerField(null=True)
    maximum_fen = models.BigIntegerField(null=True)
    commission_points = models.PositiveIntegerField(default=0)
    return_points = models.PositiveIntegerField(null=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="requirements_band",
                condition=Q(minimum_fen__isnull=True) | Q(maximum_fen__isnull=True) | Q(maximum_fen__gte=models.F("minimum_fen")),
            ),
        ]


class Verdict(models.Model):
    """What one person said of one product: an agent takes it or does not want it, a customer does not want to see it."""

    class Side(models.TextChoices):
        """In which capacity it was said: the same person may sell and buy."""

        AGENT = "agent"
        CUSTOMER = "customer"

    class Answer(models.TextChoices):
        """What was said."""

        ACCEPTED = "accepted", _("Taken into the shop")
        REJECTED = "rejected", _("Not for me")

    class Reason(models.TextChoices):
        """Why it was rejected, in her words or none."""

        NONE = "", _("No reason given")
        NOT_MY_STYLE = "style", _("Not my style")
        NOT_MY_CUSTOMERS = "customers", _("Nothing for my customers")
        PRICE = "price", _("The price does not suit")
        KNOWN_BAD = "bad", _("I know it is not good")
        HAVE_LIKE_IT = "have", _("I have something like it")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="verdicts")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side)
    answer = models.CharField(max_length=8, choices=Answer)
    reason = models.CharField(max_length=9, choices=Reason, default=Reason.NONE, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "side", "product"], name="verdict_once")]


class Demotion(models.Model):
    """A product that is recommended to nobody because too many of its orders went wrong, or too many had no use for it.

    The evidence is of that moment; ``judged`` and ``bad`` are orders. Lifting it remembers what had been counted until then (the counts
    as they were when it was lifted): only later orders and words can demote the product again.
    """

    class Status(models.TextChoices):
        """Whether it holds."""

        ACTIVE = "active", _("Recommended to nobody")
        LIFTED = "lifted", _("Lifted")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.ACTIVE: frozenset({Status.LIFTED}),
        Status.LIFTED: frozenset(),
    }

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="demotions")
    status = models.CharField(max_length=6, choices=Status, default=Status.ACTIVE)
    judged = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    tolerated_points = models.PositiveIntegerField()
    heard = models.PositiveIntegerField(default=0)
    unwelcome = models.PositiveIntegerField(default=0)
    """People who said of a share of it whether it was of use, and those to whom it was not."""

    times = models.PositiveIntegerField()
    """How many times likelier its orders are if it is too bad than if it is just bearable, rounded down."""

    at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["product"], condition=Q(status="active"), name="demotion_one_active"),
            models.CheckConstraint(name="demotion_counts", condition=Q(bad__lte=models.F("judged"))),
            models.CheckConstraint(name="demotion_words", condition=Q(unwelcome__lte=models.F("heard"))),
        ]


class Selection(models.Model):
    """A list of goods, or of posts, made ahead for somebody, so that reading it costs one statement.

    ``entries`` are ``selections.Entry`` in order. ``due_at`` says from when on it is to be made anew; what happens meanwhile (a
    rejection, a demotion) is taken out of it at once.
    """

    class Audience(models.TextChoices):
        """Whom a list is for, and so what ``subject_id`` is: an agent's user, a member, a product, a segment; 0 for what is everybody's."""

        AGENT = "agent", _("Agents")
        SHARE = "share", _("What agents may share today")
        GROUP = "group", _("Groups of an agent's customers")
        MEMBER = "member", _("Members")
        EVERYBODY = "everybody", _("Everybody's list")
        PRODUCT = "product", _("Goes with a product")
        SAFE = "safe", _("Safe picks")
        CUSTOMER = "customer", _("Single customers of an agent")
        LIBRARY = "library", _("Library: posts for an agent's customers")
        MOMENT = "moment", _("Library: posts for a part of the day")
        TELL = "tell", _("Library: posts for single customers")
        SEGMENT = "segment", _("Segments")

    audience = models.CharField(max_length=9, choices=Audience)
    subject_id = models.BigIntegerField(default=0)
    part = models.BigIntegerField(default=0)
    """Of an agent's customers those who buy most in this category; the part of the day (1 … 7) or the one customer, where a list is for one;
    0 for all other lists."""

    strategy = models.CharField(max_length=12)
    entries = models.JSONField(default=list)
    experiment_id = models.BigIntegerField(default=0)
    """The experiment whose dice chose the strategy; 0 for a list that no experiment had a hand in."""

    people = models.PositiveIntegerField(default=0)
    """How many customers' acts it was made from."""

    made_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["audience", "subject_id", "part"], name="selection_once")]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="selection_due")]


class Showing(models.Model):
    """How often goods that one strategy chose were shown on one surface on a day of China's time, and opened. Of nobody in particular."""

    day = models.DateField()
    surface = models.CharField(max_length=10)
    model = models.CharField(max_length=12)
    shown = models.PositiveBigIntegerField(default=0)
    chosen = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "surface", "model"], name="showing_once")]


class Comparison(models.Model):
    """How well each strategy would have foreseen the shop's own last orders: one row for each time it was measured."""

    made_at = models.DateTimeField(default=clock.now)
    held_out_days = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    results = models.JSONField(default=list)
    """One ``comparing.Result`` for each strategy."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-made_at"], name="comparison_newest")]
