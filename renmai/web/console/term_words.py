"""Terms of a play in words: units, bounds, values, and what changed from one version to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from renmai.campaigns.plays import Field, Play
from renmai.web.console.amounts import percent, yuan
from renmai.web.ui.formats import money_text

UNITS: Mapping[str, "str | Promise"] = {
    "fen": "¥",
    "basis_points": "%",
    "minutes": pgettext_lazy("unit", "minutes"),
    "hours": pgettext_lazy("unit", "hours"),
    "days": pgettext_lazy("unit", "days"),
}
TOGETHER: "str | Promise" = gettext_lazy("%(people)s people: %(price)s")


@dataclass(frozen=True)
class Change:
    """One term that another version had otherwise."""

    label: "str | Promise"
    before: str
    after: str


def label_with_unit(field: Field) -> "str | Promise":
    """Return what stands above a field: what it is, and the unit in which it is written."""
    unit = UNITS.get(field.kind)
    return format_lazy("{label}, {unit}", label=field.label, unit=unit) if unit else field.label


def bounds_text(field: Field) -> str:
    """Return from where to where a number may go, in the unit in which it is written."""
    match field.kind:
        case "fen":
            return f"¥{yuan(field.minimum)} – ¥{yuan(field.maximum)}"
        case "basis_points":
            return f"{percent(field.minimum)} % – {percent(field.maximum)} %"
        case _:
            return f"{field.minimum} – {field.maximum}"


def value_text(field: Field, value: Any, *, skus: Mapping[int, str]) -> str:
    """Write the value of a term. ``skus`` names the variants."""
    if value is None or value in ("", []):
        return "—"
    match field.kind:
        case "fen":
            return money_text(value)
        case "basis_points":
            return f"{percent(value)} %"
        case "switch":
            return _("yes") if value else _("no")
        case "choice":
            return str(dict(field.choices).get(value, value))
        case "sku":
            return skus.get(value, f"SKU {value}")
        case "tiers":
            return " · ".join(TOGETHER % {"people": people, "price": money_text(price)} for people, price in value)
        case "minutes" | "hours" | "days":
            return f"{value} {UNITS[field.kind]}"
        case _:
            return str(value)


def terms_in_words(play: Play, terms: Mapping[str, Any], *, skus: Mapping[int, str]) -> list[tuple["str | Promise", str]]:
    """Return the terms as a list of what and how much, in the order of the editor."""
    return [(_label(play, field), value_text(field, terms.get(field.name), skus=skus)) for field in play.fields]


def changes(play: Play, older: Mapping[str, Any], newer: Mapping[str, Any], *, skus: Mapping[int, str]) -> Sequence[Change]:
    """Return what the newer terms say otherwise."""
    return [
        Change(
            _label(play, field),
            value_text(field, older.get(field.name), skus=skus),
            value_text(field, newer.get(field.name), skus=skus),
        )
        for field in play.fields
        if older.get(field.name) != newer.get(field.name)
    ]


def _label(play: Play, field: Field) -> "str | Promise":
    """Return what a field is called in a list without headings: with its group where another one is called the same."""
    is_alone = [each.label for each in play.fields].count(field.label) == 1
    return field.label if is_alone or not field.group else format_lazy("{} · {}", field.group, field.label)
