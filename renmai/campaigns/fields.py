"""The terms of a play as the operator meets them: fields to fill in, and what of them can be tried out."""

from dataclasses import dataclass
from typing import Any, Literal

from renmai.campaigns.shown import Text

FieldKind = Literal["fen", "integer", "basis_points", "minutes", "hours", "days", "switch", "choice", "text", "sku", "tiers"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One term of a play as the operator's editor shows it. ``default`` is of the kind's type; bounds are inclusive.

    Raw values: ``tiers`` is a list of ``[people, fen]``, ``sku`` an id, ``switch`` a bool, ``choice`` and ``text`` strings, all other
    kinds whole numbers (fen, basis points, the unit the kind names).
    """

    name: str
    kind: FieldKind
    label: Text
    default: Any
    help: Text = ""
    group: Text = ""
    minimum: int = 0
    maximum: int = 0
    choices: tuple[tuple[str, Text], ...] = ()
    is_required: bool = True


@dataclass(frozen=True)
class Variation:
    """One thing of a play's terms that an experiment may vary. ``options``: key and label; the first leaves the terms as they are."""

    name: str
    title: Text
    about: Text
    options: tuple[tuple[str, Text], ...]
