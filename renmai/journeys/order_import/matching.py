"""Finds the purchase of every return.

A return belongs to what the same customer bought before, the same goods at the same price; the latest purchase that still has
pieces is taken first, and a return may be spread over several. A return without enough earlier pieces is quarantined whole.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop

from renmai.journeys.order_import.reading import PastLine, QuarantinedLine

NO_PURCHASE: Final = gettext_noop("no earlier purchase of these goods at this price by this customer has so many pieces left")
MIXED: Final = gettext_noop("its invoice names several customers or currencies")


@dataclass(frozen=True, slots=True)
class PastReturn:
    """Pieces of one line that came back. ``key`` names the return line it is (part) of."""

    key: str
    row: int
    quantity: int
    at: datetime


@dataclass(slots=True)
class Purchase:
    """One line of an invoice with what came back of it, in the order of time."""

    line: PastLine
    returns: list[PastReturn] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Pieces that have not come back."""
        return self.line.quantity - sum(one.quantity for one in self.returns)


@dataclass(slots=True)
class PastDocument:
    """One invoice with its purchases."""

    number: str
    purchases: list[Purchase] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """A digest of the invoice's own lines: when it changes, the invoice was changed."""
        lines = [
            (one.line.sku_code, one.line.quantity, one.line.unit_price_fen, one.line.customer, one.line.at.isoformat())
            for one in self.purchases
        ]
        return hashlib.sha256(repr(lines).encode()).hexdigest()


@dataclass(frozen=True)
class Plan:
    """What a file comes to: how many lines it has, its invoices in order of appearance, and what stays out."""

    read: int
    documents: list[PastDocument]
    quarantined: list[QuarantinedLine]


def match(lines: Iterable[PastLine | QuarantinedLine]) -> Plan:
    """Group lines into invoices and take each return off an earlier purchase. Needs memory for the whole file."""
    read = 0
    bought: list[PastLine] = []
    returned: list[PastLine] = []
    quarantined: list[QuarantinedLine] = []
    for line in lines:
        read += 1
        if isinstance(line, QuarantinedLine):
            quarantined.append(line)
        else:
            (returned if line.is_return else bought).append(line)
    documents = _documents(bought, quarantined)
    _take_off(returned, documents, quarantined)
    return Plan(read, documents, quarantined)


def _documents(bought: list[PastLine], quarantined: list[QuarantinedLine]) -> list[PastDocument]:
    grouped: dict[str, list[PastLine]] = defaultdict(list)
    for line in bought:
        grouped[line.document].append(line)
    documents = []
    for number, lines in grouped.items():
        if len({(line.customer, line.currency) for line in lines}) > 1:
            quarantined += [QuarantinedLine(line.row, line.document, line.sku_code, MIXED) for line in lines]
        else:
            documents.append(PastDocument(number, [Purchase(line) for line in lines]))
    return documents


def _take_off(returned: list[PastLine], documents: list[PastDocument], quarantined: list[QuarantinedLine]) -> None:
    open_purchases: dict[tuple[str, str, int, str], list[Purchase]] = defaultdict(list)
    for document in documents:
        for purchase in document.purchases:
            open_purchases[_goods(purchase.line)].append(purchase)
    for purchases in open_purchases.values():
        purchases.sort(key=lambda one: (one.line.at, one.line.row))
    in_time = sorted(returned, key=lambda one: (one.at, one.row))
    alone = [line for line in in_time if not _matched(line, open_purchases.get(_goods(line), []))]
    quarantined += [QuarantinedLine(line.row, line.document, line.sku_code, NO_PURCHASE) for line in alone]


def _matched(line: PastLine, purchases: list[Purchase]) -> bool:
    wanted = -line.quantity
    earlier = [(one, left) for one in reversed(purchases) if one.line.at <= line.at and (left := one.left)]
    if sum(left for _one, left in earlier) < wanted:
        return False
    for purchase, left in earlier:
        taken = min(wanted, left)
        purchase.returns.append(PastReturn(f"{line.document}:{line.row}", line.row, taken, line.at))
        wanted -= taken
        if not wanted:
            break
    return True


def _goods(line: PastLine) -> tuple[str, str, int, str]:
    return line.customer, line.sku_code, line.unit_price_fen, line.currency
