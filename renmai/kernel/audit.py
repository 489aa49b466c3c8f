"""What must be true of the machinery: every fact that was written has had its effect, or will have it soon."""

from collections.abc import Iterator
from datetime import timedelta

from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.kernel.models import OutboxEvent

SHOWN = 1000
ERROR_LENGTH = 200

OVERDUE = timedelta(hours=12)
"""How long an event may wait for a worker; a commission, a refund or a binding may hang on it."""


def violations() -> Iterator[Violation]:
    """Yield events that were given up, and events that no worker has taken for half a day."""
    dead = OutboxEvent.objects.filter(status=OutboxEvent.Status.DEAD).order_by("pk")
    for row in dead[:SHOWN]:
        yield Violation("9", f"event {row.pk}", f"{row.name} was given up: {row.last_error[:ERROR_LENGTH]}")
    late = OutboxEvent.objects.filter(status=OutboxEvent.Status.PENDING, due_at__lt=clock.now() - OVERDUE).order_by("pk")
    for row in late[:SHOWN]:
        yield Violation("9", f"event {row.pk}", f"{row.name} is due since {row.due_at:%Y-%m-%d %H:%M}Z")
