"""What must be true of experiments: nobody in two of a layer, everybody what the dice said, nothing agreed upon afterwards."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from django.db.models import F, Q

from renmai.insight.experiments.dealing import dealt, user_key, visitor_key
from renmai.insight.experiments.models import Experiment, Exposure
from renmai.insight.experiments.running import deal_of
from renmai.kernel.audits import Violation

SHOWN: Final = 1000
LOOKED_AT: Final = 20_000
"""Exposures of one experiment thrown again, the newest."""


def violations() -> Iterator[Violation]:
    """Yield every broken rule of this room."""
    yield from _layers()
    yield from _times()
    for row in Experiment.objects.exclude(status=Experiment.Status.DRAFT).order_by("pk").iterator():
        yield from _deals(row)


def _layers() -> Iterator[Violation]:
    by_layer: defaultdict[str, list[Experiment]] = defaultdict(list)
    for row in Experiment.objects.filter(status=Experiment.Status.RUNNING).order_by("layer", "layer_from", "pk"):
        by_layer[row.layer].append(row)
    for layer, rows in by_layer.items():
        for one, next_one in pairwise(rows):
            if (one.layer_from or 0) + one.layer_basis_points > (next_one.layer_from or 0):
                yield Violation("experiments", f"layer {layer}", f"{one.number} and {next_one.number} have the same people")


def _times() -> Iterator[Violation]:
    outside = Q(at__lt=F("experiment__started_at")) | Q(experiment__started_at__isnull=True)
    for row in Exposure.objects.filter(outside).select_related("experiment").order_by("pk")[:SHOWN]:
        yield Violation("experiments", f"exposure {row.pk}", f"before {row.experiment.number} began")


def _deals(row: Experiment) -> Iterator[Violation]:
    """Whoever was dealt out has what the dice say of the member or of the browser she was then."""
    deal, shown = deal_of(row), 0
    for exposure in Exposure.objects.filter(experiment=row).order_by("-pk")[:LOOKED_AT].iterator():
        keys = [visitor_key(exposure.visitor_id)] if exposure.visitor_id else []
        keys += [user_key(exposure.user_id)] if exposure.user_id else []
        if exposure.variant not in {dealt(deal, key) for key in keys} and shown < SHOWN:
            shown += 1
            yield Violation("experiments", f"exposure {exposure.pk}", f"{exposure.variant} is not what the dice say")
