"""Shows how far long work is: a bar on a terminal, plain lines elsewhere (at most one every few seconds)."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

SECONDS_BETWEEN_LINES = 5.0
Advance = Callable[[int], None]


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Advance]:
    """Give a function to call with the number of steps done since the last call; ``total`` is None when nobody knows it."""
    if sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task(title, total=total)
            yield lambda steps: bar.advance(task, steps)
    else:
        lines = _Lines(title, total)
        yield lines.advance
        lines.say()


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


class _Lines:
    def __init__(self, title: str, total: int | None) -> None:
        self._title = title
        self._of = "" if total is None else f" of {total}"
        self._done = 0
        self._said_at = time.monotonic()

    def advance(self, steps: int) -> None:
        self._done += steps
        if time.monotonic() - self._said_at >= SECONDS_BETWEEN_LINES:
            self.say()

    def say(self) -> None:
        self._said_at = time.monotonic()
        print(f"{self._title}: {self._done}{self._of}", file=sys.stderr, flush=True)
