"""The period of figures that a request asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from renmai.insight.queries import Period, last_days
from renmai.web.console import requests

CHOICES = (7, 30, 90)
DEFAULT = 30
LONGEST = 366


@dataclass(frozen=True)
class Chosen:
    """A period, how it was chosen (``days`` 0 for a custom one), and the query that asks for it again."""

    period: Period
    days: int
    problem: bool = False

    @property
    def query(self) -> str:
        """The query string of this choice."""
        if self.days:
            return f"days={self.days}"
        return f"from={self.period.first.isoformat()}&to={self.period.last.isoformat()}"

    @property
    def parameters(self) -> dict[str, object]:
        """The same as values for hidden inputs."""
        if self.days:
            return {"days": self.days}
        return {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}


def chosen(request: HttpRequest, *, choices: Sequence[int] = CHOICES, default: int = DEFAULT) -> Chosen:
    """Return the period of the query, the last ``default`` days when it names none. A custom one ends today at the latest, a year long at most."""
    first, last = requests.day(request, "from"), requests.day(request, "to")
    today = last_days(1).last
    if first is not None or last is not None:
        custom = _custom(first, last, today=today)
        if custom is not None:
            return Chosen(custom, days=0)
        return Chosen(last_days(default), days=default, problem=True)
    days = requests.number(request, "days")
    wanted = days if days is not None and days in choices else default
    return Chosen(last_days(wanted), days=wanted)


def _custom(first: date | None, last: date | None, *, today: date) -> Period | None:
    last = min(last or today, today)
    if first is None or first > last or (last - first).days >= LONGEST:
        return None
    return Period(first, last)


def elsewhere(newest: date | None, *, days: int) -> str:
    """Return the query of the ``days`` days up to the last one on which something happened: where to look when a period shows nothing; empty for never."""
    if newest is None:
        return ""
    return Chosen(Period(newest - timedelta(days=days - 1), newest), days=0).query
