"""What points are worth, both ways, by the terms of a campaign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from renmai.kernel import money
from renmai.ordering.models import OrderLine


@dataclass(frozen=True)
class Rates:
    """``earned_per_yuan`` points come of each yuan of kept goods, ``points_per_yuan`` points take one yuan off."""

    earned_per_yuan: int
    points_per_yuan: int
    most_basis_points: int
    minimum_points: int
    valid_days: int

    def earned(self, kept_fen: int) -> int:
        """Return what goods that cost ``kept_fen`` and were kept earn, rounded down."""
        return kept_fen * self.earned_per_yuan // 100

    def most_off(self, available: int, goods_fen: int) -> int:
        """Return the fen that ``available`` points can take off goods of ``goods_fen``: within the largest share, rounded down."""
        worth_fen = available * 100 // self.points_per_yuan
        return min(worth_fen, money.share_of(goods_fen, basis_points=self.most_basis_points))

    def needed(self, off_fen: int) -> int:
        """Return the points that so many fen cost: no more than need be, rounded up."""
        return -(-off_fen * self.points_per_yuan // 100)


def rates_of(terms: Mapping[str, Any]) -> Rates:
    """Read a campaign's terms."""
    return Rates(
        earned_per_yuan=terms["earned_per_yuan"],
        points_per_yuan=terms["points_per_yuan"],
        most_basis_points=terms["most_basis_points"],
        minimum_points=terms["minimum_points"],
        valid_days=terms["valid_days"],
    )


def kept_fen(lines: Sequence[OrderLine]) -> int:
    """Return what the goods that were not sent back cost in the end, without freight, to the fen of their refunds."""
    return sum(line.net_fen - _part(line.net_fen, line) for line in lines)


def returned_points(points: int, lines: Sequence[OrderLine]) -> int:
    """Return how many of the points in an order belong to what went back, by the value of the goods; all when everything did."""
    weights = [line.amount_fen for line in lines]
    if not any(weights):
        weights = [line.unit_price_fen * line.quantity for line in lines]
    back = sum(_part(weight, line) for weight, line in zip(weights, lines, strict=True))
    return points * back // sum(weights)


def _part(amount_fen: int, line: OrderLine) -> int:
    return money.part_of_lot(amount_fen, quantity=line.quantity, before=0, taken=line.refunded_quantity)
