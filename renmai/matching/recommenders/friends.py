"""What those have taken with whom somebody buys, or whom she knows."""

from typing import Self

import numpy as np
import scipy.sparse as sp

from renmai.matching.recommenders.base import MAX_REASONS, Index, Past, Reason, Recommender, Scores, Why, damped
from renmai.matching.recommenders.neighbours import Likeness, alike


class Friends(Recommender):
    """Scores a good by the friends who took it; a friend of very many, and a good of very many, count less by the powers given."""

    def __init__(self, *, name: str = "friends", busy: float = 0.0, common: float = 0.0, hops: int = 1) -> None:
        self.name = name
        self.busy = busy
        self.common = common
        self.hops = hops

    def fit(self, past: Past) -> Self:
        """Keep who knows whom, as many steps away as wanted."""
        step = damped(past.ties, rows=self.busy, columns=self.busy)
        reach = step
        for _hop in range(self.hops - 1):
            reach = sp.csr_matrix(reach @ step)
            reach.setdiag(0)
            reach.eliminate_zeros()
        self.reach = reach
        self.taken = damped(past.signs, columns=self.common)
        return self

    def scores(self, people: Index) -> Scores:
        """Return the friends' weight on each good."""
        return np.asarray((self.reach[people] @ self.taken).toarray(), dtype=np.float32)

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Name the friends who took it."""
        known = self.reach[person]
        has = self.taken[known.indices, good].toarray().ravel()
        weights = known.data * has
        order = np.argsort(-weights, kind="stable")
        found = [int(known.indices[place]) for place in order if weights[place] > 0]
        if not found:
            return ()
        return (Reason(Why.FRIENDS, float(weights.sum()), people=tuple(found[:MAX_REASONS]), count=len(found)),)


class FriendsTaste(Recommender):
    """Scores a good by its likeness to what a person's friends took: what a circle likes, beyond what it has."""

    def __init__(self, likeness: Likeness, *, name: str = "friends' taste", busy: float = 0.5) -> None:
        self.likeness = likeness
        self.name = name
        self.busy = busy

    def fit(self, past: Past) -> Self:
        """Keep what each person's friends took, and what is alike."""
        signs = past.signs
        self.around = sp.csr_matrix(damped(past.ties, rows=self.busy) @ signs)
        self.alike = alike(signs, self.likeness)
        return self

    def scores(self, people: Index) -> Scores:
        """Return the likeness to the friends' goods, added up."""
        return np.asarray((self.around[people] @ self.alike).toarray(), dtype=np.float32)
