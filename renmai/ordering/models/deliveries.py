"""What follows an order: parcels, claims with their pictures, reviews."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.catalogue.models import Supplier
from renmai.kernel import clock
from renmai.ordering.models.orders import Order, OrderLine


class Shipment(models.Model):
    """One parcel of one supplier; an exchange's replacement parcel names its after-sale."""

    class Status(models.TextChoices):
        """Where the parcel is."""

        WAITING = "waiting", _("Waiting for shipment")
        SHIPPED = "shipped", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.WAITING: frozenset({Status.SHIPPED, Status.CANCELLED}),
        Status.SHIPPED: frozenset({Status.DELIVERED}),
        Status.DELIVERED: frozenset(),
        Status.CANCELLED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shipments")
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    after_sale = models.OneToOneField("AfterSale", null=True, on_delete=models.PROTECT, related_name="replacement")
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    carrier = models.CharField(max_length=40, default="", blank=True)
    tracking_number = models.CharField(max_length=60, default="", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    ship_before = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ship_before"], condition=Q(status="waiting"), name="shipment_waiting")]


class ShipmentLine(models.Model):
    """How many pieces of a line are in a parcel."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="shipment_lines")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shipment", "order_line"], name="shipment_line_once"),
        ]


class AfterSale(models.Model):
    """A customer's claim on some pieces of one line."""

    class Kind(models.TextChoices):
        """What is asked."""

        REFUND_ONLY = "refund", _("Refund only")
        RETURN = "return", _("Return and refund")
        EXCHANGE = "exchange", _("Exchange")

    class Status(models.TextChoices):
        """The life of a claim."""

        REQUESTED = "requested", _("Waiting for review")
        AWAITING_RETURN = "awaiting", _("Please send the goods back")
        RETURNING = "returning", _("Goods on their way back")
        REFUNDING = "refunding", _("Refund on its way")
        RESHIPPING = "reshipping", _("Replacement on its way")
        DONE = "done", _("Done")
        REJECTED = "rejected", _("Not accepted")
        CANCELLED = "cancelled", _("Withdrawn")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.REQUESTED: frozenset({Status.AWAITING_RETURN, Status.REFUNDING, Status.REJECTED, Status.CANCELLED}),
        Status.AWAITING_RETURN: frozenset({Status.RETURNING, Status.CANCELLED}),
        Status.RETURNING: frozenset({Status.REFUNDING, Status.RESHIPPING, Status.REJECTED}),
        Status.REFUNDING: frozenset({Status.DONE}),
        Status.RESHIPPING: frozenset({Status.DONE}),
        Status.DONE: frozenset(),
        Status.REJECTED: frozenset(),
        Status.CANCELLED: frozenset(),
    }
    OPEN: ClassVar[frozenset[str]] = frozenset(
        {Status.REQUESTED, Status.AWAITING_RETURN, Status.RETURNING, Status.REFUNDING, Status.RESHIPPING}
    )

    number = models.CharField(max_length=40, unique=True)
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="after_sales")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="after_sales")
    kind = models.CharField(max_length=8, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.REQUESTED)
    quantity = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    is_quality_issue = models.BooleanField(default=False)
    is_before_shipment = models.BooleanField(default=False)
    """The pieces never left: they were taken out of the waiting parcel, and their freight went back too."""

    note = models.CharField(max_length=500, default="", blank=True)
    answer = models.CharField(max_length=500, default="", blank=True)
    return_carrier = models.CharField(max_length=40, default="", blank=True)
    return_tracking = models.CharField(max_length=60, default="", blank=True)
    idempotency_key = models.CharField(max_length=64)
    requested_at = models.DateTimeField(default=clock.now)
    deadline_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order_line", "idempotency_key"], name="after_sale_once"),
            models.CheckConstraint(name="after_sale_sane", condition=Q(quantity__gte=1, amount_fen__gte=0)),
        ]
        indexes: ClassVar = [models.Index(fields=["status", "deadline_at"], name="after_sale_deadline")]


class AfterSaleStep(models.Model):
    """One step of a claim's timeline. Append-only."""

    after_sale = models.ForeignKey(AfterSale, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30)
    detail = models.CharField(max_length=500, default="", blank=True)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField(default=clock.now)


class EvidencePicture(models.Model):
    """A picture that supports a claim or a review, re-encoded by us."""

    after_sale = models.ForeignKey(AfterSale, null=True, on_delete=models.PROTECT, related_name="pictures")
    review = models.ForeignKey("Review", null=True, on_delete=models.PROTECT, related_name="pictures")
    path = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class Review(models.Model):
    """What a customer says of a line she received. Never deleted by the platform."""

    order_line = models.OneToOneField(OrderLine, on_delete=models.PROTECT, related_name="review")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    product_id_reviewed = models.BigIntegerField()
    rating = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="review_rating", condition=Q(rating__gte=1, rating__lte=5))]
        indexes: ClassVar = [models.Index(fields=["product_id_reviewed", "-at"], name="review_product")]
