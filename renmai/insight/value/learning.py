"""Learning from a shop's purchases: the model, how well it foresees, and what customers are worth by it.

Everything that needs numpy and scipy for the product is behind these functions, so that pages and small shops never load them.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from renmai.insight.value import bgnbd, lifetime
from renmai.insight.value.bgnbd import Histories
from renmai.insight.value.fitting import UnfitError, Vector
from renmai.insight.value.gamma_gamma import Spending
from renmai.insight.value.histories import DAYS_A_WEEK, Customers, Purchases, customers_at, orders_between
from renmai.insight.value.lifetime import Lifetime
from renmai.insight.value.purchases import Row

HELD_OUT_DAYS = 90
LEAST_HELD_OUT_DAYS = 14
LAST_GROUP = 7
"""Customers with so many repeated orders and more are one group."""

Z_95 = 1.959964
MEASURED = 4_000
PARAMETER_DRAWS = 100


@dataclass(frozen=True)
class Group:
    """Customers with the same number of repeated orders, what was expected of them in the time held out, and what they did."""

    repeated: int
    customers: int
    expected: float
    actual: int


@dataclass(frozen=True)
class HeldOut:
    """How well a model of the purchases until ``days`` ago foresees those days. ``by_rate`` is what the mean rate foresees."""

    days: int
    groups: tuple[Group, ...]
    by_rate: float

    @property
    def expected(self) -> float:
        """All orders foreseen."""
        return sum(group.expected for group in self.groups)

    @property
    def actual(self) -> int:
        """All orders placed."""
        return sum(group.actual for group in self.groups)


@dataclass(frozen=True)
class Value:
    """What one customer will still pay, discounted, in fen; ``low`` and ``high`` hold eight in ten of her futures."""

    customer: int
    orders: int
    expected_orders: float
    alive: float
    order_fen: int
    own_fen: int
    low_fen: int
    high_fen: int


@dataclass(frozen=True)
class Terms:
    """What counts: so many days ahead, later money by so much a year less, and what is left of each fen paid."""

    horizon_days: int
    discount: float
    margin: float

    @property
    def weeks(self) -> float:
        """The horizon in weeks."""
        return self.horizon_days / DAYS_A_WEEK


def as_purchases(rows: Iterable[Row]) -> Purchases:
    """Return rows as arrays."""
    table = np.array(list(rows), dtype=np.int64).reshape(-1, 3)
    return Purchases(table[:, 0], table[:, 1], table[:, 2].astype(np.float64))


def learn(purchases: Purchases, until: int) -> Lifetime:
    """Return the model of everything bought until a day. Raises ``UnfitError`` when that determines none."""
    return lifetime.learn(customers_at(purchases, until))


def held_out(purchases: Purchases, until: int) -> HeldOut | None:
    """Return how well the same model, fitted to what came before, foresees the last days; None when there is too little before them."""
    days = min(HELD_OUT_DAYS, int(until - purchases.day.min()) // 3)
    if days < LEAST_HELD_OUT_DAYS:
        return None
    people = customers_at(purchases, until - days)
    try:
        model = lifetime.learn(people)
    except UnfitError:
        return None
    expected = bgnbd.expected_orders(model.often, people.histories, days / DAYS_A_WEEK)
    actual, _spent = orders_between(purchases, people.customer, after=until - days, until=until)
    group = np.minimum(people.histories.frequency, LAST_GROUP).astype(np.intp)
    counts, foreseen, placed = (np.bincount(group, weights, minlength=LAST_GROUP + 1) for weights in (None, expected, actual))
    rate = people.histories.frequency.sum() / max(people.histories.age.sum(), 1e-9)
    return HeldOut(
        days=days,
        groups=tuple(
            Group(number, int(counts[number]), float(foreseen[number]), round(float(placed[number])))
            for number in range(LAST_GROUP + 1)
            if counts[number]
        ),
        by_rate=float(rate * len(people) * days / DAYS_A_WEEK),
    )


def values(model: Lifetime, purchases: Purchases, until: int, terms: Terms) -> list[Value]:
    """Return what each customer is worth, by her number."""
    people = customers_at(purchases, until)
    orders = bgnbd.expected_orders(model.often, people.histories, terms.weeks)
    discounted = lifetime.discounted_orders(model, people.histories, horizon=terms.weeks, rate=terms.discount)
    order_value = lifetime.expected_order_value(model, people)
    futures = lifetime.futures(model, people, horizon=terms.weeks)
    alive = bgnbd.alive(model.often, people.histories)
    # An order later in the horizon counts less; the same discount as in the expectation goes on the futures.
    factor = terms.margin * np.divide(discounted, orders, out=np.ones_like(orders), where=orders > 0)
    own = discounted * order_value * terms.margin
    bounds = np.sort(np.vstack([futures.spent_low * factor, futures.spent_high * factor]), axis=0)
    return [
        Value(
            customer=int(people.customer[index]),
            orders=int(people.histories.frequency[index]) + 1,
            expected_orders=float(orders[index]),
            alive=float(alive[index]),
            order_fen=round(float(order_value[index])),
            own_fen=round(float(own[index])),
            low_fen=round(float(bounds[0, index])),
            high_fen=round(float(bounds[1, index])),
        )
        for index in range(len(people))
    ]


def newcomer_fen(model: Lifetime, terms: Terms) -> int:
    """Return what somebody is worth who has just paid her first order."""
    zero = np.zeros(1)
    new = Customers(np.zeros(1, np.int64), Histories(zero, zero, zero), Spending(zero, zero), np.zeros(1, np.int64))
    orders = lifetime.discounted_orders(model, new.histories, horizon=terms.weeks, rate=terms.discount)
    return round(float(orders[0] * lifetime.expected_order_value(model, new)[0] * terms.margin))


def total_fen(model: Lifetime, purchases: Purchases, until: int, terms: Terms) -> tuple[int, int, int]:
    """Return what all customers are worth together, and the 95 % interval of it.

    It carries what is uncertain about the parameters (drawn ``PARAMETER_DRAWS`` times) and what chance leaves open even so. Of many customers
    ``MEASURED``, evenly drawn, say how wide it is.
    """
    people = customers_at(purchases, until)
    value = lifetime.expected_order_value(model, people)
    discounted = lifetime.discounted_orders(model, people.histories, horizon=terms.weeks, rate=terms.discount)
    total = float(discounted @ value)
    some = people.part(slice(None, None, max(1, len(people) // MEASURED)))
    orders = bgnbd.expected_orders(model.often, some.histories, terms.weeks)
    plain = float(orders @ lifetime.expected_order_value(model, some))
    if not plain:
        return 0, 0, 0
    spread = _parameter_spread(model, some, terms.weeks) / plain
    chance = _chance_spread(model, some, terms.weeks) / plain / math.sqrt(len(people) / len(some))
    away = Z_95 * math.hypot(spread, chance)
    bounds = sorted(round(total * terms.margin * (1 + sign * min(away, 1.0 if sign < 0 else away))) for sign in (-1, 1))
    return round(total * terms.margin), bounds[0], bounds[1]


def _parameter_spread(model: Lifetime, people: Customers, weeks: float) -> float:
    """Return the standard deviation of what ``people`` spend, by what the data leave open about the parameters."""
    generator = np.random.default_rng(lifetime.SEED)
    often = [bgnbd.BgNbd(*drawn) for drawn in model.orders.draws(PARAMETER_DRAWS, generator)]
    value = lifetime.expected_order_value(model, people)
    return float(np.std([bgnbd.expected_orders(each, people.histories, weeks) @ value for each in often]))


def _chance_spread(model: Lifetime, people: Customers, weeks: float) -> float:
    """Return the standard deviation of what ``people`` spend when the parameters are known."""
    generator = np.random.default_rng(lifetime.SEED)
    value: Vector = lifetime.expected_order_value(model, people)
    drawn = [bgnbd.simulated_orders(model.often, people.histories, weeks, generator) @ value for _draw in range(PARAMETER_DRAWS)]
    return float(np.std(drawn))
