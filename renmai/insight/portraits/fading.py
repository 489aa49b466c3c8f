"""Interests that fade: sums of weights that halve with time, kept so that nothing has to be touched while time passes.

What counted ``w`` at the moment ``t`` counts ``w · 2^(−(now − t)/H)`` now, H being the half-life. A portrait does not keep that sum but
its *score*, ``log2 Σ w · 2^(t/H)``: every part is weighed forward from a fixed day instead of backward from now (after Cormode and
others, "Forward decay", 2009). So a score changes only when something new happens, the order in which things arrive is of no matter, and
both questions that are asked of it are comparisons in SQL:

- *stronger than x now*: ``score ≥ log2 x + now/H``;
- *at least the part p of all her interests of that kind*: ``score ≥ score of the whole + log2 p``; time cancels out.

Times are days since ``BEGINNING`` as floats (a microsecond is 1e-11 days, far above their precision); weights are plain numbers.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def days_of(moment: datetime) -> float:
    """Return an aware moment as days since ``BEGINNING``."""
    return (moment - BEGINNING) / DAY


def days_of_all(moments: "Sequence[str] | Sequence[float]") -> "NDArray[np.float64]":
    """Return moments (n) as a database writes them as days: seconds since 1970, or texts of UTC as ``2026-03-01 12:00:00.5``."""
    import numpy as np

    if moments and isinstance(moments[0], str):
        since = np.array(moments, "datetime64[us]") - np.datetime64(BEGINNING.replace(tzinfo=None), "us")
        return since / np.timedelta64(1, "D")
    seconds = np.array(moments, np.float64)
    return (seconds - BEGINNING.timestamp()) / DAY.total_seconds()


def moment_of(days: float) -> datetime:
    """Return the moment that lies ``days`` after ``BEGINNING``, to the microsecond."""
    return BEGINNING + timedelta(days=days)


def score_of(weight: float, at: datetime, *, half_life_days: float) -> float:
    """Return the score of one thing that weighed ``weight`` (above 0) at ``at``."""
    return math.log2(weight) + days_of(at) / half_life_days


def both(first: float, second: float) -> float:
    """Return the score of two scores' sum. Neither overflows, however far they lie from ``BEGINNING``."""
    high, low = max(first, second), min(first, second)
    return high + math.log1p(2.0 ** (low - high)) / math.log(2)


def strength(score: float, now: datetime, *, half_life_days: float) -> float:
    """Return what is left of a score at ``now``: 1 is one look at this very moment."""
    return float(2.0 ** (score - days_of(now) / half_life_days))


def threshold(wanted: float, now: datetime, *, half_life_days: float) -> float:
    """Return the score from which on the strength at ``now`` is at least ``wanted``."""
    return math.log2(wanted) + days_of(now) / half_life_days


def scores_by_group(
    groups: "NDArray[np.int64]", exponents: "NDArray[np.float64]"
) -> "tuple[NDArray[np.intp], NDArray[np.float64]]":
    """Add up parts by group: return where each group begins and its score.

    ``groups`` (n) is sorted; ``exponents`` (n) are the scores of single parts. Both results are as long as there are groups. The largest
    part of each group is taken out before the powers of two are added, as in ``both``.
    """
    import numpy as np

    begins = np.flatnonzero(np.concatenate(([True], groups[1:] != groups[:-1]))) if len(groups) else np.empty(0, np.intp)
    if not len(begins):
        return begins, np.empty(0)
    highest = np.maximum.reduceat(exponents, begins)
    counts = np.diff(np.append(begins, len(groups)))
    sums = np.add.reduceat(np.exp2(exponents - np.repeat(highest, counts)), begins)
    return begins, highest + np.log2(sums)
