"""From purchases to what the models know of people: how often, how recently, since when, and how much.

Several purchases of one day are one order: who pays twice in an evening was shopping once. Times are in weeks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renmai.insight.value.bgnbd import Histories
from renmai.insight.value.fitting import Vector
from renmai.insight.value.gamma_gamma import Spending

DAYS_A_WEEK = 7.0

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Purchases:
    """One entry for each purchase: whose (any whole number), on which day (a count of days), and how much (≥ 0)."""

    customer: Days
    day: Days
    amount: Vector

    def __len__(self) -> int:
        return len(self.customer)

    def until(self, day: int) -> "Purchases":
        """Return what was bought on or before ``day``."""
        return self._those(self.day <= day)

    def between(self, after: int, until: int) -> "Purchases":
        """Return what was bought after one day and on or before another."""
        return self._those((self.day > after) & (self.day <= until))

    def by_day(self) -> "Purchases":
        """Return one entry for each customer and day, by customer and then by day, with everything she paid that day."""
        if not len(self):
            return self
        order = np.lexsort((self.day, self.customer))
        customer, day, amount = self.customer[order], self.day[order], self.amount[order]
        begins = np.flatnonzero(np.r_[True, (np.diff(customer) != 0) | (np.diff(day) != 0)])
        return Purchases(customer[begins], day[begins], np.add.reduceat(amount, begins))

    def _those(self, which: NDArray[np.bool_]) -> "Purchases":
        return Purchases(self.customer[which], self.day[which], self.amount[which])


@dataclass(frozen=True)
class Customers:
    """Everybody who had bought by a day: her number, her history, and her orders after the first with their mean (``again``).

    ``last`` is the day of her last order. All arrays have one entry for each customer, by her number.
    """

    customer: Days
    histories: Histories
    again: Spending
    last: Days

    def __len__(self) -> int:
        return len(self.customer)

    def part(self, which: slice) -> "Customers":
        """Return some of them."""
        again = Spending(self.again.orders[which], self.again.mean[which])
        return Customers(self.customer[which], self.histories.part(which), again, self.last[which])

    @property
    def spenders(self) -> Spending:
        """Those whose later orders the model of spending is fitted to."""
        came_back = (self.again.orders >= 1) & (self.again.mean > 0)
        return Spending(self.again.orders[came_back], self.again.mean[came_back])


def customers_at(purchases: Purchases, day: int) -> Customers:
    """Return everybody's history up to and with ``day``. The first order says when she came and how she came, not what she spends."""
    daily = purchases.until(day).by_day()
    empty = np.empty(0)
    if not len(daily):
        none = np.empty(0, dtype=np.int64)
        return Customers(none, Histories(empty, empty, empty), Spending(empty, empty), none)
    begins = np.flatnonzero(np.r_[True, np.diff(daily.customer) != 0])
    ends = np.r_[begins[1:], len(daily)] - 1
    first, last = daily.day[begins], daily.day[ends]
    later = (ends - begins).astype(np.float64)
    total = np.add.reduceat(daily.amount, begins) - daily.amount[begins]
    return Customers(
        customer=daily.customer[begins],
        histories=Histories(later, (last - first) / DAYS_A_WEEK, (day - first) / DAYS_A_WEEK),
        again=Spending(later, np.divide(total, later, out=np.zeros_like(total), where=later > 0)),
        last=last,
    )


def orders_between(purchases: Purchases, customers: Days, *, after: int, until: int) -> tuple[Vector, Vector]:
    """Return how many orders each of ``customers`` (sorted) placed after one day and until another, and their total."""
    daily = purchases.between(after, until).by_day()
    spot = np.minimum(np.searchsorted(customers, daily.customer), max(len(customers) - 1, 0))
    known = customers[spot] == daily.customer if len(customers) else np.zeros(len(daily), dtype=bool)
    counts = np.bincount(spot[known], minlength=len(customers)).astype(np.float64)
    totals = np.bincount(spot[known], daily.amount[known], minlength=len(customers)).astype(np.float64)
    return counts, totals
