"""The rows of a catalogue CSV: read, checked, typed. Pure: looks at no table. The format is described in ``docs/catalogue-csv.md``."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_noop

from renmai.catalogue.actions.feeds import MAX_ON_HAND
from renmai.catalogue.actions.matrix import MAX_OPTIONS, MAX_WEIGHT_GRAMS
from renmai.kernel.errors import DomainError
from renmai.kernel.money import MAX_FEN

REQUIRED: Final = ("product_code", "sku_code", "category", "supplier", "title_zh", "price", "stock")
MAX_COMMISSION: Final = 3000

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_SKU_CODE: Final = re.compile(r"[\w.-]{1,60}", re.ASCII)
_AMOUNT: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LENGTHS: Final = {
    "title_zh": 120,
    "title_en": 120,
    "subtitle_zh": 200,
    "subtitle_en": 200,
    "description_zh": 20_000,
    "description_en": 20_000,
    "keywords": 300,
    "brand": 60,
    "motif": 40,
    "supplier": 40,
    "supplier_name": 60,
    "supplier_name_en": 60,
    "freight_template": 40,
}
_OPTION_LENGTH: Final = 40
_CATEGORY_LENGTH: Final = 40
_OPTIONS_TEXT_LENGTH: Final = 120

MISSING: Final = gettext_noop("is empty")
TOO_LONG: Final = gettext_noop("is too long")
NOT_A_CODE: Final = gettext_noop("is not a code")
NOT_AN_AMOUNT: Final = gettext_noop("is not an amount in yuan with at most two decimals")
NOT_A_NUMBER: Final = gettext_noop("is not a whole number within its bounds")
NOT_YES_OR_NO: Final = gettext_noop("is neither 1 nor 0")
NOT_OPTIONS: Final = gettext_noop("is not of the form name=value; name=value")
NOT_A_PATH: Final = gettext_noop("is not one or two names separated by a slash")
TOO_MANY_CELLS: Final = gettext_noop("has more cells than the header has columns")
NOT_CSV: Final = gettext_noop("cannot be read as CSV")


@dataclass(frozen=True)
class Quarantined:
    """A line that was not imported: where it stands, which column is wrong (empty: the whole line), why, and what it said."""

    line: int
    column: str
    reason: str
    header: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The column and the reason in one piece."""
        return f"{self.column} {self.reason}".strip()


@dataclass(frozen=True)
class Pair:
    """An option and its value, or two names of one thing, in Chinese and English."""

    name_zh: str
    value_zh: str
    name_en: str = ""
    value_en: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueRow:
    """One variant of one product, checked. Money in fen, weight in grams; ``commission_basis_points`` None means the default."""

    line: int
    header: tuple[str, ...]
    cells: tuple[str, ...]
    product_code: str
    sku_code: str
    category: tuple[str, ...]
    category_en: tuple[str, ...]
    texts: dict[str, str]
    options: tuple[Pair, ...]
    price_fen: int
    wholesale_price_fen: int | None
    wholesale_minimum: int
    stock: int
    weight_grams: int
    currency: str
    is_listed: bool
    commission_basis_points: int | None

    def quarantined(self, reason: str, column: str = "") -> Quarantined:
        """Return this row as one that was not imported."""
        return Quarantined(self.line, column, reason, self.header, self.cells)


class _Wrong(Exception):
    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column = column
        self.reason = reason


def read_rows(lines: Iterable[str]) -> Iterator[CatalogueRow | Quarantined]:
    """Yield every data line as a checked row or as a quarantined one, in order; blank lines are passed over.

    Raises ``catalogue.import_columns`` when the header lacks a required column.
    """
    reader = csv.reader(lines)
    try:
        header = tuple(name.strip().lower() for name in next(reader, []))
    except csv.Error:
        header = ()
    for column in REQUIRED:
        if column not in header:
            raise DomainError("catalogue.import_columns", column=column)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Quarantined(reader.line_num, "", NOT_CSV, header, ())
            continue
        if any(cell.strip() for cell in cells):
            yield _row(reader.line_num, header, tuple(cells))


def _row(line: int, header: tuple[str, ...], cells: tuple[str, ...]) -> CatalogueRow | Quarantined:
    if len(cells) > len(header):
        return Quarantined(line, "", TOO_MANY_CELLS, header, cells)
    if any("\x00" in cell for cell in cells):
        return Quarantined(line, "", NOT_CSV, header, cells)
    given = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
    try:
        return CatalogueRow(line=line, header=header, cells=cells, **_fields(given))  # type: ignore[arg-type]
    except _Wrong as wrong:
        return Quarantined(line, wrong.column, wrong.reason, header, cells)


def _fields(given: dict[str, str]) -> dict[str, object]:
    for column in REQUIRED:
        if not given.get(column):
            raise _Wrong(column, MISSING)
    texts = {column: " ".join(given.get(column, "").split()) for column in _LENGTHS if "description" not in column}
    texts |= {column: given.get(column, "") for column in _LENGTHS if "description" in column}
    for column, most in _LENGTHS.items():
        if len(texts[column]) > most:
            raise _Wrong(column, TOO_LONG)
    for column, pattern in (("product_code", _CODE), ("sku_code", _SKU_CODE), ("supplier", _CODE)):
        if not pattern.fullmatch(given[column]):
            raise _Wrong(column, NOT_A_CODE)
    currency = given.get("currency") or "CNY"
    if not _CURRENCY.fullmatch(currency):
        raise _Wrong("currency", NOT_A_CODE)
    category = _path("category", given["category"])
    wholesale = given.get("wholesale_price", "")
    commission = given.get("commission_bps", "")
    return {
        "product_code": given["product_code"],
        "sku_code": given["sku_code"],
        "category": category,
        "category_en": _path("category_en", given.get("category_en") or given["category"]),
        "texts": texts,
        "options": _options(given.get("options", ""), given.get("options_en", "")),
        "price_fen": _fen("price", given["price"]),
        "wholesale_price_fen": _fen("wholesale_price", wholesale) if wholesale else None,
        "wholesale_minimum": _whole("wholesale_minimum", given.get("wholesale_minimum") or "0", most=9999),
        "stock": _whole("stock", given["stock"], most=MAX_ON_HAND),
        "weight_grams": _whole("weight_grams", given.get("weight_grams") or "500", least=1, most=MAX_WEIGHT_GRAMS),
        "currency": currency,
        "is_listed": _yes_or_no("listed", given.get("listed") or "1"),
        "commission_basis_points": _whole("commission_bps", commission, most=MAX_COMMISSION) if commission else None,
    }


def _fen(column: str, text: str) -> int:
    if not _AMOUNT.fullmatch(text):
        raise _Wrong(column, NOT_AN_AMOUNT)
    fen = Decimal(text) * 100
    exact = int(fen)
    if exact != fen or not 1 <= exact <= MAX_FEN:
        raise _Wrong(column, NOT_AN_AMOUNT)
    return exact


def _whole(column: str, text: str, *, least: int = 0, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise _Wrong(column, NOT_A_NUMBER)
    return int(text)


def _yes_or_no(column: str, text: str) -> bool:
    if text not in {"0", "1"}:
        raise _Wrong(column, NOT_YES_OR_NO)
    return text == "1"


def _path(column: str, text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split("/"))
    if len(parts) > 2 or not all(parts):
        raise _Wrong(column, NOT_A_PATH)
    if any(len(part) > _CATEGORY_LENGTH for part in parts):
        raise _Wrong(column, TOO_LONG)
    return parts


def _options(chinese: str, english: str) -> tuple[Pair, ...]:
    pairs = _pairs("options", chinese)
    translated = _pairs("options_en", english)
    if (translated and len(translated) != len(pairs)) or len({name for name, _value in pairs}) != len(pairs):
        raise _Wrong("options_en" if translated else "options", NOT_OPTIONS)
    if len(pairs) > MAX_OPTIONS or len(" · ".join(value for _name, value in pairs)) > _OPTIONS_TEXT_LENGTH:
        raise _Wrong("options", TOO_LONG)
    if not translated:
        return tuple(Pair(name, value) for name, value in pairs)
    return tuple(
        Pair(name, value, name_en, value_en) for (name, value), (name_en, value_en) in zip(pairs, translated, strict=True)
    )


def _pairs(column: str, text: str) -> list[tuple[str, str]]:
    pairs = []
    for part in (part.strip() for part in text.replace("；", ";").split(";")):
        if not part:
            continue
        name, equals, value = (piece.strip() for piece in part.replace("＝", "=").partition("="))
        if not (equals and name and value):
            raise _Wrong(column, NOT_OPTIONS)
        if len(name) > _OPTION_LENGTH or len(value) > _OPTION_LENGTH:
            raise _Wrong(column, TOO_LONG)
        pairs.append((name, value))
    return pairs
