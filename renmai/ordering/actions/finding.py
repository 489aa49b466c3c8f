"""Writing down by which way each line of an order was found, and the order by them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from renmai.ordering.models import Order, OrderLine

PRECEDENCE: Final = (Order.Funnel.SOCIAL, Order.Funnel.CONTENT, Order.Funnel.SEARCH)
"""Between ways with the same amount: who was shown something by a person, then by the shop, then who looked for it herself."""


@dataclass(frozen=True)
class Found:
    """By which way a line was found, what says so, when that was, and in which post she opened it."""

    line: OrderLine
    funnel: str
    by: str
    at: datetime | None = None
    post_id: int | None = None


@transaction.atomic
def note_found(order: Order, found: Sequence[Found]) -> str:
    """Write the ways of all lines of an order, and its own; return that. Two statements, three when its own is another than supposed.

    The way of an order is the one by which most of its goods were found, counted in money.
    """
    lines = []
    for each in found:
        line = each.line
        line.funnel, line.found_by, line.touched_at, line.post_id = each.funnel, each.by, each.at, each.post_id
        lines.append(line)
    OrderLine.objects.bulk_update(lines, ["funnel", "found_by", "touched_at", "post_id"])
    funnel = way_of([(each.funnel, each.line.amount_fen) for each in found])
    if funnel != order.funnel:
        Order.objects.filter(pk=order.pk).update(funnel=funnel)
        order.funnel = funnel
    return funnel


def way_of(lines: Sequence[tuple[str, int]]) -> str:
    """Return the way of an order whose lines have these ways and amounts in fen."""
    amounts: Counter[str] = Counter()
    for funnel, fen in lines:
        amounts[funnel] += fen
    return max(amounts, key=lambda funnel: (amounts[funnel], -PRECEDENCE.index(Order.Funnel(funnel))))
