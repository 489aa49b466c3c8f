"""Reads the lines of past invoices and judges each by itself."""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext_noop

from renmai.kernel.money import MAX_FEN

COLUMNS: Final = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
DEFAULT_CURRENCY: Final = "GBP"
MAX_QUANTITY: Final = 10_000_000
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _.-]{0,39}")
CURRENCY: Final = re.compile(r"[A-Z]{3}")
NOT_GOODS: Final = re.compile(r"(POST|DOT|C2|M|D|S|B|PADS|CRUK|AMAZONFEE|BANK CHARGES|gift_.*)", re.IGNORECASE)
"""Carriage, discounts, samples, fees, vouchers: lines of an invoice that are no goods."""

COLUMNS_MISSING: Final = gettext_noop("the line has too few columns")
NO_DOCUMENT: Final = gettext_noop("there is no invoice number, or not a usable one")
NO_CODE: Final = gettext_noop("there is no stock code, or not a usable one")
NO_GOODS: Final = gettext_noop("this is carriage, a fee, a discount or a voucher, no goods")
NO_CUSTOMER: Final = gettext_noop("the customer is not known, and an order belongs to somebody")
NO_QUANTITY: Final = gettext_noop("the quantity is not a whole number other than nought")
NO_PRICE: Final = gettext_noop("the price is nought, negative or no number")
NOT_MINOR_UNITS: Final = gettext_noop("the price has fractions of the smallest coin")
NO_TIME: Final = gettext_noop("the time cannot be read (YYYY-MM-DD HH:MM:SS)")
NO_CURRENCY: Final = gettext_noop("the currency is not a three-letter code")
CORRECTION: Final = gettext_noop("a negative quantity outside a credit note: a correction of the stock, no return")
POSITIVE_CREDIT: Final = gettext_noop("a positive quantity on a credit note")


@dataclass(frozen=True, slots=True)
class PastLine:
    """One line that can be understood. ``quantity`` is negative for a return; the price is in the currency's minor unit."""

    row: int
    document: str
    sku_code: str
    title: str
    quantity: int
    at: datetime
    unit_price_fen: int
    customer: str
    country: str
    currency: str

    @property
    def is_return(self) -> bool:
        """True for goods that came back."""
        return self.quantity < 0


@dataclass(frozen=True, slots=True)
class QuarantinedLine:
    """One line that is not imported: its number in the file (the header is line 1), its document, and why."""

    row: int
    document: str
    sku_code: str
    reason: str


def read_lines(text: Iterable[str]) -> Iterator[PastLine | QuarantinedLine]:
    """Yield every line of a CSV with the columns ``COLUMNS`` (and perhaps ``Currency``), judged. Raises ``ValueError`` without them."""
    reader = csv.DictReader(text)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"the columns {', '.join(missing)} are missing")
    for row, cells in enumerate(reader, start=2):
        yield _judge(row, cells)


def _judge(row: int, cells: dict[str, str | None]) -> PastLine | QuarantinedLine:
    texts = {column: (cells.get(column) or "").replace("\x00", "").strip() for column in (*COLUMNS, "Currency")}
    document, code = texts["InvoiceNo"], texts["StockCode"]
    reason = _reason(cells, texts)
    if reason:
        return QuarantinedLine(row, document[:60], code[:40], reason)
    return PastLine(
        row=row,
        document=sys.intern(document),
        sku_code=sys.intern(code),
        title=sys.intern(texts["Description"][:120] or code),
        quantity=int(texts["Quantity"]),
        at=_time(texts["InvoiceDate"]) or datetime.min.replace(tzinfo=UTC),
        unit_price_fen=int(_price(texts["UnitPrice"]) * 100),
        customer=sys.intern(texts["CustomerID"].removesuffix(".0")),
        country=sys.intern(texts["Country"][:60]),
        currency=sys.intern(texts["Currency"] or DEFAULT_CURRENCY),
    )


def _reason(cells: dict[str, str | None], texts: dict[str, str]) -> str:
    """Return why a line cannot be imported, "" when it can. The first reason found is the one that is told."""
    quantity = _quantity(texts["Quantity"])
    price = _price(texts["UnitPrice"])
    is_credit = texts["InvoiceNo"].upper().startswith("C")
    reasons = (
        (any(cells.get(column) is None for column in COLUMNS), COLUMNS_MISSING),
        (not CODE.fullmatch(texts["InvoiceNo"]) or len(texts["InvoiceNo"]) > 20, NO_DOCUMENT),
        (not CODE.fullmatch(texts["StockCode"]), NO_CODE),
        (bool(NOT_GOODS.fullmatch(texts["StockCode"])), NO_GOODS),
        (quantity == 0, NO_QUANTITY),
        (quantity < 0 and not is_credit, CORRECTION),
        (quantity > 0 and is_credit, POSITIVE_CREDIT),
        (not 0 < price * 100 * abs(quantity) <= MAX_FEN, NO_PRICE),
        (price * 100 != int(price * 100), NOT_MINOR_UNITS),
        (_time(texts["InvoiceDate"]) is None, NO_TIME),
        (bool(texts["Currency"]) and not CURRENCY.fullmatch(texts["Currency"]), NO_CURRENCY),
        (not CODE.fullmatch(texts["CustomerID"]), NO_CUSTOMER),
    )
    return next((reason for applies, reason in reasons if applies), "")


def _quantity(text: str) -> int:
    """Return the quantity, 0 for what is no whole number of a sane size."""
    if not re.fullmatch(r"-?[0-9]{1,8}", text):
        return 0
    return int(text) if abs(int(text)) <= MAX_QUANTITY else 0


def _price(text: str) -> Decimal:
    """Return the price, −1 for what is none."""
    try:
        price = Decimal(text)
    except InvalidOperation:
        return Decimal(-1)
    return price if price.is_finite() and abs(price) <= MAX_FEN else Decimal(-1)


def _time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
