"""Types of an event's properties. Each says what is wrong with a value, or nothing.

A value is checked, never mended: what a page sends in the wrong type shows that the page and we no longer agree.
"""

import math
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.translation import gettext as _

LARGEST: Final = 2**63 - 1
"""What a column of whole numbers can hold."""


class Field(Protocol):
    """One property: its type in words, the type of its column in Parquet, and whether a value fits."""

    @property
    def says(self) -> str:
        """The type for a reader of the documentation."""

    @property
    def column(self) -> str:
        """The Arrow type of its column."""

    @property
    def is_required(self) -> bool:
        """Whether an event without it is none."""

    def problem(self, value: object) -> str:
        """Return what is wrong with ``value``, "" for nothing. Never repeats the value, which may be personal."""


@dataclass(frozen=True)
class Text:
    """Text of at most ``most`` characters."""

    most: int
    is_required: bool = True
    column: str = "string"

    @property
    def says(self) -> str:
        """The type for a reader of the documentation."""
        return _("text, at most %(most)s characters") % {"most": self.most}

    def problem(self, value: object) -> str:
        """Return what is wrong with ``value``."""
        if not isinstance(value, str):
            return "not a text"
        if len(value) > self.most:
            return "too long"
        return "" if value.isprintable() else "not printable"


@dataclass(frozen=True)
class Whole:
    """A whole number from ``least`` to ``most``."""

    least: int
    most: int
    is_required: bool = True
    column: str = "int64"

    @property
    def says(self) -> str:
        """The type for a reader of the documentation."""
        if self.most == LARGEST:
            return _("whole number, from %(least)s on") % {"least": self.least}
        return _("whole number, %(least)s to %(most)s") % {"least": self.least, "most": self.most}

    def problem(self, value: object) -> str:
        """Return what is wrong with ``value``; True is no number here."""
        if type(value) is not int:
            return "not a whole number"
        return "" if self.least <= value <= self.most else "out of range"


@dataclass(frozen=True)
class Number:
    """A number from ``least`` to ``most``."""

    least: float
    most: float
    is_required: bool = True
    column: str = "float64"

    @property
    def says(self) -> str:
        """The type for a reader of the documentation."""
        return _("number, %(least)s to %(most)s") % {"least": f"{self.least:g}", "most": f"{self.most:g}"}

    def problem(self, value: object) -> str:
        """Return what is wrong with ``value``; neither True nor NaN is a number here."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return "not a number"
        return "" if math.isfinite(value) and self.least <= value <= self.most else "out of range"


@dataclass(frozen=True)
class Flag:
    """True or false."""

    is_required: bool = True
    column: str = "bool"

    @property
    def says(self) -> str:
        """The type for a reader of the documentation."""
        return _("true or false")

    def problem(self, value: object) -> str:
        """Return what is wrong with ``value``."""
        return "" if isinstance(value, bool) else "not true or false"


@dataclass(frozen=True)
class Choice:
    """One of some words."""

    words: tuple[str, ...]
    is_required: bool = True
    column: str = "string"

    @property
    def says(self) -> str:
        """The type for a reader of the documentation."""
        return _("one of: %(words)s") % {"words": ", ".join(self.words)}

    def problem(self, value: object) -> str:
        """Return what is wrong with ``value``."""
        return "" if isinstance(value, str) and value in self.words else "none of the words"
