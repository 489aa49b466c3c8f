"""Who came in a period, and whether they came back."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from renmai.insight.queries.periods import Period
from renmai.insight.value.cohorts import Cohort, Window, cohorts, histories, repurchase
from renmai.insight.value.margins import kept_orders
from renmai.insight.value.purchases import READ_AT_ONCE, day_of, newest_day, told_until
from renmai.kernel import clock

MOST_PURCHASES = 400_000


@dataclass(frozen=True)
class ComingBack:
    """Customers whose first purchase lies in a period: their days, repurchase in fixed windows, and cohorts by month.

    ``is_cut``: there were more than ``MOST_PURCHASES``, and only those of the customers who came first are counted.
    """

    people: dict[int, list[int]]
    windows: tuple[Window, ...]
    cohorts: tuple[Cohort, ...]
    is_cut: bool
    still_since: date | None
    """The last purchase of all, in a shop that stands still: figures are as of that day."""


def newest_purchase() -> date | None:
    """Return the day in China of the last purchase, None before the first. One statement."""
    return newest_day()


def coming_back(period: Period) -> ComingBack:
    """Return how customers who first bought in ``period`` came back until now, or until the last purchase in a shop that stands still. Two statements.

    A purchase is an order that was paid and not given back whole; whoever bought before the period did not come in it.
    """
    orders = kept_orders()
    before = orders.filter(buyer=OuterRef("buyer"), paid_at__lt=period.start)
    came = orders.filter(buyer=OuterRef("buyer"), paid_at__gte=period.start, paid_at__lt=period.end)
    theirs = orders.filter(~Exists(before), Exists(came), paid_at__gte=period.start)
    read = theirs.order_by("buyer").values_list("buyer_id", "paid_at")[: MOST_PURCHASES + 1]
    rows = [(buyer, day_of(at).toordinal()) for buyer, at in read.iterator(chunk_size=READ_AT_ONCE) if at]
    people = histories(rows[:MOST_PURCHASES])
    now = day_of(clock.now())
    until = told_until(now, newest_day() or now)
    today = until.toordinal()
    return ComingBack(
        people=people,
        windows=repurchase(people, today=today),
        cohorts=cohorts(people, today=today),
        is_cut=len(rows) > MOST_PURCHASES,
        still_since=until if until < now else None,
    )
