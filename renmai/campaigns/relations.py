"""What happens between two sides, as rooms and plays tell it: the table of ``insight.queries.relations`` is made of these.

It stands this low so that plays can say what happens in theirs, and rooms above the insight in theirs, while nobody below names them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Rows = Callable[[], QuerySet[Any]]


class Relation(StrEnum):
    """Between whom."""

    PLATFORM = "platform"
    PEOPLE = "people"
    CUSTOMERS = "customers"


@dataclass(frozen=True)
class Interaction:
    """One kind of thing that happens: its rows, the column of its moment, and the columns of the two sides.

    ``person`` is from whom it comes (a browser counts where nobody is known), ``user`` the column by which it is known to be hers when that is
    another one. ``other`` is the person to whom it happens, "" for the platform or for everybody.
    """

    relation: Relation
    key: str
    label: Promise
    rows: Rows
    at: str
    person: str
    user: str = ""
    other: str = ""


_told: dict[str, Interaction] = {}


def tell(*interactions: Interaction) -> None:
    """Add what happens in a room above the insight, once, when it is set up."""
    _told.update({each.key: each for each in interactions})


def told() -> tuple[Interaction, ...]:
    """Return what rooms have added."""
    return tuple(_told.values())
