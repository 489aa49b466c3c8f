"""A gate before the hot rows: so many at a time, the others wait in line, and who would wait too long is told to come again.

A database does the same work slower when thousands ask at once: bounded, they are served one after the other at full speed.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from renmai.kernel.errors import DomainError

AT_ONCE: Final = 16
"""How many transactions one hot sale feeds well, of all processes of this machine together."""

WAIT_SECONDS: Final = 5.0


class Gate:
    """Lets ``places`` callers of this process in at once; the others wait, at most ``WAIT_SECONDS``."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places)

    @contextmanager
    def entered(self, *, wait_seconds: float = WAIT_SECONDS) -> Iterator[None]:
        """Hold a place inside the block. Raises ``flash.busy`` when none became free in time."""
        if not self._places.acquire(timeout=wait_seconds):
            raise DomainError("flash.busy")
        try:
            yield
        finally:
            self._places.release()


GATE: Final = Gate(max(2, AT_ONCE // (os.cpu_count() or 1)))
