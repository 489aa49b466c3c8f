"""Forgetting by half-lives, kept so that a row is only ever added to.

What happened at ``t`` weighs 2^(−(now − t)/H) now. Written the other way round (forward decay: Cormode, Shkapenyuk, Srivastava and
Xu 2009) each happening is stored as 2^((t − LANDMARK)/H), and every reader divides by the same factor of *now*. So a tie's sums are
changed by one ``UPDATE … SET good = good + x``, in any order, without reading them first; and sums over ties are plain sums.
"""

from datetime import UTC, datetime, timedelta
from math import log2
from typing import Final

LANDMARK: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Where the stored scale is 1. With the shorter half-life a double is full in 2045; what happened long before is nothing, rightly."""

BELIEF_DAYS: Final = 90.0
"""Half-life of what was earned and lost."""

PRESSURE_DAYS: Final = 7.0
"""Half-life of what was spent."""


def scale(at: datetime, half_life_days: float) -> float:
    """Return the stored size of something of size 1 that happened at ``at``; the same number turns stored sums into sums at ``at``."""
    return float(2.0 ** ((at - LANDMARK) / timedelta(days=half_life_days)))


def faded(size: float, *, days: float, half_life_days: float) -> float:
    """Return what is left of ``size`` after ``days``."""
    return float(size * 2.0 ** (-days / half_life_days))


def days_until(size: float, *, target: float, half_life_days: float) -> float:
    """Return after how many days ``size`` has fallen to ``target``; 0 when it has already."""
    return half_life_days * log2(size / target) if size > target > 0 else 0.0
