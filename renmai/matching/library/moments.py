"""When something is passed on, as the library knows it: the part of the day, the kind of day, the month. In China's time."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.timezone import localtime

from renmai.insight.portraits.facets import HOURS

BEGINS: Final = [least for least, _code, _label in HOURS]
BANDS: Final = len(HOURS)
"""Parts of the day, as portraits know them."""

DAYS: Final = 2
"""Working days, and the weekend."""

SATURDAY: Final = 6


@dataclass(frozen=True)
class Moment:
    """The part of the day (0 … ``BANDS`` - 1), the kind of day (0, and 1 at weekends), the month (1 … 12)."""

    band: int
    day: int
    month: int


def moment_of(at: datetime) -> Moment:
    """Return the moment of a time."""
    there = localtime(at)
    return Moment(band_of(there.hour), int(there.isoweekday() >= SATURDAY), there.month)


def band_of(hour: int) -> int:
    """Return the part of the day of an hour in China."""
    return bisect_right(BEGINS, hour) - 1
