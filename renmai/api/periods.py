"""The period that a request for figures names by its first and its last day."""

from datetime import date

from renmai.insight.queries import Period, last_days
from renmai.kernel.errors import DomainError

MAX_PERIOD_DAYS = 366
DEFAULT_DAYS = 30


def period_of(first: date | None, last: date | None) -> Period:
    """Return the days from ``first`` to ``last``, the last 30 when one of them is missing. Raises ``request.invalid``."""
    if first is None or last is None:
        return last_days(DEFAULT_DAYS)
    if not 0 <= (last - first).days < MAX_PERIOD_DAYS or first.year < 2000 or last.year > 2200:
        raise DomainError("request.invalid", field="last")
    return Period(first, last)
