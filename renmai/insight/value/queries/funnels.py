"""The three funnels: by which way need, trust and touch met, step by step, each person once, as the worker counted them last."""

from dataclasses import dataclass
from datetime import datetime

from renmai.insight.queries.periods import Period
from renmai.insight.spread.estimates import Estimate, share
from renmai.insight.value.models import FunnelCount
from renmai.insight.value.steps import KINDS, steps_of


@dataclass(frozen=True)
class Step:
    """How many people came so far, and how often the step was taken by whom that is not known.

    ``of_before`` is their share of the step before, with its interval; None for the first step. ``unknown`` counts events, from placing an order
    on orders.
    """

    key: str
    people: int
    unknown: int
    of_before: Estimate | None


@dataclass(frozen=True)
class Funnel:
    """One way. ``whole`` is the share of those of the first step who came to the end and kept what they bought."""

    kind: str
    steps: tuple[Step, ...]
    whole: Estimate | None


@dataclass(frozen=True)
class Funnels:
    """The three funnels of a period as they were counted at ``counted_at``; ``is_asked`` while they wait to be counted (anew)."""

    ways: tuple[Funnel, ...]
    counted_at: datetime | None
    is_asked: bool


def funnels(period: Period) -> Funnels:
    """Return the funnels of a period as the worker counted them last; without any when it was not counted. Two statements.

    Search: searched, looked at goods by that way, put them in the cart (or ordered at once), placed an order of that way, paid it, kept something
    of it. Content begins with looking, the social way with opening somebody's link.
    """
    row = FunnelCount.objects.prefetch_related("steps").filter(first=period.first, last=period.last).first()
    if row is None:
        return Funnels((), None, is_asked=False)
    kept = {(step.kind, step.key): (step.people, step.unknown) for step in row.steps.all()}
    ways = tuple(_funnel(kind, kept) for kind in KINDS) if kept else ()
    return Funnels(ways, row.counted_at, is_asked=row.counted_at is None)


def _funnel(kind: str, kept: dict[tuple[str, str], tuple[int, int]]) -> Funnel:
    counts = [(key, *kept[kind, key]) for key in steps_of(kind)]
    before = [None, *(people for _key, people, _unknown in counts)]
    steps = tuple(
        Step(key, people, unknown, None if earlier is None else share(people, earlier))
        for (key, people, unknown), earlier in zip(counts, before, strict=False)
    )
    return Funnel(kind, steps, share(counts[-1][1], counts[0][1]))
