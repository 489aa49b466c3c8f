"""When everything happens. The log has no times, so its launches are spread evenly over a few days; the rest follows from the timer.

A day: from its beginning on people launch and join; an hour before its end the groups of the day before have run out of time, and what
follows from all that is done. One day more ends what the last one began. It all lies just behind us, so that parcels are still on their way when
the replay is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from renmai.plays.groupbuy.replay.log import Launch

DAY = timedelta(days=1)
DAYS = 6
SPAN = timedelta(hours=20)
EVENING = timedelta(hours=23)
JOIN_AFTER = timedelta(minutes=3)
PAY_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Plan:
    """The days of a replay that began at ``starts_at``; ``day`` counts from 0."""

    starts_at: datetime
    launches: Sequence[Launch]

    @property
    def ends_at(self) -> datetime:
        """The end of the campaigns: well behind the last group's."""
        return self.starts_at + (DAYS + 30) * DAY

    def of(self, day: int) -> Sequence[Launch]:
        """Return the launches of a day; the last day has none."""
        size = -(-len(self.launches) // DAYS)
        return self.launches[day * size : (day + 1) * size]

    def moment(self, day: int, index: int) -> datetime:
        """Return when the launch with this place in its day begins."""
        return self.starts_at + day * DAY + SPAN * index / max(len(self.of(day)), 1)

    def evening(self, day: int) -> datetime:
        """Return when the day's work is done: behind the time of every group of the day before."""
        return self.starts_at + day * DAY + EVENING


def beginning(now: datetime) -> datetime:
    """Return when a replay that begins now lets its first day begin."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - (DAYS + 1) * DAY
