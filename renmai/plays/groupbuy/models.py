"""Tables of group buying: a group, and the place that each order has in it or wanted to have."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, TermsVersion
from renmai.catalogue.models import Sku
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.groupbuy.terms import Terms, terms_of


class Group(models.Model):
    """People who buy together. It keeps the terms under which it was opened, and its members its end (``expires_at``).

    ``joined`` of ``size`` places are taken, and paid for; ``arrivals`` counts whoever ever came, so that each has a number of her own.
    """

    class Status(models.TextChoices):
        """The life of a group."""

        OPEN = "open", pgettext_lazy("group buy", "Still open")
        DONE = "done", pgettext_lazy("group buy", "Complete")
        FAILED = "failed", pgettext_lazy("group buy", "Not complete")

    class Reason(models.TextChoices):
        """Why it is over."""

        FULL = "full", pgettext_lazy("group buy", "All places were taken.")
        THRESHOLD = "threshold", pgettext_lazy("group buy", "Time was up, and enough people had come.")
        EXPIRED = "expired", pgettext_lazy("group buy", "Time was up.")
        LEFT = "left", pgettext_lazy("group buy", "Everybody left.")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.OPEN: frozenset({Status.DONE, Status.FAILED}),
        Status.DONE: frozenset(),
        Status.FAILED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="groups")
    terms = models.ForeignKey(TermsVersion, db_index=False, on_delete=models.PROTECT, related_name="+")
    sku = models.ForeignKey(Sku, db_index=False, on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    joined = models.PositiveIntegerField()
    arrivals = models.PositiveIntegerField()
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    reason = models.CharField(max_length=9, choices=Reason, default="", blank=True)
    price_fen = models.BigIntegerField(null=True)
    """What a piece costs its members in the end: the tier that was reached. NULL unless it is complete."""

    opened_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="group_not_overfull", condition=Q(joined__lte=F("size"), arrivals__gte=F("joined"))),
            models.CheckConstraint(name="group_lasts", condition=Q(expires_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="group_price", condition=Q(status="done", price_fen__gte=1) | (~Q(status="done") & Q(price_fen__isnull=True))
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], condition=Q(status="open"), name="group_open"),
            models.Index(fields=["campaign", "status"], name="group_of_campaign"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def offer(self) -> Terms:
        """The terms it was opened under."""
        return terms_of(self.terms.terms)

    @property
    def is_going_on(self) -> bool:
        """Whether somebody can still join or leave."""
        return self.status == self.Status.OPEN and clock.now() < self.expires_at

    @property
    def places_left(self) -> int:
        """How many more it takes."""
        return self.size - self.joined


class Seat(models.Model):
    """What an order is to a group. ``group`` is NULL until the order that opens one is paid.

    ``turn`` counts a person's orders within a campaign up to its limit; one that came to nothing gives its turn back.
    """

    class Status(models.TextChoices):
        """How far it is. Taken: paid, and the group not over. Missed: paid too late, and the money has yet to go back."""

        WAITING = "waiting", pgettext_lazy("group buy", "Waits for payment")
        TAKEN = "taken", pgettext_lazy("group buy", "In the group")
        MISSED = "missed", pgettext_lazy("group buy", "Came too late")
        KEPT = "kept", pgettext_lazy("group buy", "Bought together")
        LEFT = "left", pgettext_lazy("group buy", "Left the group")
        RETURNED = "returned", pgettext_lazy("group buy", "Money given back")
        CANCELLED = "cancelled", pgettext_lazy("group buy", "Not paid")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.TAKEN, Status.MISSED, Status.CANCELLED}),
        Status.TAKEN: frozenset({Status.KEPT, Status.RETURNED, Status.LEFT}),
        Status.MISSED: frozenset({Status.RETURNED}),
        Status.KEPT: frozenset(),
        Status.LEFT: frozenset(),
        Status.RETURNED: frozenset(),
        Status.CANCELLED: frozenset(),
    }
    IN_GROUP: ClassVar[tuple[str, ...]] = (Status.TAKEN, Status.KEPT)
    UNFINISHED: ClassVar[tuple[str, ...]] = (Status.TAKEN, Status.MISSED)

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="seat")
    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="seats")
    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, db_index=False, on_delete=models.PROTECT, related_name="seats")
    opens = models.BooleanField()
    """The order paid the price of whoever opens a group."""

    late = models.CharField(max_length=6)
    """What is done when it is paid too late: ``refund``, or ``new`` for a group of her own."""

    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    place = models.PositiveIntegerField(null=True)
    turn = models.PositiveIntegerField(null=True)
    ordered_at = models.DateTimeField(default=clock.now)
    at = models.DateTimeField(default=clock.now)
    """When it came into its state."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "place"], name="seat_place_once"),
            models.UniqueConstraint(fields=["group", "user"], condition=Q(status__in=["taken", "kept"]), name="seat_person_once"),
            models.UniqueConstraint(fields=["campaign", "user", "turn"], name="seat_turn_once"),
            models.CheckConstraint(
                name="seat_in_group", condition=~Q(status__in=["taken", "kept"]) | Q(group__isnull=False, place__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-ordered_at"], name="seat_of_person"),
            models.Index(fields=["at"], condition=Q(status__in=["taken", "missed"]), name="seat_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.status}"
