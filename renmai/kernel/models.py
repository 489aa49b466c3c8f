"""Tables of the kernel: outbox, receipts, idempotency, heartbeats, alerts."""

from typing import ClassVar

from django.db import models

from renmai.kernel import clock


class OutboxEvent(models.Model):
    """A fact written in the transaction that made it true, delivered to its reactions at least once."""

    class Status(models.TextChoices):
        """Where delivery stands."""

        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.PENDING: frozenset({Status.DONE, Status.DEAD}),
        Status.DONE: frozenset(),
        Status.DEAD: frozenset({Status.PENDING}),
    }

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    status = models.CharField(max_length=8, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    created_at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=models.Q(status="pending"), name="outbox_due"),
        ]


class Receipt(models.Model):
    """One reaction has handled one event: written in the reaction's own transaction, so it happens exactly once."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.PROTECT, related_name="receipts")
    reaction = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "reaction"], name="receipt_once")]


class IdempotencyKey(models.Model):
    """A key sent with a request that moves money, and the answer it got: the same key answers the same again."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    result = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_once")]


class Heartbeat(models.Model):
    """The last sign of life of a background process, by name."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(default=clock.now)


class Alert(models.Model):
    """Something a person must look at: a dead event, a shortage, a disagreement with a provider."""

    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    detail = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "subject"], condition=models.Q(resolved_at__isnull=True), name="alert_open_once"
            ),
        ]
