"""What the alarm can find, with its figures and a sentence for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    """How much it matters: an alarm crosses a line of the law, a warning comes near it."""

    ALARM = "alarm"
    WARNING = "warning"


class Code(StrEnum):
    """The kinds of findings; each is the code of the alert that it opens too."""

    LINE = "pyramid.line"
    NEAR = "pyramid.near"
    UPLINE = "pyramid.upline"
    TEAM = "pyramid.team"
    MONEY = "pyramid.money"
    TOWER = "pyramid.tower"


LEVELS: Mapping[Code, Level] = {
    Code.LINE: Level.ALARM,
    Code.NEAR: Level.WARNING,
    Code.UPLINE: Level.ALARM,
    Code.TEAM: Level.ALARM,
    Code.MONEY: Level.ALARM,
    Code.TOWER: Level.WARNING,
}
WORDS: Mapping[Code, "str | Promise"] = {
    Code.LINE: _("One line of agents reaches three levels with thirty people: the criminal line of pyramid selling."),
    Code.NEAR: _("One line of agents has come to two thirds of the criminal line: two levels with twenty people."),
    Code.UPLINE: _("An agent earns more on the sales of agents below her than on her own."),
    Code.TEAM: _("In one line more is earned on the sales of others than on own sales."),
    Code.MONEY: _("Money reached agents that no kept sale of goods explains."),
    Code.TOWER: _("One line of agents grows like a tower: deep, and carried by nobody in particular."),
}
SOURCES: Mapping[Code, "str | Promise"] = {
    Code.LINE: _("Regulations on the Prohibition of Pyramid Selling, Art. 7; prosecution from 30 people and 3 levels on"),
    Code.NEAR: _("Regulations on the Prohibition of Pyramid Selling, Art. 7; two thirds of the line"),
    Code.UPLINE: _("Regulations on the Prohibition of Pyramid Selling, Art. 7 (3)"),
    Code.TEAM: _("Regulations on the Prohibition of Pyramid Selling, Art. 7 (3)"),
    Code.MONEY: _("Regulations on the Prohibition of Pyramid Selling, Art. 7 (1)"),
    Code.TOWER: _(
        "A rule of this house: mean depth of two and more, the three busiest made less than three fifths of introductions"
    ),
}


class Unit(StrEnum):
    """How a figure is shown."""

    COUNT = "count"
    FEN = "fen"
    PERCENT = "percent"
    HUNDREDTHS = "hundredths"


FIGURES: Mapping[str, tuple["str | Promise", Unit]] = {
    "people": (_("People in the line"), Unit.COUNT),
    "levels": (_("Levels, the first counted"), Unit.COUNT),
    "own_fen": (_("Earned on own sales"), Unit.FEN),
    "others_fen": (_("Earned on sales of others"), Unit.FEN),
    "paid_fen": (_("Paid out, by the journal"), Unit.FEN),
    "traced_fen": (_("Of it traced to kept sales"), Unit.FEN),
    "foreign_fen": (_("Reached wallets from elsewhere, by the journal"), Unit.FEN),
    "mean_depth": (_("Mean depth"), Unit.HUNDREDTHS),
    "top_share": (_("Introductions made by the three busiest"), Unit.PERCENT),
}


@dataclass(frozen=True)
class Figure:
    """One number of a finding: fen, a count, basis points or hundredths, as ``FIGURES`` says of its name."""

    name: str
    value: int

    @property
    def title(self) -> str:
        """What was counted, in the active language."""
        return str(FIGURES[self.name][0])

    @property
    def unit(self) -> Unit:
        """How it is shown."""
        return FIGURES[self.name][1]


@dataclass(frozen=True)
class Finding:
    """One thing the alarm found. ``agent_id`` is whom it is about (None: the whole house), ``evidence`` what to look at first."""

    code: Code
    agent_id: int | None
    figures: tuple[Figure, ...]
    evidence: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """How much it matters."""
        return LEVELS[self.code]

    @property
    def sentence(self) -> str:
        """What was found, in the active language."""
        return str(WORDS[self.code])

    @property
    def source(self) -> str:
        """The rule behind it, in the active language."""
        return str(SOURCES[self.code])

    @property
    def subject(self) -> str:
        """Whom the alert is about: the same finding on another day is the same alert."""
        return "" if self.agent_id is None else f"agent {self.agent_id}"

    @property
    def told(self) -> str:
        """The figures in one line, for the alert."""
        return ", ".join(f"{figure.name} {figure.value}" for figure in self.figures)


def figures_told(told: str) -> tuple[Figure, ...]:
    """Return the figures that ``Finding.told`` wrote down; none if ``told`` is something else, such as what another release wrote."""
    parts = [part.rpartition(" ") for part in told.split(", ")]
    if not all(name in FIGURES and value.isdecimal() for name, _space, value in parts):
        return ()
    return tuple(Figure(name, int(value)) for name, _space, value in parts)


def agent_told(subject: str) -> int | None:
    """Return the agent whom ``Finding.subject`` named, None if it named none."""
    kind, _space, number = subject.partition(" ")
    return int(number) if kind == "agent" and number.isdecimal() else None


def finding(code: Code, agent_id: int | None, *, evidence: tuple[str, ...] = (), **figures: int) -> Finding:
    """Return a finding with its figures in the order given."""
    return Finding(code, agent_id, tuple(Figure(name, value) for name, value in figures.items()), evidence)
