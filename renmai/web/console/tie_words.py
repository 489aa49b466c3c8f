"""Ties in the console's words: states, what proves them, the matrix of passages as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from renmai.insight.portraits.ties import Passage, State, Tie
from renmai.sharing.models import Shop
from renmai.sharing.queries import shops_by_id

LABELS: Mapping[State, "str | Promise"] = {
    State.NONE: pgettext_lazy("tie", "Strangers"),
    State.RELATIONSHIP: pgettext_lazy("tie", "Relationship"),
    State.TRUST: pgettext_lazy("tie", "Trust"),
    State.EXCHANGE: pgettext_lazy("tie", "Exchange"),
}
MEANINGS: Mapping[State, "str | Promise"] = {
    State.RELATIONSHIP: _("She opened a link of the shop, or was bound to it."),
    State.TRUST: _("She kept whole what she ordered there."),
    State.EXCHANGE: _("She kept a second order, or passed something of the shop on."),
}
PROOFS: Mapping[str, "str | Promise"] = {
    "visit": _("opened a link"),
    "binding": _("was bound"),
    "order": _("kept an order"),
    "share": _("passed something on"),
}


@dataclass(frozen=True)
class StateInWords:
    """How many ties are in a state now."""

    label: "str | Promise"
    meaning: "str | Promise"
    count: int


@dataclass(frozen=True)
class Cell:
    """A passage straight from one state to another: how many of those who entered the first, and after how many days."""

    count: int
    part: float | None
    days: float | None


@dataclass(frozen=True)
class Line:
    """One state and where ties went from it; None where a passage cannot be."""

    label: "str | Promise"
    entered: int
    cells: tuple[Cell | None, ...]
    stayed: int


@dataclass(frozen=True)
class StepInWords:
    """One step of a tie."""

    label: "str | Promise"
    at: datetime
    proof: "str | Promise"


@dataclass(frozen=True)
class TieInWords:
    """One tie: the shop and its steps."""

    shop: Shop | None
    steps: tuple[StepInWords, ...]


def states_in_words(ties: Sequence[Tie]) -> list[StateInWords]:
    """Return how many ties are in each state."""
    counts = Counter(tie.state for tie in ties)
    return [StateInWords(LABELS[state], MEANINGS[state], counts[state]) for state in MEANINGS]


def matrix_in_words(passages: Sequence[Passage]) -> list[Line]:
    """Return a line for each state that can be left, with a cell for each state above it."""
    found = {(row.origin, row.goal): row for row in passages}
    goals = list(MEANINGS)
    lines = []
    for origin in (State.NONE, State.RELATIONSHIP, State.TRUST):
        left = sum(row.count for row in passages if row.origin is origin)
        entered = left if origin is State.NONE else sum(row.count for row in passages if row.goal is origin)
        cells = tuple(_cell(found.get((origin, goal)), entered) if goal > origin else None for goal in goals)
        lines.append(Line(LABELS[origin], entered, cells, entered - left))
    return lines


def ties_in_words(ties: Sequence[Tie]) -> list[TieInWords]:
    """Return ties with their shops and steps. One statement."""
    shops = shops_by_id({tie.shop_id for tie in ties})
    return [
        TieInWords(
            shops.get(tie.shop_id),
            tuple(StepInWords(LABELS[proof.state], proof.at, PROOFS[proof.kind]) for proof in tie.path),
        )
        for tie in ties
    ]


def _cell(row: Passage | None, entered: int) -> Cell:
    count = row.count if row else 0
    return Cell(count, count / entered if entered else None, row.days if row else None)
