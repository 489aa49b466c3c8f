"""Periods of whole days in China time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from renmai.kernel import clock

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Period:
    """Whole days from ``first`` to ``last``, both included, as China counts them."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends after it begins")

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return datetime.combine(self.first, time.min, CHINA).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after the period, in UTC."""
        return datetime.combine(self.last + timedelta(days=1), time.min, CHINA).astimezone(UTC)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the period."""
        return tuple(self.first + timedelta(days=index) for index in range((self.last - self.first).days + 1))

    @property
    def before(self) -> "Period":
        """The period of the same length just before."""
        length = len(self.days)
        return Period(self.first - timedelta(days=length), self.first - timedelta(days=1))


def last_days(count: int) -> Period:
    """Return the ``count`` days up to today."""
    today = clock.now().astimezone(CHINA).date()
    return Period(today - timedelta(days=count - 1), today)
