"""What must always be true: an order that the play gave something to has its use, and no cancelled one has."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef

from renmai.campaigns.models import Participation
from renmai.kernel.audits import Violation
from renmai.ordering.models import Order
from renmai_play_bundle.models import Use

SHOWN: Final = 1000


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the play."""
    alive = Participation.objects.filter(play="bundle").exclude(order__status=Order.Status.CANCELLED)
    used = Use.objects.filter(order=OuterRef("order"), campaign=OuterRef("campaign"), buyer=OuterRef("order__buyer"))
    for part in alive.filter(~Exists(used)).order_by("pk")[:SHOWN]:
        yield Violation("campaigns.bundle", f"participation {part.pk}", "does not count against its buyer's limit")
    for use in Use.objects.filter(order__status=Order.Status.CANCELLED).order_by("pk")[:SHOWN]:
        yield Violation("campaigns.bundle", f"use {use.pk}", "counts, and its order was cancelled")
