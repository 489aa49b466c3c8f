"""Suggestions that changed a product, and what was bought of it since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, Sum

from renmai.insight.queries.periods import Period
from renmai.insight.spread.estimates import Estimate, share
from renmai.insight.value.margins import kept_orders
from renmai.insight.value.models import FittedModel
from renmai.insight.value.purchases import READ_AT_ONCE, end_of
from renmai.insight.value.suggestions import Bought
from renmai.ordering.models import OrderLine, Suggestion


def bought_after_changes(model: FittedModel) -> list[Bought]:
    """Return what each customer kept paying for changed products, for the model's horizon after each change. Two statements, one without changes.

    A line belongs to the authors of every suggestion that changed its product at most ``horizon_days`` before it was paid.
    """
    changes: dict[int, list[tuple[datetime, int]]] = {}
    taken_up = Suggestion.objects.filter(status=Suggestion.Status.TAKEN_UP).order_by("changed_at", "pk")
    for product, at, author in taken_up.values_list("changed_id", "changed_at", "author_id"):
        if product and at is not None:
            changes.setdefault(product, []).append((at, author))
    if not changes:
        return []
    horizon = timedelta(days=model.horizon_days)
    sums: dict[tuple[int, tuple[int, ...]], int] = {}
    for buyer, product, paid_at, fen in _lines(changes, end_of(model.until)):
        authors = _authors(changes[product], paid_at, horizon)
        if authors:
            sums[buyer, authors] = sums.get((buyer, authors), 0) + fen
    return [Bought(buyer, authors, fen) for (buyer, authors), fen in sums.items()]


def _lines(changes: dict[int, list[tuple[datetime, int]]], until: datetime) -> Iterator[tuple[int, int, datetime, int]]:
    first = min(each[0][0] for each in changes.values())
    orders = kept_orders().filter(paid_at__gte=first, paid_at__lt=until)
    lines = OrderLine.objects.filter(order__in=orders, product_id_at_order__in=list(changes)).order_by()
    read = lines.annotate(kept=F("amount_fen") - F("refunded_fen")).values_list(
        "order__buyer_id", "product_id_at_order", "order__paid_at", "kept"
    )
    for buyer, product, paid_at, fen in read.iterator(chunk_size=READ_AT_ONCE):
        if paid_at is not None:
            yield buyer, product, paid_at, fen


def _authors(changes: Sequence[tuple[datetime, int]], paid_at: datetime, horizon: timedelta) -> tuple[int, ...]:
    return tuple(sorted({author for at, author in changes if at <= paid_at <= at + horizon}))


@dataclass(frozen=True)
class ClosedLoop:
    """Suggestions made in a period: how many got an answer, and how many changed goods, each as a share with its interval."""

    made: int
    answered: Estimate | None
    taken_up: Estimate | None


def closed_loop(period: Period) -> ClosedLoop:
    """Return what became of the suggestions of a period until now. One statement."""
    found = Suggestion.objects.filter(at__gte=period.start, at__lt=period.end).aggregate(
        made=Count("pk"),
        answered=Count("pk", filter=~Q(status=Suggestion.Status.OPEN)),
        taken=Count("pk", filter=Q(status=Suggestion.Status.TAKEN_UP)),
    )
    return ClosedLoop(found["made"], share(found["answered"], found["made"]), share(found["taken"], found["made"]))


@dataclass(frozen=True)
class Since:
    """What was sold of a product since a suggestion changed it: paid orders with it, and what was kept of them, in fen."""

    orders: int
    kept_fen: int


def sold_since(suggestion: Suggestion) -> Since | None:
    """Return what was sold of the changed product since; None for one that was not taken up. One statement."""
    if suggestion.changed_id is None or suggestion.changed_at is None:
        return None
    orders = kept_orders().filter(paid_at__gte=suggestion.changed_at)
    lines = OrderLine.objects.filter(order__in=orders, product_id_at_order=suggestion.changed_id)
    found = lines.aggregate(orders=Count("order", distinct=True), kept=Sum(F("amount_fen") - F("refunded_fen")))
    return Since(found["orders"], found["kept"] or 0)
