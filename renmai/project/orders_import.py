"""``renmai import orders``: reads the file, plain or xz, shows progress, and keeps the quarantine as CSV."""

import argparse
import csv
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from renmai.journeys.order_import import PastLine, QuarantinedLine, match, read_lines, write
from renmai.project.problems import Problem
from renmai.project.progress import Advance, progress

XZ = b"\xfd7zXZ\x00"
PORTRAITS_AT_ONCE = 500
HEADER = ("row", "document", "sku_code", "reason")


def run(options: argparse.Namespace) -> str:
    """Import the past orders of ``options.file`` and return the closing line. Raises ``Problem`` for a file that will not do."""
    path: Path = options.file
    try:
        with _opened(path) as text, progress("lines read") as advance:
            plan = match(_counted(text, advance))
    except (ValueError, csv.Error, lzma.LZMAError) as error:
        raise Problem(f"{path}: {error}.") from error
    target: Path = options.quarantine or path.with_name(f"{path.name.partition('.')[0]}.quarantine.csv")
    out: list[QuarantinedLine] = []
    with progress("lines written", total=plan.read) as advance:
        count = write(plan, quarantine=out.append, progress=advance)
    if out:
        _keep(target, out)
        print(f"quarantine: {target}")
    portray()
    return str(count)


def portray() -> int:
    """Count the portraits of everybody who was ever imported, so that pages and segments know them at once; return how many."""
    from renmai.insight.portraits import actions
    from renmai.ordering.models import ImportedBuyer

    buyers = list(ImportedBuyer.objects.order_by("user").values_list("user", flat=True))
    with progress("portraits", total=len(buyers)) as advance:
        for begin in range(0, len(buyers), PORTRAITS_AT_ONCE):
            block = buyers[begin : begin + PORTRAITS_AT_ONCE]
            actions.refresh(block)
            advance(len(block))
    return len(buyers)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with path.open("rb") as file:
        is_packed = file.read(len(XZ)) == XZ
    opener = lzma.open if is_packed else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as text:
        yield cast("TextIO", text)


def _counted(text: TextIO, advance: Advance) -> Iterator[PastLine | QuarantinedLine]:
    for line in read_lines(text):
        advance(1)
        yield line


def _keep(target: Path, lines: list[QuarantinedLine]) -> None:
    try:
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows((line.row, line.document, line.sku_code, line.reason) for line in lines)
    except OSError as error:
        raise Problem(
            f"the quarantine cannot be written to {target} ({error.strerror}); name another place with --quarantine."
        ) from error
