"""The three funnels: by which way need, trust and touch met, step by step, each person once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from renmai.insight.models import View
from renmai.insight.queries.periods import Period
from renmai.insight.spread.estimates import Estimate, share
from renmai.insight.value.margins import LOST
from renmai.ordering.models import Order
from renmai.sharing.models import Visit

PAID = Q(paid_at__isnull=False)
KEPT = PAID & Q(refunded_fen__lt=F("payable_fen")) & ~Q(status__in=LOST)
KINDS = (Order.Funnel.SEARCH, Order.Funnel.CONTENT, Order.Funnel.SOCIAL)


@dataclass(frozen=True)
class Step:
    """How many people came so far. ``of_before`` is their share of the step before, with its interval; None for the first step."""

    key: str
    people: int
    of_before: Estimate | None


@dataclass(frozen=True)
class Funnel:
    """One way. ``whole`` is the share of those of the first step who came to the end and kept what they bought."""

    kind: str
    steps: tuple[Step, ...]
    whole: Estimate | None


def funnels(period: Period) -> tuple[Funnel, ...]:
    """Return the three funnels of a period. Seven statements.

    Everybody counts once a step, a guest as one person per browser, and only who took the step before: looked at goods by this way, then placed
    an order of this way, paid it, and kept something of it. The social one begins with opening somebody's link.
    """
    return tuple(_funnel(kind, period) for kind in KINDS)


def _funnel(kind: str, period: Period) -> Funnel:
    looks = View.objects.filter(funnel=kind, at__gte=period.start, at__lt=period.end)
    counted: list[tuple[str, int]] = []
    if kind == Order.Funnel.SOCIAL:
        opened = Visit.objects.filter(is_valid=True, at__gte=period.start, at__lt=period.end)
        counted.append(("opened", _people(opened)))
        looks = looks.filter(Exists(opened.filter(visitor=OuterRef("visitor"))))
    counted.append(("looked", _people(looks)))
    seen = looks.filter(user=OuterRef("buyer"), at__lte=OuterRef("placed_at"))
    orders = Order.objects.filter(Exists(seen), funnel=kind, placed_at__gte=period.start, placed_at__lt=period.end)
    by_step = orders.aggregate(
        ordered=Count("buyer", distinct=True),
        paid=Count("buyer", distinct=True, filter=PAID),
        kept=Count("buyer", distinct=True, filter=KEPT),
    )
    return _steps(kind, [*counted, *by_step.items()])


def _steps(kind: str, counted: list[tuple[str, int]]) -> Funnel:
    first, last = counted[0][1], counted[-1][1]
    before = [None, *(people for _key, people in counted)]
    steps = tuple(
        Step(key, people, None if earlier is None else share(people, earlier))
        for (key, people), earlier in zip(counted, before, strict=False)
    )
    return Funnel(kind, steps, share(last, first))


def _people(rows: QuerySet[Any, Any]) -> int:
    """Return how many people these looks or openings are of: members, and browsers of which nobody is known."""
    counts = rows.aggregate(
        members=Count("user", distinct=True), guests=Count("visitor", distinct=True, filter=Q(user__isnull=True))
    )
    return int(counts["members"]) + int(counts["guests"])
