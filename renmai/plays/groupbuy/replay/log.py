"""Reading a log: who launched a group buy of what, and who joined; what cannot be so is put aside with its reason.

``tune.txt`` (or ``.xz``, and any other ``*.txt`` but those named below) has the launches that succeeded, a line each: initiator, item, and
whoever joined, tab separated. ``invalid.txt`` has those that failed: initiator and item. ``data_size.txt``: how many people and items there
are, their numbers counting from 0.
"""

import hashlib
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from renmai.campaigns.replaying import ReplayError

FAILED, SIZES = "invalid", "data_size"
LEAST, MOST = 2, 500
XZ = b"\xfd7zXZ\x00"


@dataclass(frozen=True)
class Launch:
    """One line. ``key`` names it for ever: file and line. ``joined`` is empty when the launch failed."""

    key: str
    initiator: int
    item: int
    joined: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many people its group takes: those who came, or two, the least there is, when nobody did."""
        return max(len(self.joined) + 1, LEAST)


@dataclass(frozen=True)
class Aside:
    """A line that no launch can be made of."""

    key: str
    reason: str


@dataclass(frozen=True)
class Log:
    """A log, or a part of it, in the order in which it is lived through: the same for the same files and limit."""

    digest: str
    launches: tuple[Launch, ...]
    aside: tuple[Aside, ...]

    @property
    def read(self) -> int:
        """How many lines were read."""
        return len(self.launches) + len(self.aside)


def read(folder: Path, *, limit: int | None) -> Log:
    """Read a folder. Raises ``ReplayError`` when it is none, or holds no launches.

    The log has no times, so successes and failures are mixed by a draw that depends on the files alone; ``limit`` takes the first
    launches of that order, so a part has as many failures as the whole.
    """
    files = _files(folder)
    people, items = _bounds(files.pop(SIZES, None))
    digest = hashlib.sha256()
    launches: list[Launch] = []
    aside: list[Aside] = []
    for name, path in sorted(files.items()):
        for number, line in enumerate(_lines(path), 1):
            digest.update(line.encode())
            said = _launch(f"{name}:{number}", line, failed=name == FAILED, people=people, items=items)
            if isinstance(said, Launch):
                launches.append(said)
            else:
                aside.append(said)
    if not launches:
        raise ReplayError(f"{folder} holds no launches.")
    Random(digest.hexdigest()).shuffle(launches)  # noqa: S311  the same again, on purpose  # nosec B311
    if limit is not None:
        launches, aside = launches[:limit], []
    digest.update(str(limit).encode())
    return Log(digest.hexdigest()[:16], tuple(launches), tuple(aside))


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise ReplayError(f"{folder} is not a folder.")
    found = {path.name.partition(".")[0]: path for path in folder.iterdir() if path.name.endswith((".txt", ".txt.xz"))}
    found.pop("PROVENANCE", None)
    if not found.keys() - {SIZES}:
        raise ReplayError(f"{folder} holds no launches.")
    return found


def _bounds(path: Path | None) -> tuple[int, int]:
    if path is None:
        return 10**9, 10**9
    try:
        people, items = (int(word) for word in next(_lines(path), "").split())
    except ValueError:
        raise ReplayError(f"{path.name} must say how many people and items there are.") from None
    return people, items


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        is_packed = file.read(len(XZ)) == XZ
    opener = lzma.open if is_packed else open
    try:
        with opener(path, "rt", encoding="utf-8") as text:
            for line in text:
                if line.strip():
                    yield str(line).rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise ReplayError(f"{path.name} cannot be read: {error}") from error


def _launch(key: str, line: str, *, failed: bool, people: int, items: int) -> Launch | Aside:
    cells = line.split("\t")
    if not all(cell.isascii() and cell.isdigit() for cell in cells):
        return Aside(key, "not numbers")
    numbers = [int(cell) for cell in cells]
    if len(numbers) < 2 or (failed and len(numbers) != 2) or (not failed and len(numbers) < 3):
        return Aside(key, "too few or too many numbers")
    initiator, item, *joined = numbers
    if item >= items or max(initiator, *joined, 0) >= people:
        return Aside(key, "nobody or nothing has this number")
    if initiator in joined or len(set(joined)) != len(joined):
        return Aside(key, "somebody twice in one group")
    if len(joined) + 1 > MOST:
        return Aside(key, "more people than a group takes")
    return Launch(key, initiator, item, tuple(joined))
