"""A moving clock with an agenda: what is to happen, in the order of its moments.

The demo's world is lived, not written: everything in it is done by the same actions as in a real shop, each at its own moment.
"""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from renmai.kernel import clock

Act = Callable[[], object]


class Agenda:
    """Acts to come. Acts of the same moment happen in the order they were noted, so a world comes out the same every time."""

    def __init__(self, *, end: datetime) -> None:
        self.end = end
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def note(self, moment: datetime, act: Act) -> None:
        """Let ``act`` happen at ``moment``; what lies beyond the end, or in the past of a world too short for it, never happens."""
        if clock.now() <= moment < self.end:
            heapq.heappush(self._acts, (moment, next(self._numbers), act))

    def live(self, *, settle: Callable[[], object], every: timedelta, progress: Callable[[datetime], None]) -> None:
        """Let everything happen. ``settle`` runs the timers and delivers events, at least once in every ``every``."""
        settled_at = self._acts[0][0] if self._acts else self.end
        while self._acts:
            moment, _number, act = heapq.heappop(self._acts)
            while moment - settled_at >= every:
                settled_at += every
                with clock.travel(settled_at):
                    settle()
                    progress(settled_at)
            with clock.travel(moment):
                act()
        with clock.travel(self.end):
            settle()
            progress(self.end)
