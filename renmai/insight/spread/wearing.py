"""Whether a play is worn out: fewer people come through it than used to, for the same number of people who could bring them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LAST_DAYS = (7, 14)
"""The lately is one week or two: whole weeks, because Saturdays differ from Mondays."""

LEAST_BEFORE = 14
MOST_BEFORE = 56
FALL = 0.8
"""A rate above this part of the earlier one is no wear, however sure."""

DEVIATIONS = 3.4
"""So many standard deviations below: every day is a new look, and two windows are looked at. Found by simulation (``docs/spread.md``)."""


@dataclass(frozen=True)
class Day:
    """One day: how many people could have brought somebody (``exposed``), and how many were brought (``joined``)."""

    day: date
    exposed: int
    joined: int


@dataclass(frozen=True)
class Wear:
    """A fall of the rate: seen on ``day``, from ``before`` to ``lately`` people brought per exposed person and day."""

    day: date
    before: float
    lately: float
    window_days: int
    deviations: float

    @property
    def fall(self) -> float:
        """The part that is gone, 0…1."""
        return 1 - self.lately / self.before


def first_wear(days: Sequence[Day]) -> Wear | None:
    """Return the first moment at which the days (oldest first, none left out) show wear; None while they do not."""
    for index in range(LEAST_BEFORE + min(LAST_DAYS), len(days) + 1):
        found = wear_at(days[max(0, index - MOST_BEFORE - max(LAST_DAYS)) : index])
        if found is not None:
            return found
    return None


def wear_at(days: Sequence[Day]) -> Wear | None:
    """Return the wear that the last of ``days`` (oldest first, none left out) shows, None when there is none."""
    for length in LAST_DAYS:
        whole_weeks = min(MOST_BEFORE, len(days) - length) // 7 * 7
        if whole_weeks >= LEAST_BEFORE:
            found = _compared(days[-length - whole_weeks : -length], days[-length:])
            if found is not None:
                return found
    return None


def _compared(earlier: Sequence[Day], late: Sequence[Day]) -> Wear | None:
    joined_before, joined_late = (sum(day.joined for day in days) for days in (earlier, late))
    exposed_before, exposed_late = (sum(day.exposed for day in days) for days in (earlier, late))
    if not joined_before or not exposed_late:
        return None
    before, lately = joined_before / exposed_before, joined_late / exposed_late
    expected = (joined_before + joined_late) / (exposed_before + exposed_late)
    noise = _dispersion(earlier, before, late, lately) * expected * (1 / exposed_before + 1 / exposed_late)
    deviations = (before - lately) / math.sqrt(noise)
    if lately > FALL * before or deviations < DEVIATIONS:
        return None
    return Wear(late[-1].day, before, lately, len(late), deviations)


def _dispersion(earlier: Sequence[Day], before: float, late: Sequence[Day], lately: float) -> float:
    """Return how much more the days scatter than chance alone would make them (Pearson's statistic), at least 1."""
    squares = 0.0
    for days, rate in ((earlier, before), (late, lately)):
        for day in days:
            if wanted := day.exposed * rate:
                squares += (day.joined - wanted) ** 2 / wanted
    return max(1.0, squares / (len(earlier) + len(late) - 2))
