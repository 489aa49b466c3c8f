"""The baseline of all: what is taken most."""

from collections.abc import Mapping
from copy import copy
from typing import Self

import numpy as np

from renmai.matching.recommenders.base import Index, Learnt, Past, Portable, Reason, Scores, Why, sums


class Popularity(Portable):
    """How often each good was taken in the way that is to be predicted; the same list for everybody."""

    name = "popularity"

    def fit(self, past: Past) -> Self:
        """Count."""
        self.counts = sums(past.aimed, 0).astype(np.float32)
        return self

    def learnt(self) -> dict[str, Learnt]:
        """The counts."""
        return {"counts": self.counts}

    def relearn(self, learnt: Mapping[str, Learnt]) -> Self:
        """Take them over."""
        self.counts = learnt["counts"]
        return self

    def about(self, past: Past) -> Self:
        """Nobody changes what is popular."""
        return copy(self)

    def scores(self, people: Index) -> Scores:
        """Return the counts, once per person."""
        return np.broadcast_to(self.counts, (len(people), len(self.counts)))

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Say how often it was taken."""
        count = int(self.counts[good])
        return (Reason(Why.POPULAR, count / max(float(self.counts.max()), 1.0), count=count),) if count else ()
