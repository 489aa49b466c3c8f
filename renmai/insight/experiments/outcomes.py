"""From what happened to what counts: each person's outcome within her own window, as arrays for the statistics. Needs numpy; import it late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from renmai.insight.experiments.metrics import Kind, Metric
from renmai.insight.experiments.statistics.moments import Array

BEFORE_DAYS = 28
"""So many days before somebody's first time are asked for what she did anyway (CUPED)."""


@dataclass(frozen=True)
class Outcomes:
    """For each person what came of her (``y``), what it is divided by (``x``), and how she was before (``c``)."""

    y: Array
    x: Array
    c: Array

    def __getitem__(self, chosen: NDArray[np.bool_]) -> "Outcomes":
        """Return those of some of the people."""
        return Outcomes(self.y[chosen], self.x[chosen], self.c[chosen])


def outcomes(metric: Metric, people: Sequence[tuple[int | None, datetime]], *, window_days: int) -> Outcomes:
    """Return the outcome of each person (id and first time) within ``window_days`` from then on.

    Somebody without an id has done nothing that is counted. Nobody stands twice. Statements: a few for each 5,000 people.
    """
    y, x, c = np.zeros(len(people)), np.zeros(len(people)), np.zeros(len(people))
    place = {user_id: index for index, (user_id, _at) in enumerate(people) if user_id is not None}
    if place:
        before, window = timedelta(days=BEFORE_DAYS), timedelta(days=window_days)
        moments = [at for user_id, at in people if user_id is not None]
        for user_id, at, amount, base in metric.read(list(place), min(moments) - before, max(moments) + window):
            index = place[user_id]
            first = people[index][1]
            if first <= at < first + window:
                y[index] += amount
                x[index] += base
            elif first - before <= at < first:
                c[index] += amount
    if metric.kind is Kind.RATIO:
        return Outcomes(y, x, np.zeros(len(people)))
    if metric.kind is Kind.RATE:
        y = (y >= metric.least).astype(np.float64)
    return Outcomes(y, np.ones(len(people)), c)
