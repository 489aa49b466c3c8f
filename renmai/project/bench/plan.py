"""What is wanted of a run, and the table as it grows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from renmai.project.bench import SUITES
from renmai.project.bench.report import Aim, Row, number
from renmai.project.bench.shop import Rounds
from renmai.project.bench.world import Ground, Vendor

CROWD: Final = 8
NAMES: Final[dict[Vendor, str]] = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
OURS: Final = ("web", "database")
"""Whose processor time a request costs; the customers' and the worker's are told apart from it."""


@dataclass(frozen=True)
class Options:
    """What is wanted of a run."""

    vendors: tuple[Vendor, ...]
    is_quick: bool
    only: frozenset[str] = frozenset()
    say: Callable[[str], None] = field(default=lambda _text: None)

    @property
    def needs_a_shop(self) -> bool:
        """Whether anything is wanted that is measured of a shop."""
        return not self.only or not self.only.isdisjoint(SUITES)

    def wants_alone(self, suite: str) -> bool:
        """Whether a suite is wanted that needs no shop."""
        return not self.only or suite in self.only

    @property
    def rounds(self) -> int:
        """How often each thing is measured; the middle one counts."""
        return 2 if self.is_quick else 5

    @property
    def seconds(self) -> float:
        """How long a round of purchases takes."""
        return 1.5 if self.is_quick else 4.0

    @property
    def questions(self) -> int:
        """How often each kind of question is asked of the catalogue."""
        return 10 if self.is_quick else 40

    @property
    def glance_seconds(self) -> float:
        """How long a round of looking at pages takes."""
        return 0.7 if self.is_quick else 2.0


@dataclass
class Bench:
    """One database's run."""

    options: Options
    ground: Ground
    rows: list[Row]

    def wants(self, *suites: str) -> bool:
        """Whether one of these suites is wanted."""
        return not (self.options.only or frozenset(SUITES)).isdisjoint(suites)

    def add(self, what: str, figure: float, unit: str, *, aim: Aim | None = None, detail: str = "") -> None:
        """Add a figure to the table."""
        self.rows.append(Row(NAMES[self.ground.vendor], what, figure, unit, aim, detail))

    def say(self, text: str) -> None:
        """Tell the person who waits."""
        self.options.say(f"{NAMES[self.ground.vendor]}: {text}")


def cost(rounds: Rounds) -> str:
    """Say what processor time one unit of work cost, and whom: it suffers less than the clock when the machine has other things to do."""
    parts = ", ".join(f"{name} {number(rounds.cost(name))}" for name in OURS if rounds.cost(name))
    return f"processor ms: {parts}"


def loader(rounds: Rounds) -> str:
    """Say what the customers themselves took."""
    return f"customers took {rounds.cpu_share * 100:.0f} % of a core"
