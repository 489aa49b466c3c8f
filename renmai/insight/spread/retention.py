"""What a kept customer costs, by what made her come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from renmai.insight.spread.estimates import Estimate, ratio

KEPT_AFTER = timedelta(days=30)
"""A customer is kept who pays for another order within so long after the one that brought her, and keeps it."""

FEWEST_KEPT = 5
"""With fewer kept customers a cost for each says nothing."""


@dataclass(frozen=True)
class Customer:
    """Somebody's first paid order in a campaign: what made her come, what it cost altogether, and when she bought again, if she did."""

    incentive: str
    cost_fen: int
    came_at: datetime
    back_at: datetime | None


@dataclass(frozen=True)
class KeptCost:
    """One incentive. ``cost_fen`` is what ``ripe`` customers cost (those whose 30 days are over); ``waiting`` are not judged yet.

    ``each`` is the cost of one kept customer in fen: everything spent on those who stayed and those who did not, divided by those who
    stayed. None while fewer than five did.
    """

    incentive: str
    ripe: int
    waiting: int
    kept: int
    cost_fen: int
    each: Estimate | None


def cost_by_incentive(customers: Iterable[Customer], *, now: datetime) -> tuple[KeptCost, ...]:
    """Return the cost of a kept customer for each incentive, in the order of their names.

    Customers who came less than 30 days ago are left out on both sides, with their costs: they can still come back.
    """
    groups: dict[str, list[Customer]] = defaultdict(list)
    for customer in customers:
        groups[customer.incentive].append(customer)
    return tuple(_cost(incentive, groups[incentive], now=now) for incentive in sorted(groups))


def _cost(incentive: str, customers: list[Customer], *, now: datetime) -> KeptCost:
    ripe = [(customer.cost_fen, is_kept(customer)) for customer in customers if customer.came_at + KEPT_AFTER <= now]
    kept, spent = sum(stayed for _cost_fen, stayed in ripe), sum(cost_fen for cost_fen, _stayed in ripe)
    return KeptCost(
        incentive=incentive,
        ripe=len(ripe),
        waiting=len(customers) - len(ripe),
        kept=kept,
        cost_fen=spent,
        each=_each(ripe, spent) if kept >= FEWEST_KEPT else None,
    )


def _each(ripe: list[tuple[int, bool]], spent: int) -> Estimate | None:
    return ratio(ripe) if spent else Estimate(0.0, 0.0, 0.0, len(ripe))


def is_kept(customer: Customer) -> bool:
    """Return whether she came back in time."""
    return customer.back_at is not None and customer.back_at <= customer.came_at + KEPT_AFTER
