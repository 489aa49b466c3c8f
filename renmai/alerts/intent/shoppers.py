"""Reads sessions with their outcome from a file in the columns of "Online Shoppers Purchasing Intention" (Sakar et al. 2018).

``PageValues`` is left out: an analytics tool computes it from the purchases themselves, so it knows the outcome.
"""

import csv
import io
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renmai.kernel.errors import DomainError

Floats = NDArray[np.float64]

COUNTS = ("Administrative", "Informational", "ProductRelated")
DURATIONS = ("Administrative_Duration", "Informational_Duration", "ProductRelated_Duration")
RATES = ("BounceRates", "ExitRates", "SpecialDay")
KINDS = ("OperatingSystems", "Browser", "Region", "TrafficType", "VisitorType", "Weekend")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
OUTCOME = "Revenue"
LEFT_OUT = ("PageValues",)
TRUE = "TRUE"
MOST_ROWS = 2_000_000


@dataclass(frozen=True)
class Sessions:
    """Sessions: ``rows`` (n × columns, finite), their names, the month (0…11) and whether each ended in a purchase (0 or 1)."""

    columns: tuple[str, ...]
    rows: Floats
    month: NDArray[np.int64]
    outcome: Floats

    def only(self, columns: Sequence[str]) -> Floats:
        """Return the named columns."""
        return self.rows[:, [self.columns.index(name) for name in columns]]


def read(path: Path) -> Sessions:
    """Return the sessions of a CSV file, plain or ``.xz``. Raises ``alerts.sessions_file`` with the line that cannot be read."""
    try:
        is_packed = path.suffix == ".xz"
        with lzma.open(path) if is_packed else path.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            return _parse(csv.DictReader(text))
    except (OSError, lzma.LZMAError, UnicodeDecodeError, csv.Error) as error:
        raise DomainError("alerts.sessions_file", line=0, reason=str(error)) from error


def _parse(lines: "csv.DictReader[str]") -> Sessions:
    missing = {*COUNTS, *DURATIONS, *RATES, *KINDS, "Month", OUTCOME} - set(lines.fieldnames or ())
    if missing:
        raise DomainError("alerts.sessions_file", line=1, reason=", ".join(sorted(missing)))
    measured: list[list[float]] = []
    kinds: list[list[str]] = []
    months: list[int] = []
    outcome: list[float] = []
    for number, line in enumerate(lines, 2):
        try:
            measured.append([float(line[name]) for name in (*COUNTS, *DURATIONS, *RATES)])
            kinds.append([line[name] for name in KINDS])
            months.append(MONTHS.index(line["Month"]))
            outcome.append(float(line[OUTCOME].upper() == TRUE))
        except (ValueError, TypeError, AttributeError) as error:
            raise DomainError("alerts.sessions_file", line=number, reason=str(error)) from error
        if number > MOST_ROWS:
            break
    return _sessions(np.array(measured), kinds, np.array(months), np.array(outcome))


def _sessions(measured: Floats, kinds: list[list[str]], month: NDArray[np.int64], outcome: Floats) -> Sessions:
    if not len(outcome) or not np.isfinite(measured).all():
        raise DomainError("alerts.sessions_file", line=0, reason="no rows, or values that are not finite")
    columns = [*COUNTS, *DURATIONS, *RATES, "SecondsPerProductPage"]
    parts = [measured, (measured[:, 5] / np.maximum(measured[:, 2], 1.0))[:, None]]
    for place, name in enumerate(KINDS):
        values = np.array([row[place] for row in kinds])
        for value in sorted(set(values.tolist())):
            columns.append(f"{name}={value}")
            parts.append((values == value).astype(np.float64)[:, None])
    for number in sorted(set(month.tolist())):
        columns.append(f"Month={MONTHS[number]}")
        parts.append((month == number).astype(np.float64)[:, None])
    return Sessions(tuple(columns), np.hstack(parts), month, outcome)
