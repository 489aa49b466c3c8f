"""The form of the SKU matrix: options × values → a table of variants, kept as it was typed until it can be saved.

The table is made on the server, so it works without JavaScript: *combine* makes the rows that the options ask for, *fill* writes one
value down a column, *save* hands everything to ``catalogue.set_skus``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from renmai.catalogue.actions import OptionInput, SkuInput, ValueInput, all_combinations
from renmai.catalogue.actions.matrix import MAX_CODE, MAX_OPTIONS, MAX_PIECES, MAX_SKUS, MAX_WEIGHT_GRAMS
from renmai.catalogue.models import ProductOption, Sku
from renmai.kernel.errors import DomainError
from renmai.web.console.amounts import BAD_AMOUNT, BAD_NUMBER, hundredths, whole, yuan

COLUMNS: Final = ("code", "price", "wholesale", "minimum", "weight")
FILLED: Final = ("price", "wholesale", "minimum", "weight")
CELL_LENGTH: Final = 80
DEFAULT_WEIGHT: Final = "500"


@dataclass(frozen=True)
class OptionDraft:
    """One option as typed: its values one a line, ``中文 | English``."""

    name_zh: str = ""
    name_en: str = ""
    values: str = ""

    def parsed(self) -> OptionInput:
        """Return the option, its lines taken apart."""
        values = []
        for line in self.values.splitlines():
            chinese, _bar, english = line.replace("｜", "|").partition("|")
            if chinese.strip() or english.strip():
                values.append(ValueInput(chinese.strip() or english.strip(), english.strip()))
        return OptionInput(self.name_zh.strip() or self.name_en.strip(), tuple(values), self.name_en.strip())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.name_zh.strip() or self.name_en.strip() or self.values.strip())


@dataclass(frozen=True)
class RowDraft:
    """One variant as typed. ``sku_id`` is the one that is kept; ``errors`` stand beside their cells."""

    values: tuple[str, ...] = ()
    sku_id: int | None = None
    code: str = ""
    price: str = ""
    wholesale: str = ""
    minimum: str = ""
    weight: str = DEFAULT_WEIGHT
    is_active: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def values_json(self) -> str:
        """The combination for its hidden field."""
        return json.dumps(self.values, ensure_ascii=False)

    def cells(self) -> list[tuple[str, str, str]]:
        """Return the typed columns: name, text, error."""
        return [(name, getattr(self, name), self.errors.get(name, "")) for name in COLUMNS]


@dataclass(frozen=True)
class Draft:
    """The whole form."""

    options: tuple[OptionDraft, ...]
    rows: tuple[RowDraft, ...]

    @property
    def slots(self) -> tuple[OptionDraft, ...]:
        """The options, filled up to as many as there may be."""
        return (self.options + (OptionDraft(),) * MAX_OPTIONS)[:MAX_OPTIONS]

    @property
    def names(self) -> list[str]:
        """The heads of the value columns."""
        return [option.name_zh or option.name_en for option in self.options if not option.is_empty]

    @property
    def has_errors(self) -> bool:
        """Whether a cell cannot be read."""
        return any(row.errors for row in self.rows)


def of_product(options: Sequence[ProductOption], skus: Sequence[Sku]) -> Draft:
    """Return the form of a product as it stands. Variants that fit no combination any more are left out of the table."""
    place = {option.pk: position for position, option in enumerate(options)}
    rows = []
    for sku in sorted(skus, key=lambda sku: (sku.position, sku.pk)):
        chosen = sorted(sku.values.all(), key=lambda value: place.get(value.option_id, MAX_OPTIONS))
        if len(chosen) == len(options) and (sku.is_active or options):
            rows.append(_row_of(sku, tuple(value.value_zh for value in chosen)))
    return Draft(tuple(_option_of(option) for option in options), tuple(rows) or (RowDraft(),))


def typed(data: QueryDict) -> Draft:
    """Return the form as it was sent; whatever cannot be understood is left out, never trusted."""
    names, english, values = (_texts(data, f"option_{name}")[:MAX_OPTIONS] for name in ("name_zh", "name_en", "values"))
    options = [OptionDraft(*(text[:5000] for text in row)) for row in zip(names, english, values, strict=False)]
    active = set(data.getlist("active"))
    columns = [_texts(data, name) for name in ("sku_id", "values", *COLUMNS)]
    rows = []
    for index, (sku_id, chosen, *cells) in enumerate(zip(*columns, strict=False)):
        if index == MAX_SKUS:
            break
        texts = dict(zip(COLUMNS, (cell.strip()[:CELL_LENGTH] for cell in cells), strict=True))
        number = whole(sku_id, maximum=2**63 - 1) if sku_id else None
        rows.append(RowDraft(_values(chosen), number, **texts, is_active=str(index) in active))
    return Draft(tuple(option for option in options if not option.is_empty), tuple(rows))


def _texts(data: QueryDict, name: str) -> list[str]:
    """Return what was sent as ``name``, without what no database takes."""
    return [text.replace("\x00", "") for text in data.getlist(name)]


def combined(draft: Draft) -> Draft:
    """Return the draft with one row for every combination of its options; rows that fit keep what was typed and their variant.

    A row fits by its values; when only names of values changed, by its place; when an option was added, by the values it had.
    """
    wanted = all_combinations([option.parsed() for option in draft.options])
    by_values = {row.values: row for row in draft.rows}
    found = {values: by_values.pop(values) for values in wanted if values in by_values}
    left = list(by_values.values())
    same_shape = len(draft.rows) == len(wanted) and all(len(row.values) == len(wanted[0]) for row in draft.rows)
    for place, values in enumerate(wanted):
        if values in found:
            continue
        heir = draft.rows[place] if same_shape and draft.rows[place] in left else None
        heir = heir or next((row for row in left if row.values == values[: len(row.values)]), None)
        if heir is not None:
            left.remove(heir)
            found[values] = replace(heir, values=values)
        else:
            pattern = _nearest(draft, values)
            found[values] = RowDraft(values, price=pattern.price, weight=pattern.weight)
    return Draft(draft.options, tuple(found[values] for values in wanted))


def _nearest(draft: Draft, values: tuple[str, ...]) -> RowDraft:
    """Return the row with a price that shares most values: the large one in plain paper costs about what the large gift box does."""
    priced = [row for row in draft.rows if row.price]
    return max(priced, key=lambda row: len(set(row.values) & set(values)), default=RowDraft())


def filled(draft: Draft, column: str, text: str) -> Draft:
    """Return the draft with ``text`` in every row of ``column`` that is switched on."""
    if column not in FILLED:
        return draft
    text = text.strip()[:CELL_LENGTH]
    return replace(draft, rows=tuple(replace(row, **{column: text}) if row.is_active else row for row in draft.rows))  # type: ignore[arg-type]


def checked(draft: Draft) -> Draft:
    """Return the draft with an error beside every cell that cannot be read."""
    codes = [row.code for row in draft.rows if row.code]
    return replace(draft, rows=tuple(replace(row, errors=_errors(row, codes)) for row in draft.rows))


def inputs(draft: Draft) -> tuple[list[OptionInput], list[SkuInput]]:
    """Return what ``set_skus`` takes of a draft without errors. A new row that is switched off is not made."""
    options = [option.parsed() for option in draft.options]
    if any(not option.values for option in options):
        raise DomainError("catalogue.matrix")
    rows = [row for row in draft.rows if row.is_active or row.sku_id is not None]
    return options, [_input(row) for row in rows]


def _input(row: RowDraft) -> SkuInput:
    price = hundredths(row.price)
    assert price is not None  # noqa: S101 - ``checked`` found no error  # nosec B101
    wholesale = hundredths(row.wholesale) if row.wholesale else None
    return SkuInput(
        values=row.values,
        price_fen=price,
        sku_id=row.sku_id,
        code=row.code,
        weight_grams=int(row.weight),
        wholesale_price_fen=wholesale,
        wholesale_minimum=int(row.minimum or 0) if wholesale is not None else 0,
        is_active=row.is_active,
    )


def _errors(row: RowDraft, codes: Sequence[str]) -> dict[str, str]:
    if not row.is_active and row.sku_id is None:
        return {}
    found = {}
    if not hundredths(row.price):
        found["price"] = str(BAD_AMOUNT)
    if row.wholesale and not hundredths(row.wholesale):
        found["wholesale"] = str(BAD_AMOUNT)
    if row.minimum and whole(row.minimum, maximum=MAX_PIECES) is None:
        found["minimum"] = BAD_NUMBER % {"minimum": 0, "maximum": f"{MAX_PIECES:,}"}
    if whole(row.weight, minimum=1, maximum=MAX_WEIGHT_GRAMS) is None:
        found["weight"] = BAD_NUMBER % {"minimum": 1, "maximum": f"{MAX_WEIGHT_GRAMS:,}"}
    if len(row.code) > MAX_CODE or any(char.isspace() for char in row.code):
        found["code"] = _("At most %(most)s characters, without spaces.") % {"most": MAX_CODE}
    elif codes.count(row.code) > 1:
        found["code"] = _("This code stands here twice.")
    return found


def _values(text: str) -> tuple[str, ...]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(found, list) or len(found) > MAX_OPTIONS:
        return ()
    return tuple(str(value) for value in found)


def _option_of(option: ProductOption) -> OptionDraft:
    values = sorted(option.values.all(), key=lambda value: (value.position, value.pk))
    lines = [f"{value.value_zh} | {value.value_en}" if value.value_en else value.value_zh for value in values]
    return OptionDraft(option.name_zh, option.name_en, "\n".join(lines))


def _row_of(sku: Sku, values: tuple[str, ...]) -> RowDraft:
    return RowDraft(
        values,
        sku.pk,
        code=sku.code,
        price=yuan(sku.price_fen),
        wholesale=yuan(sku.wholesale_price_fen),
        minimum=str(sku.wholesale_minimum or ""),
        weight=str(sku.weight_grams),
        is_active=sku.is_active,
    )
