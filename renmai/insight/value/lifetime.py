"""How much customers will still buy: how often (BG/NBD) times how much (Gamma-Gamma), with what chance leaves open.

Times are in weeks, money in the unit of the purchases it was learned from.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from renmai.insight.value import bgnbd, gamma_gamma
from renmai.insight.value.fitting import Fit, UnfitError, Vector
from renmai.insight.value.histories import Customers

WEEKS_A_YEAR = 365.25 / 7
STEPS_A_YEAR = 12
"""Discounting treats what falls into one twelfth of a year as if it fell into its middle: exact to a thousandth at usual rates."""

DRAWS = 200
BLOCK = 20_000
LOW, HIGH = 0.1, 0.9
"""What customers do is drawn so often; eight in ten futures lie between these two quantiles."""

SEED = 1


@dataclass(frozen=True)
class Lifetime:
    """A fitted model. ``spending`` is None when the values of orders determine no model: then everybody spends ``mean_order``."""

    orders: Fit
    spending: Fit | None
    mean_order: float

    @property
    def often(self) -> bgnbd.BgNbd:
        """The model of how often."""
        return bgnbd.BgNbd(*self.orders.values)

    @property
    def much(self) -> gamma_gamma.GammaGamma | None:
        """The model of how much."""
        return gamma_gamma.GammaGamma(*self.spending.values) if self.spending else None


@dataclass(frozen=True)
class Futures:
    """What may become of each customer, over ``DRAWS`` futures: quantiles by customer, and totals over all by future.

    ``orders_low`` … ``spent_high`` hold eight in ten futures of each customer; ``total_orders`` and ``total_spent`` have one entry a future.
    Parameters are drawn anew for each future, so the totals carry what is uncertain about them too.
    """

    orders_low: Vector
    orders_high: Vector
    spent_low: Vector
    spent_high: Vector
    total_orders: Vector
    total_spent: Vector


def learn(customers: Customers) -> Lifetime:
    """Return the model of these customers. Raises ``UnfitError`` when too few of them ever came back."""
    orders = bgnbd.fit(customers.histories)
    spenders = customers.spenders
    try:
        spending: Fit | None = gamma_gamma.fit(spenders)
    except UnfitError:
        spending = None
    if spending is not None and spending.values[1] <= 1:
        spending = None
    total, count = float(spenders.orders @ spenders.mean), float(spenders.orders.sum())
    return Lifetime(orders, spending, total / count if count else 0.0)


def expected_order_value(model: Lifetime, customers: Customers) -> Vector:
    """Return what each customer's future orders are expected to be worth on average."""
    if model.much is None:
        return np.full(len(customers), model.mean_order)
    return gamma_gamma.expected_mean(model.much, customers.again)


def discounted_orders(model: Lifetime, people: bgnbd.Histories, *, horizon: float, rate: float) -> Vector:
    """Return how many orders each is expected to place within ``horizon`` weeks, a later one counting less by ``rate`` a year.

    ``rate`` 0.1 says that what comes in a year counts 1 ÷ 1.1. With ``rate`` 0 it is ``bgnbd.expected_orders``.
    """
    steps = max(1, round(horizon / WEEKS_A_YEAR * STEPS_A_YEAR))
    width = horizon / steps
    total, before = np.zeros(len(people)), np.zeros(len(people))
    for step in range(1, steps + 1):
        until = bgnbd.expected_orders(model.often, people, step * width)
        total += (until - before) * (1 + rate) ** (-(step - 0.5) * width / WEEKS_A_YEAR)
        before = until
    return total


def futures(model: Lifetime, customers: Customers, *, horizon: float) -> Futures:
    """Return what may happen within ``horizon`` weeks, the same for the same model and customers (the draws have a fixed seed)."""
    generator = np.random.default_rng(SEED)
    often = [bgnbd.BgNbd(*values) for values in model.orders.draws(DRAWS, generator)]
    much = _much_draws(model, generator)
    total_orders, total_spent = np.zeros(DRAWS), np.zeros(DRAWS)
    quantiles: list[NDArray[np.float64]] = []
    for start in range(0, len(customers), BLOCK):
        block = customers.part(slice(start, start + BLOCK))
        orders, spent = np.empty((DRAWS, len(block))), np.empty((DRAWS, len(block)))
        for draw in range(DRAWS):
            orders[draw] = bgnbd.simulated_orders(often[draw], block.histories, horizon, generator)
            spent[draw] = _spent(much[draw], model.mean_order, block, orders[draw], generator)
        total_orders += orders.sum(axis=1)
        total_spent += spent.sum(axis=1)
        quantiles.append(np.vstack([np.quantile(orders, (LOW, HIGH), axis=0), np.quantile(spent, (LOW, HIGH), axis=0)]))
    orders_low, orders_high, spent_low, spent_high = np.hstack(quantiles) if quantiles else np.empty((4, 0))
    return Futures(orders_low, orders_high, spent_low, spent_high, total_orders, total_spent)


def _much_draws(model: Lifetime, generator: np.random.Generator) -> list[gamma_gamma.GammaGamma | None]:
    if model.spending is None:
        return [None] * DRAWS
    return [gamma_gamma.GammaGamma(*values) for values in model.spending.draws(DRAWS, generator)]


def _spent(
    much: gamma_gamma.GammaGamma | None, mean_order: float, people: Customers, orders: Vector, generator: np.random.Generator
) -> Vector:
    if much is None:
        return orders * mean_order
    return gamma_gamma.simulated_total(much, people.again, orders, generator)
