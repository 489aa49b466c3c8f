"""Traces: what people were seen with, as keyed digests; and how far the gathering of them got."""

from typing import ClassVar

from django.db import models

from renmai.accounts.models import User
from renmai.fraud.cases import Kind
from renmai.kernel import clock


class Trace(models.Model):
    """Somebody was seen with something: a browser, a network, a phone, a payout account, an address. Never the thing itself.

    Derived from rows of the rooms below, so that it can be thrown away and gathered anew; forgotten when it was not seen for long.
    """

    user = models.ForeignKey(User, db_index=False, on_delete=models.CASCADE, related_name="traces")
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    digest = models.CharField(max_length=32)
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind", "digest"], name="trace_once")]
        indexes: ClassVar = [
            models.Index(fields=["digest", "user"], name="trace_holders"),
            models.Index(fields=["seen_at"], name="trace_seen"),
        ]


class Bookmark(models.Model):
    """How far a source of traces has been read, by its primary key. ``source`` names the key of the digests too."""

    source = models.CharField(max_length=40, unique=True)
    position = models.BigIntegerField(default=0)
