"""Tables of the play: a sale with its pool, and tickets."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.catalogue.models import StockPool
from renmai.kernel import clock
from renmai.ordering.models import Order


class Sale(models.Model):
    """The pieces of a launched campaign. ``fills`` counts how often its pool was changed, so that each change has its own receipt."""

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="flash_sale")
    pool = models.OneToOneField(StockPool, on_delete=models.PROTECT, related_name="+")
    fills = models.PositiveIntegerField(default=1)


class Ticket(models.Model):
    """A place: in the line by arrival (``id``), then with a piece until ``expires_at``, then with the order that uses it.

    It keeps the terms of ``version``, with which it came. ``ordinal`` says which of her pieces it is, so that the limit per person is a
    unique key.
    """

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", pgettext_lazy("ticket", "In line")
        HELD = "held", pgettext_lazy("ticket", "A piece is yours")
        ORDERED = "ordered", pgettext_lazy("ticket", "Waits for payment")
        BOUGHT = "bought", pgettext_lazy("ticket", "Bought")
        EXPIRED = "expired", pgettext_lazy("ticket", "Time ran out")
        LEFT = "left", pgettext_lazy("ticket", "Given up")
        CLOSED = "closed", pgettext_lazy("ticket", "The sale ended")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.HELD, Status.LEFT, Status.CLOSED}),
        Status.HELD: frozenset({Status.ORDERED, Status.EXPIRED, Status.LEFT}),
        Status.ORDERED: frozenset({Status.BOUGHT, Status.EXPIRED}),
        Status.BOUGHT: frozenset(),
        Status.EXPIRED: frozenset(),
        Status.LEFT: frozenset(),
        Status.CLOSED: frozenset(),
    }
    OPEN: ClassVar = ("waiting", "held")
    COUNTED: ClassVar = ("waiting", "held", "ordered", "bought")
    """What counts against the limit per person."""

    number = models.CharField(max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, db_index=False, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    user = models.ForeignKey(User, db_index=False, on_delete=models.PROTECT, related_name="flash_tickets")
    ordinal = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    order = models.OneToOneField(Order, null=True, on_delete=models.PROTECT, related_name="flash_ticket")
    counted_fen = models.BigIntegerField(default=0)
    """What its order took from the campaign's budget, and gives back if it ends unpaid: the budget itself may come and go meanwhile."""

    joined_at = models.DateTimeField(default=clock.now)
    held_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "user", "ordinal"],
                condition=Q(status__in=["waiting", "held", "ordered", "bought"]),
                name="ticket_per_piece",
            ),
            models.UniqueConstraint(
                fields=["campaign", "user"], condition=Q(status__in=["waiting", "held"]), name="ticket_open_once"
            ),
            models.CheckConstraint(
                name="ticket_has_piece",
                condition=Q(status__in=["waiting", "left", "closed"]) | Q(held_at__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="ticket_has_order",
                condition=Q(status__in=["ordered", "bought"], order__isnull=False)
                | Q(status="expired")
                | Q(status__in=["waiting", "held", "left", "closed"], order__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "id"], condition=Q(status="waiting"), name="ticket_line"),
            models.Index(fields=["expires_at"], condition=Q(status="held"), name="ticket_due"),
            models.Index(fields=["user", "-id"], name="ticket_mine"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def has_piece(self) -> bool:
        """Whether a piece can be ordered with it now."""
        return self.status == self.Status.HELD and self.expires_at is not None and clock.now() < self.expires_at
