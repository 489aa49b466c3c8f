"""The quarantine of an import: the lines that were not imported, as a CSV that can be put right and imported itself."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from renmai.project.problems import Problem

OWN_COLUMNS = ("line", "column", "reason")


class Line(Protocol):
    """A line that was not imported, as the importing room describes it."""

    @property
    def line(self) -> int:
        """Where it stands in the file."""

    @property
    def column(self) -> str:
        """Which column is wrong; empty for the whole line."""

    @property
    def reason(self) -> str:
        """Why, as a sentence without its subject, or a code."""

    @property
    def header(self) -> Sequence[str]:
        """The columns of the file."""

    @property
    def cells(self) -> Sequence[str]:
        """What the line says."""


class Quarantine:
    """Writes lines as they come; the header comes with the first one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)

    def add(self, line: Line) -> None:
        """Write one line behind its number, column and reason; its own earlier quarantine columns are left out."""
        # Lines of a file that was a quarantine before carry these columns already.
        kept = [place for place, name in enumerate(line.header) if name not in OWN_COLUMNS]
        if not self.count:
            self._writer.writerow([*OWN_COLUMNS, *(line.header[place] for place in kept)])
        cells = [line.cells[place] if place < len(line.cells) else "" for place in kept]
        self._writer.writerow([line.line, line.column, line.reason, *cells, *line.cells[len(line.header) :]])
        self.count += 1

    def close(self) -> None:
        """Close the file, and remove it when nothing was written."""
        self._file.close()
        if not self.count:
            self.path.unlink()


@contextmanager
def quarantine_beside(path: Path, chosen: Path | None) -> Iterator[Quarantine]:
    """Open the quarantine of the import of ``path``: ``chosen``, else a file beside it called ``….quarantine.csv``.

    Raises ``Problem`` when it would overwrite the file that is read, or cannot be written.
    """
    target = chosen or path.with_name(f"{path.stem}.quarantine.csv")
    if target.exists() and path.exists() and target.samefile(path):
        raise Problem(f"{target} is the file to read; name another one with --quarantine.")
    try:
        quarantine = Quarantine(target)
    except OSError as error:
        raise Problem(f"{target} cannot be written: {error.strerror}.") from error
    try:
        yield quarantine
    finally:
        quarantine.close()
