"""Token buckets in the memory of one process: floods are turned away without a statement to the database.

Guesses at secrets are not counted here but in the database (``accounts.throttling``), where a restart forgets nothing and all processes
count together. A bucket holds ``most`` pieces and is filled again evenly over ``seconds``, so somebody who comes late never has to wait
for the end of a window.
"""

from collections import OrderedDict
from threading import Lock

from renmai.kernel import clock

ROOM = 50_000
"""So many buckets at most, about 15 MB: beyond that the one that was not asked for longest is forgotten."""


class Buckets:
    """Buckets by act and subject; safe among threads."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._lock = Lock()
        self._held: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, act: str, subject: str, *, most: float, seconds: float) -> float:
        """Take one piece and return 0; from an empty bucket take nothing and return the seconds until one is there again."""
        now = clock.now().timestamp()
        key = (act, subject)
        with self._lock:
            left, at = self._held.get(key, (most, now))
            # A clock that was set back fills nothing and takes nothing away.
            left = min(most, left + max(0.0, now - at) * most / seconds)
            is_there = left >= 1
            self._held[key] = (left - 1 if is_there else left, now)
            self._held.move_to_end(key)
            if len(self._held) > self._room:
                self._held.popitem(last=False)
        return 0.0 if is_there else (1 - left) * seconds / most

    def waits(self, act: str, subject: str, *, most: float, seconds: float) -> float:
        """Return the seconds until a piece is there, 0 when one is; takes nothing and remembers nothing."""
        now = clock.now().timestamp()
        with self._lock:
            left, at = self._held.get((act, subject), (most, now))
        left = min(most, left + max(0.0, now - at) * most / seconds)
        return 0.0 if left >= 1 else (1 - left) * seconds / most

    def clear(self) -> None:
        """Forget everybody: a test begins."""
        with self._lock:
            self._held.clear()

    def __len__(self) -> int:
        return len(self._held)
