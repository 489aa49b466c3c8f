"""The form of a segment: rows of conditions, read without trust, shown again as they were typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise

from renmai.catalogue.models import Category, Product
from renmai.insight.portraits.conditions import COMPARISONS, FIELDS, MOST_CONDITIONS, Kind
from renmai.insight.portraits.models import Segment

FEW_CHOICES = 8
"""So many choices stand side by side; more are a list."""

BRANDS = 200


@dataclass(frozen=True)
class Choice:
    """One choice of a field."""

    value: str
    label: "str | Promise"
    is_chosen: bool


@dataclass(frozen=True)
class ConditionRow:
    """One condition as the form shows it. ``widget``: ``number``, ``options`` (side by side), ``list`` or ``text`` (parted by commas)."""

    index: int
    field: str
    comparison: str
    text: str
    widget: str
    unit: "str | Promise"
    comparisons: tuple[Choice, ...]
    fields: tuple[Choice, ...]
    choices: tuple[Choice, ...]
    hints: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """What somebody is composing: data of conditions that may still be wrong."""

    name: str
    match: str
    conditions: tuple[dict[str, Any], ...]

    @property
    def may_grow(self) -> bool:
        """Whether one more condition has room."""
        return len(self.conditions) < MOST_CONDITIONS


FIRST: dict[str, Any] = {"field": "orders", "comparison": "at_least", "values": ["1"]}


def blank() -> Draft:
    """Return what a new segment begins with."""
    return Draft("", Segment.Match.ALL, (FIRST,))


def of_segment(segment: Segment) -> Draft:
    """Return a saved segment for changing."""
    return Draft(segment.name, segment.match, tuple(segment.conditions))


def typed(post: QueryDict) -> Draft:
    """Return what was sent: names of fields end with the number of their row. An added row, a dropped row and a changed field are followed."""
    act = post.get("act", "")
    count = min(_whole(post.get("count", "")), MOST_CONDITIONS)
    rows = [_row(post, index) for index in range(count) if act != f"drop:{index}"]
    if act == "add" and len(rows) < MOST_CONDITIONS:
        rows.append(FIRST)
    return Draft(post.get("name", ""), post.get("match", ""), tuple(rows))


def rows_of(draft: Draft) -> list[ConditionRow]:
    """Return the rows to show. Two statements where shelves and brands can be chosen."""
    shelves = _shelves() if any(row["field"] == "category" for row in draft.conditions) else ()
    brands = _brands() if any(row["field"] == "brand" for row in draft.conditions) else ()
    return [_shown(index, row, shelves, brands) for index, row in enumerate(draft.conditions)]


def _row(post: QueryDict, index: int) -> dict[str, Any]:
    field = post.get(f"field-{index}", "")
    field = field if field in FIELDS else str(FIRST["field"])
    comparisons = COMPARISONS[FIELDS[field].kind]
    comparison = post.get(f"comparison-{index}", "")
    values = [value for given in post.getlist(f"value-{index}") for value in _parted(given, field)]
    return {"field": field, "comparison": comparison if comparison in comparisons else next(iter(comparisons)), "values": values}


def _parted(given: str, field: str) -> Iterable[str]:
    """Return the values within one input: brands and words may be parted by commas of either kind."""
    if FIELDS[field].kind is Kind.NUMBER or FIELDS[field].choices:
        return (given.strip(),) if given.strip() else ()
    commas = given.replace("，", ",").replace("、", ",")
    return tuple(part.strip() for part in commas.split(",") if part.strip())


def _shown(index: int, row: dict[str, Any], shelves: Sequence[tuple[str, str]], brands: Sequence[str]) -> ConditionRow:
    name = row["field"]
    field = FIELDS[name]
    chosen = set(row["values"])
    choices: Sequence[tuple[str, str | Promise]] = shelves if name == "category" else field.choices
    widget = "number" if field.kind is Kind.NUMBER else "text"
    if choices:
        widget = "options" if len(choices) <= FEW_CHOICES and name != "category" else "list"
    return ConditionRow(
        index=index,
        field=name,
        comparison=row["comparison"],
        text=", ".join(row["values"]),
        widget=widget,
        unit=field.unit,
        comparisons=tuple(Choice(code, label, code == row["comparison"]) for code, label in COMPARISONS[field.kind].items()),
        fields=tuple(Choice(code, each.label, code == name) for code, each in FIELDS.items()),
        choices=tuple(Choice(value, label, value in chosen) for value, label in choices),
        hints=tuple(brands) if name == "brand" else (),
    )


def _shelves() -> tuple[tuple[str, str], ...]:
    """Return every category with its shelf before it."""
    rows = Category.objects.select_related("parent").order_by("parent__position", "position", "pk")[:500]
    return tuple((row.slug, f"{row.parent.name} · {row.name}" if row.parent else row.name) for row in rows)


def _brands() -> tuple[str, ...]:
    rows = Product.objects.exclude(brand="").order_by("brand").values_list("brand", flat=True).distinct()
    return tuple(rows[:BRANDS])


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
