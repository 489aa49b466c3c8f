"""Purchases of the past from files: the CDNOW logs as published, and CSV with the columns of the UCI online retail data; plain or xz."""

import csv
import lzma
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

XZ = b"\xfd7zXZ\x00"
RETAIL = ("InvoiceNo", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID")
RETURN_MARK = "C"
CDNOW_COLUMNS = (4, 5)
"""Customer, day, pieces, dollars; the published sample has a number of its own for each customer behind the first."""


class Purchase(NamedTuple):
    """Somebody ordered on a day; ``amount`` in the file's currency, 0 for what was free."""

    customer: str
    day: date
    amount: float


def read(path: Path) -> list[Purchase]:
    """Return every purchase of a file. Raises ``ValueError`` for a file in neither format, ``OSError`` when it cannot be read.

    Lines that are no purchase of anybody known are left out: returns, lines without a customer, and in retail data what was free (corrections).
    """
    with path.open("rb") as file:
        is_packed = file.read(len(XZ)) == XZ
    opener = lzma.open if is_packed else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as text:
            first = text.readline()
            text.seek(0)
            found = list(_retail(text) if "," in first else _cdnow(text))
    except (lzma.LZMAError, UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    if not found:
        raise ValueError(f"{path.name} holds no purchases")
    return found


def _cdnow(lines: Iterable[str]) -> Iterator[Purchase]:
    for number, line in enumerate(lines, start=1):
        parts = line.split()
        try:
            day = date.fromisoformat(parts[-3])
            amount = float(parts[-1])
        except (IndexError, ValueError) as error:
            if number == 1 or not parts:
                continue
            raise ValueError(f"line {number} is no purchase: customer, day, pieces and amount are expected") from error
        if len(parts) not in CDNOW_COLUMNS:
            raise ValueError(f"line {number} has {len(parts)} columns, 4 or 5 are expected")
        if amount >= 0:
            yield Purchase(parts[0], day, amount)


def _retail(text: TextIO) -> Iterator[Purchase]:
    rows = csv.reader(text)
    header = next(rows)
    missing = [name for name in RETAIL if name not in header]
    if missing:
        raise ValueError(f"the columns {', '.join(missing)} are missing")
    invoice, quantity, moment, price, customer = (header.index(name) for name in RETAIL)
    for row in rows:
        try:
            amount = int(row[quantity]) * float(row[price])
            if row[customer] and amount > 0 and not row[invoice].startswith(RETURN_MARK):
                yield Purchase(row[customer], date.fromisoformat(row[moment][:10]), amount)
        except (IndexError, ValueError) as error:
            raise ValueError(f"line {rows.line_num} is no purchase: {error}") from error
