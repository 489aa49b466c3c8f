"""Who comes back: cohorts by the month of the first purchase, and repurchase within fixed windows. Pure functions of days.

Several purchases of one day are one. Every window begins with a customer's own first purchase, and only those count for a window who have
had all of it: nobody is called lost who can still come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from renmai.insight.spread.estimates import Estimate, share

WINDOWS = (30, 90, 365)
STEP_DAYS = 30
MOST_STEPS = 12

Histories = Mapping[int, Sequence[int]]
"""The days (proleptic ordinals, rising, each once) on which each customer bought."""


@dataclass(frozen=True)
class Window:
    """Repurchase within ``days`` of the first purchase: of ``customers`` who had them all, ``returned`` bought on a later day of them."""

    days: int
    customers: int
    returned: int
    waiting: int

    @property
    def rate(self) -> Estimate | None:
        """The share who returned, with its interval; None when nobody has had the window."""
        return share(self.returned, self.customers)


@dataclass(frozen=True)
class Cell:
    """Of ``customers`` of a cohort who have had this stretch of thirty days, so many bought in it."""

    customers: int
    active: int

    @property
    def rate(self) -> Estimate | None:
        """The share who bought, with its interval; None before anybody has had the stretch."""
        return share(self.active, self.customers)


@dataclass(frozen=True)
class Cohort:
    """Customers whose first purchase lies in one month. Cell *n* counts the days 30 n to 30 n + 29 after it, the first being 0."""

    month: date
    customers: int
    cells: tuple[Cell, ...]


def histories(purchases: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """Return the days of each customer from (customer, day) in any order."""
    found: dict[int, set[int]] = {}
    for customer, day in purchases:
        found.setdefault(customer, set()).add(day)
    return {customer: sorted(days) for customer, days in found.items()}


def repurchase(people: Histories, *, today: int, windows: Sequence[int] = WINDOWS) -> tuple[Window, ...]:
    """Return repurchase within each window. A window of *d* days is over when the day after its last one has begun."""
    found = []
    for days in windows:
        ripe = [bought for bought in people.values() if bought[0] + days < today]
        returned = sum(len(bought) > 1 and bought[1] - bought[0] <= days for bought in ripe)
        found.append(Window(days, len(ripe), returned, len(people) - len(ripe)))
    return tuple(found)


def cohorts(people: Histories, *, today: int) -> tuple[Cohort, ...]:
    """Return the cohorts by month, the earliest first, each with the stretches that any of it has had, at most ``MOST_STEPS``."""
    months: dict[date, list[Sequence[int]]] = {}
    for bought in people.values():
        months.setdefault(date.fromordinal(bought[0]).replace(day=1), []).append(bought)
    return tuple(Cohort(month, len(months[month]), tuple(_cells(months[month], today=today))) for month in sorted(months))


def _cells(people: Sequence[Sequence[int]], *, today: int) -> Iterable[Cell]:
    for step in range(1, MOST_STEPS + 1):
        begin, end = step * STEP_DAYS, (step + 1) * STEP_DAYS
        ripe = [bought for bought in people if bought[0] + end <= today]
        if not ripe:
            return
        active = sum(any(begin <= day - bought[0] < end for day in bought) for bought in ripe)
        yield Cell(len(ripe), active)
