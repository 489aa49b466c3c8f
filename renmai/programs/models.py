"""Tokens of programs, and webhooks to them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renmai.accounts.models import User
from renmai.kernel import clock, ids


class ApiToken(models.Model):
    """A program's key to one person's rights. Only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class WebhookEndpoint(models.Model):
    """An address that wants to hear of some events."""

    url = models.URLField(max_length=300)
    secret = models.CharField(max_length=64)
    events = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT)
    created_at = models.DateTimeField(default=clock.now)


class WebhookDelivery(models.Model):
    """One event for one address, tried until it is accepted or given up."""

    class Status(models.TextChoices):
        """Where it stands."""

        PENDING = "pending", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        DEAD = "dead", _("Given up")

    TRANSITIONS: ClassVar[dict[str, frozenset[str]]] = {
        Status.PENDING: frozenset({Status.DELIVERED, Status.DEAD}),
        Status.DELIVERED: frozenset(),
        Status.DEAD: frozenset({Status.PENDING}),
    }

    id = models.UUIDField(primary_key=True, default=ids.new_uuid)
    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.PROTECT, related_name="deliveries")
    event_name = models.CharField(max_length=80)
    payload = models.JSONField()
    status = models.CharField(max_length=9, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    last_status_code = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=300, default="", blank=True)
    created_at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(status="pending"), name="webhook_due")]
