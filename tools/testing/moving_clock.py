"""A clock for tests: it stands still until the test moves it."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

from renmai.kernel import clock

# A Monday morning in China, away from any change of month, year or daylight saving.
START = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)


class MovingClock:
    """Holds ``kernel.clock`` still; ``travel`` and ``advance`` move it. Only this thread sees it: a live server does not."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self.travel(START)

    @property
    def now(self) -> datetime:
        """The moment at which the clock stands."""
        return clock.now()

    def travel(self, moment: datetime) -> None:
        """Stand at ``moment``."""
        self._stack.close()
        self._stack.enter_context(clock.travel(moment))

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Move on (or back) and return the new moment."""
        moment = self.now + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        self.travel(moment)
        return moment

    def close(self) -> None:
        """Let the true time run again."""
        self._stack.close()
