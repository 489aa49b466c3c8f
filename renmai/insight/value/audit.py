"""What must be true of what customers are worth."""

from collections.abc import Iterator

from django.db.models import Sum

from renmai.insight.value.models import FittedModel, Worth
from renmai.kernel.audits import Violation

INVARIANT = "value.shared_once"


def violations() -> Iterator[Violation]:
    """Yield one violation each when word of mouth or suggestions made more or less of what all customers are worth together."""
    model = FittedModel.objects.filter(status=FittedModel.Status.COMPLETE).order_by("-fitted_at").first()
    if model is None:
        return
    sums = Worth.objects.aggregate(
        passed=Sum("passed_on_fen"), received=Sum("received_fen"), credited=Sum("credited_fen"), suggested=Sum("suggested_fen")
    )
    pairs = (("word of mouth", sums["passed"], sums["received"]), ("suggestions", sums["credited"], sums["suggested"]))
    # While customers are being worked out anew their shares are taken back a batch at a time.
    newer = FittedModel.objects.filter(status=FittedModel.Status.LEARNED, fitted_at__gt=model.fitted_at)
    for subject, passed, received in pairs:
        if (passed or 0) != (received or 0) and not newer.exists():
            yield Violation(INVARIANT, subject, f"{passed or 0} fen were passed on and {received or 0} received")
