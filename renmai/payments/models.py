"""Payments, refunds, payouts and the notifications that providers send about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.kernel import clock


class Payment(models.Model):
    """One attempt to collect money for one reference (an order's number)."""

    class Status(models.TextChoices):
        """Where the money is."""

        PENDING = "pending", _("Waiting for payment")
        CAPTURED = "captured", _("Paid")
        FAILED = "failed", _("Refused")
        CLOSED = "closed", _("Closed")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.PENDING: frozenset({Status.CAPTURED, Status.FAILED, Status.CLOSED}),
        Status.FAILED: frozenset({Status.CAPTURED}),
        Status.CLOSED: frozenset({Status.CAPTURED}),
        Status.CAPTURED: frozenset(),
    }
    """A provider may take money after we gave up on it: FAILED and CLOSED still become CAPTURED, and are then refunded."""

    number = models.CharField(max_length=40, unique=True)
    reference = models.CharField(max_length=40)
    provider = models.CharField(max_length=20)
    part = models.CharField(max_length=7, default="", blank=True)
    """Which part of the price: ``deposit`` or ``balance``; empty: all of it."""

    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    provider_trade = models.CharField(max_length=64, null=True)
    refunded_fen = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    captured_at = models.DateTimeField(null=True)
    next_query_at = models.DateTimeField(null=True)
    queries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="payment_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="payment_refunded", condition=Q(refunded_fen__gte=0, refunded_fen__lte=F("amount_fen"))),
            models.UniqueConstraint(fields=["provider", "provider_trade"], name="payment_trade_once"),
            models.UniqueConstraint(fields=["reference", "provider"], condition=Q(status="pending"), name="payment_pending_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_query_at"], condition=Q(next_query_at__isnull=False), name="payment_to_query"),
            models.Index(fields=["reference"], name="payment_reference"),
        ]


class Refund(models.Model):
    """Money going back for one payment. ``refunded_fen`` of the payment already counts it when the row exists, unless it failed."""

    class Status(models.TextChoices):
        """How far it got."""

        CREATED = "created", _("Being prepared")
        SUBMITTED = "submitted", _("With the bank")
        SUCCEEDED = "succeeded", _("Refunded")
        FAILED = "failed", _("Failed")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.CREATED: frozenset({Status.SUBMITTED, Status.SUCCEEDED, Status.FAILED}),
        Status.SUBMITTED: frozenset({Status.SUCCEEDED, Status.FAILED}),
        Status.FAILED: frozenset({Status.SUBMITTED, Status.SUCCEEDED}),
        Status.SUCCEEDED: frozenset(),
    }
    """A failed refund may be tried again by a person, and a provider may still report that it went through."""

    number = models.CharField(max_length=40, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_fen = models.BigIntegerField()
    reason = models.CharField(max_length=40)
    cause = models.CharField(max_length=60, unique=True)
    after_settlement = models.BooleanField()
    status = models.CharField(max_length=9, choices=Status, default=Status.CREATED)
    provider_refund = models.CharField(max_length=64, null=True, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="refund_amount", condition=Q(amount_fen__gt=0))]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], condition=Q(status__in=["created", "submitted"]), name="refund_to_submit"),
        ]


class Payout(models.Model):
    """Money going out to a person for one reference (a withdrawal's number)."""

    class Status(models.TextChoices):
        """How far it got."""

        CREATED = "created", _("Being prepared")
        SUBMITTED = "submitted", _("With the bank")
        SUCCEEDED = "succeeded", _("Paid out")
        FAILED = "failed", _("Failed")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.CREATED: frozenset({Status.SUBMITTED, Status.SUCCEEDED, Status.FAILED}),
        Status.SUBMITTED: frozenset({Status.SUCCEEDED, Status.FAILED}),
        Status.FAILED: frozenset(),
        Status.SUCCEEDED: frozenset(),
    }

    number = models.CharField(max_length=40, unique=True)
    reference = models.CharField(max_length=40, unique=True)
    provider = models.CharField(max_length=20)
    payee = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    status = models.CharField(max_length=9, choices=Status, default=Status.CREATED)
    provider_bill = models.CharField(max_length=64, null=True, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="payout_amount", condition=Q(amount_fen__gt=0))]


class Notification(models.Model):
    """One signed notification as it came. The nonce is unique: a replay is refused."""

    provider = models.CharField(max_length=20)
    nonce = models.CharField(max_length=64)
    subject = models.CharField(max_length=60)
    outcome = models.CharField(max_length=40)
    body = models.TextField()
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["provider", "nonce"], name="notification_once")]


class SandboxTrade(models.Model):
    """The sandbox provider's own book of payments: what its bill is made of. Our side never reads it except through the provider."""

    number = models.CharField(max_length=40, unique=True)
    trade = models.CharField(max_length=64, unique=True)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    return_url = models.CharField(max_length=300)
    status = models.CharField(max_length=10, default="open")
    behaviour = models.CharField(max_length=20, default="")
    created_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True)


class SandboxBill(models.Model):
    """The sandbox provider's own book of refunds and payouts."""

    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=40)
    bill = models.CharField(max_length=64, unique=True)
    trade = models.CharField(max_length=64, default="", blank=True)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "number"], name="sandbox_bill_once")]


class SandboxNotice(models.Model):
    """A notification that the sandbox provider owes us, with its due time: delayed, doubled or never, as the cashier was told."""

    subject = models.CharField(max_length=60)
    body = models.TextField()
    due_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(delivered_at__isnull=True), name="sandbox_notice_due"),
        ]


class TillEntry(models.Model):
    """The counter's own book: money that a clerk took or gave back by hand. Append-only."""

    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    clerk = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="till_entry_once"),
            models.CheckConstraint(name="till_amount", condition=Q(amount_fen__gt=0)),
        ]
