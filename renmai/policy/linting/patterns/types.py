"""The shape of a row of the pattern table."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise

from renmai.policy.channels import EVERYWHERE
from renmai.policy.linting import lexicon
from renmai.policy.linting.types import Family
from renmai.policy.rules import Outcome


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a finding takes from the table: against which rule it is, on which channels, how hard, and what to do about it."""

    code: str
    family: Family
    language: str = "zh"
    channels: frozenset[str] = EVERYWHERE
    rule_key: str
    outcome: Outcome
    advice: Promise


@dataclass(frozen=True, kw_only=True)
class Pattern(Row):
    """A row with an ``expression`` (see ``lexicon``) over plain text.

    ``unless`` takes a match back when it is found in the matched text, ``unless_near`` when it is found in the same sentence; ``only_if``
    judges what an expression cannot, such as an amount. A row that ``is_literal`` contains a denial itself. Each row carries an example
    that must be found and an honest neighbour that must not: they are its tests.
    """

    expression: str
    unless: str = ""
    unless_near: str = ""
    only_if: Callable[[re.Match[str]], bool] | None = field(default=None, compare=False)
    is_literal: bool = False
    matches: str
    spares: str

    @cached_property
    def finds(self) -> re.Pattern[str]:
        """The expression, compiled on first use."""
        return lexicon.compiled(self.expression)

    @cached_property
    def is_excluded_by(self) -> re.Pattern[str] | None:
        """What takes a match back, compiled on first use."""
        return lexicon.compiled(self.unless) if self.unless else None

    @cached_property
    def is_excluded_near(self) -> re.Pattern[str] | None:
        """What takes a match back anywhere in its sentence, compiled on first use."""
        return lexicon.compiled(self.unless_near) if self.unless_near else None
