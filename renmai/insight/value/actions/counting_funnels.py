"""Counting the funnels ahead of whoever looks at them: the worker reads all days of the stream, pages read the counts."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from renmai.insight.queries.periods import Period, last_days
from renmai.insight.value.margins import LOST
from renmai.insight.value.models import FunnelCount, FunnelStep, SearchCount
from renmai.insight.value.steps import KINDS, Placed
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order

STANDING_DAYS: Final = (7, 30, 90)
"""The periods up to today that the page offers; they are counted without being asked for."""

ANEW_AFTER: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=2)
"""A period that somebody asked for is forgotten after this: its orders may have been given back since."""

MOST_WAITING: Final = 20
READ_AT_ONCE: Final = 5_000
PAID = Q(paid_at__isnull=False)
KEPT = PAID & Q(refunded_fen__lt=F("payable_fen")) & ~Q(status__in=LOST)
PAID_NOW, KEPT_NOW = (ExpressionWrapper(each, output_field=BooleanField()) for each in (PAID, KEPT))


def ask_for_funnels(period: Period) -> None:
    """Have the funnels of a period counted, or counted anew. Raises ``value.too_many_counts`` when as many wait already as a worker does in minutes."""
    waiting = FunnelCount.objects.filter(counted_at__isnull=True)
    if waiting.exclude(first=period.first, last=period.last).count() >= MOST_WAITING:
        raise DomainError("value.too_many_counts")
    FunnelCount.objects.update_or_create(
        first=period.first, last=period.last, defaults={"counted_at": None, "asked_at": clock.now()}
    )


def count_funnels(limit: int) -> int:
    """Count up to ``limit`` periods that were asked for or that end today and are an hour old; return how many. A timer."""
    _forget_old()
    due = _due()[:limit]
    for first, last in due:
        _count(Period(first, last))
    return len(due)


def _due() -> list[tuple[date, date]]:
    waiting = FunnelCount.objects.filter(counted_at__isnull=True).order_by("asked_at", "pk")
    asked = list(waiting.values_list("first", "last"))
    standing = [(period.first, period.last) for period in map(last_days, STANDING_DAYS)]
    fresh = FunnelCount.objects.filter(counted_at__gt=clock.now() - ANEW_AFTER)
    done = set(fresh.values_list("first", "last")) | set(asked)
    return [*asked, *(each for each in standing if each not in done)]


def _count(period: Period) -> None:
    from renmai.insight.stream.store import reading
    from renmai.insight.value import searches
    from renmai.insight.value.steps import counted

    now, engine = clock.now(), reading.engine()
    events = reading.events(period.start, period.end, on=engine)
    found = counted(events, _placed(period.start, period.end), on=engine)
    searched = searches.counted(events, on=engine)
    with transaction.atomic():
        row, _new = FunnelCount.objects.update_or_create(first=period.first, last=period.last, defaults={"counted_at": now})
        FunnelStep.objects.filter(count=row).delete()
        FunnelStep.objects.bulk_create(
            FunnelStep(count=row, kind=each.kind, key=each.key, people=each.people, unknown=each.unknown) for each in found
        )
        SearchCount.objects.filter(count=row).delete()
        SearchCount.objects.bulk_create(SearchCount(count=row, **asdict(each)) for each in searched)


def _placed(start: datetime, end: datetime) -> Iterator[Placed]:
    orders = Order.objects.filter(funnel__in=KINDS, placed_at__gte=start, placed_at__lt=end).order_by()
    read = orders.annotate(is_paid=PAID_NOW, is_kept=KEPT_NOW).values_list(
        "buyer_id", "funnel", "placed_at", "is_paid", "is_kept"
    )
    for buyer, kind, at, is_paid, is_kept in read.iterator(chunk_size=READ_AT_ONCE):
        yield Placed(buyer, kind, at, bool(is_paid), bool(is_kept))


def _forget_old() -> None:
    FunnelCount.objects.filter(counted_at__lt=clock.now() - KEPT_FOR).delete()
