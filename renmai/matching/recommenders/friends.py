"""What those have taken with whom somebody buys, or whom she knows, and what they led her to take."""

from typing import Self

import numpy as np
import scipy.sparse as sp

from renmai.matching.recommenders.base import MAX_REASONS, Index, Past, Reason, Recommender, Scores, Why, damped, ones
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
    """Scores a good by its likeness to what a person's friends took: what a circle likes, beyond what it has.

    ``own`` is what a good of her own counts against one of her only friend's; 0 leaves hers out.
    """

    def __init__(self, likeness: Likeness, *, name: str = "friends' taste", busy: float = 0.5, own: float = 0.0) -> None:
        self.likeness = likeness
        self.name = name
        self.busy = busy
        self.own = own

    def fit(self, past: Past) -> Self:
        """Keep what each person's circle took, and what is alike."""
        signs = past.signs
        step = damped(past.ties, rows=self.busy, columns=self.busy)
        self.around = sp.csr_matrix(step @ signs + self.own * signs, dtype=np.float32)
        self.alike = alike(signs, self.likeness)
        return self

    def scores(self, people: Index) -> Scores:
        """Return the likeness to the circle's goods, added up."""
        return np.asarray((self.around[people] @ self.alike).toarray(), dtype=np.float32)

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Name the goods of the circle that are most like it."""
        goods = self.around[person].indices
        weights = self.around[person].data * self.alike[goods, good].toarray().ravel()
        order = np.argsort(-weights, kind="stable")[:MAX_REASONS]
        found = tuple(int(goods[place]) for place in order if weights[place] > 0)
        return (Reason(Why.CIRCLE, float(weights.sum()), goods=found),) if found else ()


class Joined(Recommender):
    """Says 1 of the goods that a person took when somebody else launched them: who joined a group may launch the next one of the same good.

    On a real log that happened 30 times as often as by chance. It stands apart from ``Friends``, who would lift what a friend launched and she did
    *not* join as much, and that is tried only three times as often as by chance.
    """

    name = "what she joined"

    def fit(self, past: Past) -> Self:
        """Keep what was taken without being of the kind to be predicted."""
        self.joined = ones(past.taken - past.taken.multiply(past.aimed))
        return self

    def scores(self, people: Index) -> Scores:
        """Return 0 and 1."""
        return np.asarray(self.joined[people].toarray(), dtype=np.float32)

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Say that she joined it."""
        return (Reason(Why.JOINED, 1.0, goods=(good,)),) if self.joined[person, good] else ()
