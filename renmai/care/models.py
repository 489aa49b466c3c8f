"""Messages in the shop: about a person's own orders, refunds, bindings and income."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from renmai.accounts.models import User
from renmai.kernel import clock


class Message(models.Model):
    """One message. ``kind`` names its text in ``care.texts``; the text is made when read, in the reader's language."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    link = models.CharField(max_length=120, default="", blank=True)
    cause = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-at"], name="message_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="message_unread"),
        ]
