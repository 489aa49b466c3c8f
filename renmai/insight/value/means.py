"""What to expect of customers while too few came back for a model: everybody orders as all did together. Needs no numpy."""

import math
from collections.abc import Sequence

LOW, HIGH = 0.1, 0.9
DAYS_A_YEAR = 365.25
MOST_ORDERS = 10_000


def rate_by_day(first_days: Sequence[int], repeated: int, until: int) -> float:
    """Return orders after the first by customer and day: ``repeated`` of them by people who came on ``first_days``."""
    lived = sum(until - day for day in first_days)
    return repeated / lived if lived > 0 else 0.0


def discount_factor(horizon_days: int, rate: float) -> float:
    """Return what an order counts on average that may come on any day of the horizon, a later one less by ``rate`` a year."""
    growth = math.log1p(rate) * horizon_days / DAYS_A_YEAR
    return (1 - math.exp(-growth)) / growth if growth else 1.0


def bounds(expected: float) -> tuple[int, int]:
    """Return the 10 % and 90 % quantile of a number of orders with this mean (Poisson)."""
    term = cumulative = math.exp(-min(expected, 700.0))
    count, low = 0, None
    while cumulative < HIGH and count < MOST_ORDERS:
        if low is None and cumulative >= LOW:
            low = count
        count += 1
        term *= expected / count
        cumulative += term
    return (count if low is None else low), count
