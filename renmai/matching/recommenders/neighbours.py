"""Goods that the same people took: item kNN with a damped cosine."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import scipy.sparse as sp

from renmai.matching.recommenders.base import (
    MAX_REASONS,
    Index,
    Learnt,
    Matrix,
    Past,
    Portable,
    Reason,
    Scores,
    Why,
    damped,
    sums,
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two goods are that n people took both of: Σ 1/(what each of them took)^``busy`` / (n_i^(1-``lean``) · n_j^``lean`` + ``shrink``).

    ``lean`` 0.5 is the cosine; towards 0 it is how likely somebody with i takes j, which favours goods that many take. ``shrink`` is in people: it keeps
    two goods that one person took from being twins. ``most`` neighbours are kept per good (0: all).
    """

    shrink: float = 10.0
    lean: float = 0.5
    busy: float = 0.5
    most: int = 200


PLAIN_COSINE: Final = Likeness(shrink=0.0, lean=0.5, busy=0.0, most=0)


class ItemNeighbours(Portable):
    """Scores a good by its likeness to each of the goods of a person's past, added up."""

    def __init__(self, likeness: Likeness = Likeness(), *, name: str = "item neighbours", with_wishes: bool = True) -> None:
        self.likeness = likeness
        self.name = name
        self.with_wishes = with_wishes

    def fit(self, past: Past) -> Self:
        """Count who took what together; memory grows with the pairs of goods that somebody took both of."""
        self.past = past.signs if self.with_wishes else past.taken
        self.alike = alike(self.past, self.likeness)
        return self

    def learnt(self) -> dict[str, Learnt]:
        """What is like what."""
        return {"alike": self.alike}

    def relearn(self, learnt: Mapping[str, Learnt]) -> Self:
        """Take it over."""
        self.alike = learnt["alike"]
        return self

    def about(self, past: Past) -> Self:
        """Let the rows of this past be those that are looked up."""
        found = copy(self)
        found.past = past.signs if self.with_wishes else past.taken
        return found

    def scores(self, people: Index) -> Scores:
        """Return the likeness to what each person took."""
        return np.asarray((self.past[people] @ self.alike).toarray(), dtype=np.float32)

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Name the goods of her past that are most like it."""
        own = self.past[person].indices
        weights = self.alike[own, good].toarray().ravel()
        order = np.argsort(-weights, kind="stable")[:MAX_REASONS]
        found = tuple(int(own[place]) for place in order if weights[place] > 0)
        return (Reason(Why.ALIKE, float(weights.sum()), goods=found),) if found else ()


def alike(taken: Matrix, likeness: Likeness) -> Matrix:
    """Return goods × goods: row i has what somebody with i may like; no good is like itself."""
    together = sp.coo_matrix(damped(taken, rows=likeness.busy).T @ taken)
    other = together.row != together.col
    row, column, data = together.row[other], together.col[other], together.data[other]
    count = sums(taken, 0)
    scale = count[row] ** (1 - likeness.lean) * count[column] ** likeness.lean + likeness.shrink
    found = sp.csr_matrix((data / scale, (row, column)), shape=together.shape, dtype=np.float32)
    return strongest(found, likeness.most) if likeness.most else found


def strongest(matrix: Matrix, most: int) -> Matrix:
    """Keep the ``most`` highest entries of each row."""
    lengths = np.diff(matrix.indptr)
    if not len(lengths) or lengths.max() <= most:
        return matrix
    rows = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((-matrix.data, rows))
    place = np.arange(len(rows)) - np.repeat(matrix.indptr[:-1], lengths)
    kept = order[place < most]
    return sp.csr_matrix((matrix.data[kept], (rows[kept], matrix.indices[kept])), shape=matrix.shape)
