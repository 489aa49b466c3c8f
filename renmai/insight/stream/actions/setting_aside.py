"""Events that are not let in: counted, a few of them described, none of them kept."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from django.db.models import F

from renmai.insight.stream.models import Aside, Example
from renmai.insight.stream.quarantine import Reason
from renmai.insight.stream.registry import REGISTRY, Unfit
from renmai.kernel import clock

EXAMPLES_A_DAY: Final = 20
"""Of each reason."""

KEPT: Final = timedelta(days=30)


def set_aside(refused: Sequence[tuple[str, Unfit]]) -> int:
    """Count events that are not let in, with the name each gave itself, and describe the first few of the day; return how many.

    Bounded whatever is sent: a row for each day, reason and known name, and ``EXAMPLES_A_DAY``.
    """
    if not refused:
        return 0
    today = clock.now().date()
    known = frozenset(REGISTRY.names())
    named = [(name if name in known else "", unfit) for name, unfit in refused]
    for (reason, name), count in sorted(Counter((unfit.reason, name) for name, unfit in named).items()):
        _count(Aside(day=today, reason=reason, name=name, count=count))
    for reason in sorted({unfit.reason for _name, unfit in named}):
        room = EXAMPLES_A_DAY - Example.objects.filter(day=today, reason=reason).count()
        described = {(name, unfit.detail) for name, unfit in named if unfit.reason == reason}
        Example.objects.bulk_create(
            Example(day=today, reason=reason, name=name, detail=detail[:120])
            for name, detail in sorted(described)[: max(0, room)]
        )
    return len(refused)


def forget_asides(limit: int) -> int:
    """Delete counts and examples of more than ``KEPT`` ago, at most ``limit`` of each; return how many. For a timer."""
    before = (clock.now() - KEPT).date()
    gone = 0
    for model in (Aside, Example):
        keys = list(model._default_manager.filter(day__lt=before).order_by("pk").values_list("pk", flat=True)[:limit])
        gone += model._default_manager.filter(pk__in=keys).delete()[0]
    return gone


def one(reason: Reason, detail: str = "") -> list[tuple[str, Unfit]]:
    """Return a whole batch that could not be read, as ``set_aside`` wants it."""
    return [("", Unfit(reason, detail))]


def _count(row: Aside) -> None:
    same = Aside.objects.filter(day=row.day, reason=row.reason, name=row.name)
    if same.update(count=F("count") + row.count):
        return
    row.count, more = 0, row.count
    Aside.objects.bulk_create([row], ignore_conflicts=True)
    same.update(count=F("count") + more)
