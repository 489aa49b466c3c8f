"""What was measured, as one table for people and as JSON for programs. A figure that misses its aim is shown as missing it."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from renmai.project.bench.machine import Machine

MET, MISSED = "✓", "✗"
DURABILITY = "PostgreSQL waits for the disk at every commit (fsync); SQLite as the shop sets it (WAL, synchronous=NORMAL)"


@dataclass(frozen=True)
class Aim:
    """What a figure should be: at least, or at most, ``value``."""

    value: float
    at_most: bool = False

    def is_met(self, figure: float) -> bool:
        """Whether ``figure`` reaches it."""
        return figure <= self.value if self.at_most else figure >= self.value


@dataclass(frozen=True)
class Row:
    """One figure. ``detail`` says what else was seen."""

    database: str
    what: str
    figure: float
    unit: str
    aim: Aim | None = None
    detail: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        return None if self.aim is None else self.aim.is_met(self.figure)


@dataclass(frozen=True)
class Report:
    """Everything one run found, and where."""

    machine: Machine
    is_quick: bool
    rows: tuple[Row, ...]
    broken_by: str = ""
    """Why the run ended before everything was measured, empty for a whole run."""


def table(report: Report) -> Table:
    """Return the table for a terminal."""
    made = Table(title=None, show_edge=False, pad_edge=False, header_style="bold")
    made.add_column("")
    made.add_column("figure", justify="right", no_wrap=True)
    made.add_column("aim", justify="right", no_wrap=True)
    made.add_column("", no_wrap=True)
    made.add_column("also", overflow="fold")
    database = ""
    for row in report.rows:
        if row.database != database:
            database = row.database
            made.add_row(f"[bold]{database}[/bold]")
        mark = {None: "", True: f"[green]{MET}[/green]", False: f"[red]{MISSED}[/red]"}[row.is_met]
        made.add_row(f"  {row.what}", f"{number(row.figure)} {row.unit}".rstrip(), _aim(row), mark, row.detail)
    return made


def show(report: Report, console: Console) -> None:
    """Print where it was measured, the table, and what it does not say."""
    for line in report.machine.lines():
        console.print(line, highlight=False)
    console.print(f"run: {'quick' if report.is_quick else 'full'}; {DURABILITY}", highlight=False)
    console.print()
    console.print(table(report))
    if report.broken_by:
        console.print(f"\nThe run broke off: {report.broken_by}", highlight=False, markup=False)
    missed = sum(row.is_met is False for row in report.rows)
    if missed:
        verb = "is" if missed == 1 else "are"
        console.print(f"\n{missed} of {sum(row.aim is not None for row in report.rows)} aims {verb} missed.", highlight=False)


def write_json(report: Report, path: Path) -> None:
    """Leave the report in a file."""
    said = asdict(report)
    for row, written in zip(report.rows, said["rows"], strict=True):
        written["is_met"] = row.is_met
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def markdown(report: Report) -> str:
    """Return the same for a page of the documentation: a table per database."""
    lines = [*(f"- {line}" for line in report.machine.lines()), f"- run: {'quick' if report.is_quick else 'full'}"]
    for database in dict.fromkeys(row.database for row in report.rows):
        lines += ["", f"### {database}", "", "| | Figure | Aim | | Also |", "| --- | ---: | ---: | --- | --- |"]
        for row in report.rows:
            if row.database == database:
                mark = {None: "", True: MET, False: MISSED}[row.is_met]
                lines.append(
                    f"| {row.what} | {number(row.figure)} {row.unit} | {_aim(row)} | {mark} | {row.detail} |".replace("  ", " ")
                )
    return "\n".join(lines) + "\n"


def number(figure: float) -> str:
    """Return a figure with as many digits as mean something."""
    if abs(figure) >= 100 or figure == int(figure):
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def summary(taken_ms: Iterable[float]) -> str:
    """Return the median and the 95th percentile of some durations."""
    ordered = sorted(taken_ms)
    return f"p50 {number(percentile(ordered, 50))} ms, p95 {number(percentile(ordered, 95))} ms"


def percentile(ordered: list[float], percent: int) -> float:
    """Return the smallest of ``ordered`` that ``percent`` of them do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _aim(row: Row) -> str:
    if row.aim is None:
        return ""
    return f"{'≤' if row.aim.at_most else '≥'} {number(row.aim.value)}"
