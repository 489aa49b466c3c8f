"""Which model of intent is in force, and why that one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from renmai.alerts.intent.branching import branching
from renmai.alerts.intent.scoring import STARTING, Scorer, weighted
from renmai.alerts.models import IntentModel
from renmai.kernel import clock

STALE: Final = timedelta(days=14)
"""What was learned from people of a fortnight ago is not trusted any more: the starting model stands in until the next fit."""

SHOWN: Final = 10
READERS: Final = {IntentModel.Kind.WEIGHTED: weighted, IntentModel.Kind.BRANCHING: branching}


@dataclass(frozen=True)
class ModelView:
    """The model in force. ``why`` is ``fitted``, or why the starting model stands in: ``none``, ``worse``, ``stale`` or ``unreadable``.

    ``row`` is the newest row there is, used or not.
    """

    scorer: Scorer
    why: str
    row: IntentModel | None


def model_in_force() -> ModelView:
    """Return the model that scores now. One statement."""
    row = IntentModel.objects.order_by("-pk").first()
    if row is None:
        return ModelView(STARTING, "none", None)
    if not row.is_used:
        return ModelView(STARTING, "worse", row)
    if clock.now() - row.fitted_at > STALE:
        return ModelView(STARTING, "stale", row)
    found = revived(row)
    return ModelView(found, "fitted", row) if found else ModelView(STARTING, "unreadable", row)


def revived(row: IntentModel) -> Scorer | None:
    """Return the model that a row keeps; None when it is not of the features that there are now."""
    return READERS[IntentModel.Kind(row.kind)](row.parameters, number=row.pk)


def scorer() -> Scorer:
    """Return what scores now."""
    return model_in_force().scorer


def scorers(numbers: Iterable[int | None]) -> Mapping[int | None, Scorer]:
    """Return the models of these rows, and of None the starting one, which also stands for what cannot be read. One statement at most."""
    wanted = {number for number in numbers if number is not None}
    rows = IntentModel.objects.in_bulk(wanted) if wanted else {}
    return {None: STARTING, **{number: revived(row) or STARTING for number, row in rows.items()}}


def models() -> list[IntentModel]:
    """Return the last fits, the newest first."""
    return list(IntentModel.objects.order_by("-pk").defer("parameters")[:SHOWN])
