"""What must hold of alerts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import F

from renmai.alerts.models import BrowseAlert
from renmai.kernel import clock
from renmai.kernel.audits import Violation

SHOWN: Final = 1000
LATE: Final = timedelta(hours=1)
Status = BrowseAlert.Status


def violations() -> Iterator[Violation]:
    """Yield alerts that wait beyond their time, that tell somebody of herself, or whose link is not the agent's to that product."""
    rows = BrowseAlert.objects.all()
    wrong = {
        "waits past its time": rows.filter(status=Status.OPEN, due_at__lt=clock.now() - LATE),
        "tells an agent of herself": rows.filter(customer=F("agent")),
        "was answered before it was told": rows.filter(answered_at__lt=F("told_at")),
        "leads to somebody else's link": rows.filter(share__isnull=False).exclude(
            share__sharer=F("agent"), share__product=F("product")
        ),
        "is followed by an order from before it": rows.filter(ordered_at__lt=F("told_at")),
    }
    for sentence, found in wrong.items():
        for number in found.values_list("pk", flat=True)[:SHOWN]:
            yield Violation("browse_alert", str(number), sentence)
