"""What goes out through channels and can be looked at."""

from typing import ClassVar

from django.db import models

from renmai.kernel import clock


class OutgoingText(models.Model):
    """A text message to a phone. In development and the demo nothing is sent: the inbox page shows these rows."""

    phone = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    body = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-created_at"], name="outgoing_text_newest")]
