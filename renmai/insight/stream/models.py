"""Tables of the stream: hot events, who a browser turned out to be, what was set aside, how far each reader is, which days are files.

Events carry plain numbers, no foreign keys: they move to files after some days, and no rule of the shop rests on them.
"""

from typing import ClassVar

from django.db import models

from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.records import Source
from renmai.kernel import clock


class Tail(models.Model):
    """The last position that was given out: one row, whose lock makes positions visible in their order.

    Numbers of a database's own sequence become visible in the order of commits, so a reader who remembers the highest one would miss what is
    committed later with a lower one.
    """

    last = models.BigIntegerField(default=0)


class EventRow(models.Model):
    """One event of the hot days. Never changed; who a guest was is looked up in ``Merge`` when it is read."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=7, choices=[(source.value, source.value) for source in Source])
    visitor_id = models.UUIDField(null=True)
    user_id = models.BigIntegerField(null=True)
    session_id = models.UUIDField(null=True)
    product_id = models.BigIntegerField(null=True)
    share_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    properties = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["user_id", "-at"], condition=models.Q(user_id__isnull=False), name="event_user"),
            models.Index(fields=["visitor_id", "-at"], condition=models.Q(visitor_id__isnull=False), name="event_visitor"),
            models.Index(fields=["product_id", "-at"], condition=models.Q(product_id__isnull=False), name="event_product"),
        ]


class Merge(models.Model):
    """A guest's browser turned out to be a member's: what it did is hers, until the two are separated again."""

    visitor_id = models.UUIDField()
    user_id = models.BigIntegerField()
    merged_at = models.DateTimeField(default=clock.now)
    separated_at = models.DateTimeField(null=True)
    separated_because = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visitor_id"], condition=models.Q(separated_at__isnull=True), name="merge_open_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["user_id"], name="merge_user")]


class Aside(models.Model):
    """How many events of a day were set aside, by reason and name; names we do not know count together as ""."""

    day = models.DateField()
    reason = models.CharField(max_length=16, choices=[(reason.value, reason.value) for reason in Reason])
    name = models.CharField(max_length=30, default="", blank=True)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "reason", "name"], name="aside_once")]


class Example(models.Model):
    """A sample of what was set aside: what was wrong, and nothing of whom or what it was about."""

    day = models.DateField()
    reason = models.CharField(max_length=16)
    name = models.CharField(max_length=30, default="", blank=True)
    detail = models.CharField(max_length=120, default="", blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "reason"], name="example_day")]


class Cursor(models.Model):
    """How far one reader has read: it changes in the transaction of what the reader does."""

    name = models.CharField(max_length=40, primary_key=True)
    position = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    moved_at = models.DateTimeField(default=clock.now)


class Gleaning(models.Model):
    """How far one table of facts has been turned into events.

    ``gaps`` are ids that were passed over because nothing was there yet: a transaction that began earlier may still write them.
    """

    name = models.CharField(max_length=40, primary_key=True)
    last_id = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=dict)


class Forgetting(models.Model):
    """Somebody who is to be forgotten and may still be in files, until the last of them was looked through; then the row goes too."""

    user_id = models.BigIntegerField(null=True)
    visitor_ids = models.JSONField(default=list)
    is_all = models.BooleanField(default=True)
    """False: only what is kept by her consent; what belongs to orders stays."""

    asked_at = models.DateTimeField(default=clock.now)
    done_until = models.DateField(null=True)
    """The last day that was looked through."""


class Day(models.Model):
    """A day of events that is a Parquet file now. The row is the truth: a file that no row names does not exist."""

    day = models.DateField(primary_key=True)
    file = models.CharField(max_length=60, unique=True)
    events = models.BigIntegerField()
    bytes = models.BigIntegerField()
    written_at = models.DateTimeField(default=clock.now)
