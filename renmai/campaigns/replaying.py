"""What ``renmai replay`` hands to a play that can live through a log of its own kind."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

Advance = Callable[[int], None]


@dataclass(frozen=True)
class Replay:
    """A log and how it is to be lived through.

    ``limit`` takes only so many launches; ``progress`` gives a function to call with the number of steps done; ``work`` delivers
    the events that wait, as a worker does; the timers that matter to its log a play runs itself.
    """

    folder: Path
    home: Path
    limit: int | None
    processes: int
    progress: Callable[[str, int | None], AbstractContextManager[Advance]]
    work: Callable[[], None]


class ReplayError(Exception):
    """The log cannot be lived through, or not here; the text says why."""
