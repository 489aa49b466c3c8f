"""Measures the models of lifetime value on purchases they have not seen, beside the simplest things one could believe instead."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from renmai.insight.value import bgnbd, lifetime
from renmai.insight.value.fitting import Fit, Vector
from renmai.insight.value.histories import DAYS_A_WEEK, Customers, Purchases, customers_at, orders_between
from renmai.insight.value.purchase_files import Purchase


@dataclass(frozen=True)
class Row:
    """What one way of predicting says about the time held out. Errors are relative to the truth; ``mean_absolute`` is by customer."""

    name: str
    orders: float
    orders_error: float
    mean_absolute: float
    spent: float | None
    spent_error: float | None


@dataclass(frozen=True)
class Measured:
    """Everything one measurement found. ``known`` customers had bought by ``until``; only of them anything is predicted.

    ``covered`` is the share of them whose number of orders lies within their own 80 % interval, ``total_interval`` the 95 % interval of
    all their orders.
    """

    purchases: int
    customers: int
    first: date
    last: date
    until: date
    known: int
    weeks_held_out: float
    fit_seconds: float
    orders: Fit
    spending: Fit | None
    true_orders: float
    true_spent: float
    rows: tuple[Row, ...]
    total_interval: tuple[float, float]
    covered: float


def measure(purchases: Sequence[Purchase], *, until: date) -> Measured:
    """Fit to what was bought until ``until`` and compare with the rest.

    Raises ``ValueError`` when the file does not reach beyond that day or begins after it, ``UnfitError`` when nothing can be fitted.
    """
    first, last = min(row.day for row in purchases), max(row.day for row in purchases)
    if not first <= until < last:
        raise ValueError(f"the day must lie within the purchases, from {first} to {last - timedelta(days=1)}")
    rows = as_arrays(purchases)
    border, end = until.toordinal(), last.toordinal()
    weeks = (end - border) / DAYS_A_WEEK
    people = customers_at(rows, border)
    began = time.perf_counter()
    model = lifetime.learn(people)
    seconds = time.perf_counter() - began
    true_orders, true_spent = orders_between(rows, people.customer, after=border, until=end)
    futures = lifetime.futures(model, people, horizon=weeks)
    expected = bgnbd.expected_orders(model.often, people.histories, weeks)
    value = lifetime.expected_order_value(model, people)
    guesses = (
        _row("BG/NBD × Gamma-Gamma", expected, true_orders, (float(expected @ value), float(true_spent.sum()))),
        *_baselines(people, rows, true_orders, border=border, weeks=weeks),
    )
    inside = (true_orders >= futures.orders_low) & (true_orders <= futures.orders_high)
    low, high = np.quantile(futures.total_orders, (0.025, 0.975))
    return Measured(
        purchases=len(rows),
        customers=len(np.unique(rows.customer)),
        first=first,
        last=last,
        until=until,
        known=len(people),
        weeks_held_out=weeks,
        fit_seconds=seconds,
        orders=model.orders,
        spending=model.spending,
        true_orders=float(true_orders.sum()),
        true_spent=float(true_spent.sum()),
        rows=guesses,
        total_interval=(float(low), float(high)),
        covered=float(inside.mean()),
    )


def as_arrays(purchases: Iterable[Purchase]) -> Purchases:
    """Return purchases as arrays; customers are numbered in the order in which they appear, days are proleptic ordinals."""
    numbers: dict[str, int] = {}
    rows = [(numbers.setdefault(row.customer, len(numbers)), row.day.toordinal(), row.amount) for row in purchases]
    customer, day, amount = zip(*rows, strict=True) if rows else ((), (), ())
    return Purchases(np.array(customer, np.int64), np.array(day, np.int64), np.array(amount, np.float64))


def _baselines(people: Customers, rows: Purchases, truth: Vector, *, border: int, weeks: float) -> tuple[Row, ...]:
    """Return the simplest beliefs: all order as all did, each as she did, or as many as in the time just before."""
    repeated, age = people.histories.frequency, people.histories.age
    together = np.full(len(people), repeated.sum() / max(age.sum(), 1e-9) * weeks)
    own = np.divide(repeated, age, out=np.zeros_like(repeated), where=age > 0) * weeks
    since = border - round(weeks * DAYS_A_WEEK)
    lately, _spent = orders_between(rows, people.customer, after=since, until=border)
    came = border - np.round(age * DAYS_A_WEEK)
    lately = lately - (came > since)
    named = (("mean rate of all", together), ("everybody's own rate", own), ("as in the time just before", lately))
    return tuple(_row(name, guess, truth, None) for name, guess in named)


def _row(name: str, guess: Vector, truth: Vector, spent: tuple[float, float] | None) -> Row:
    total = float(truth.sum())
    return Row(
        name=name,
        orders=float(guess.sum()),
        orders_error=float(guess.sum()) / total - 1 if total else 0.0,
        mean_absolute=float(np.abs(guess - truth).mean()),
        spent=None if spent is None else spent[0],
        spent_error=None if spent is None or not spent[1] else spent[0] / spent[1] - 1,
    )
