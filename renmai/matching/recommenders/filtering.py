"""A low-pass filter on the graph of people and goods: the part of a person's past that varies slowly from good to good."""

from collections.abc import Mapping
from copy import copy
from typing import Final, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

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

SEED: Final = 1
TOLERANCE: Final = 1e-3


class GraphFilter(Portable):
    """Linear and ideal low-pass filter together: r·(R̃ᵀR̃ + ``ideal``·D^-½ V Vᵀ D^½), with R̃ = D_people^-½ R D_goods^-½.

    V holds the ``rank`` leading right singular vectors of R̃. Source: Shen et al., "How powerful is graph convolution for recommendation?",
    2021. ``linear`` off leaves the ideal filter alone, which is quick to ask of many goods.
    """

    def __init__(
        self, *, name: str = "graph filter", rank: int = 128, ideal: float = 0.3, linear: bool = True, with_wishes: bool = True
    ) -> None:
        self.name = name
        self.size = rank
        self.ideal = ideal
        self.linear = linear
        self.with_wishes = with_wishes

    def fit(self, past: Past) -> Self:
        """Decompose; seconds grow with the entries of the past and with ``rank``."""
        self.past = past.signs if self.with_wishes else past.taken
        self.balanced = damped(self.past, rows=0.5, columns=0.5)
        count = sums(self.past, 0)
        self.down = np.where(count > 0, np.maximum(count, 1) ** -0.5, 0).astype(np.float32)
        self.up = np.sqrt(count).astype(np.float32)
        self.directions = leading(self.balanced, min(self.size, min(self.past.shape) - 1))
        if self.linear:
            self.steps = sp.csr_matrix(self.balanced.T @ self.balanced, dtype=np.float32)
        return self

    def learnt(self) -> dict[str, Learnt]:
        """The directions, how strongly each good counts in them, and the linear steps from good to good."""
        found = {"down": self.down, "up": self.up, "directions": self.directions}
        return {**found, "steps": self.steps} if self.linear else found

    def relearn(self, learnt: Mapping[str, Learnt]) -> Self:
        """Take them over."""
        self.down, self.up, self.directions = learnt["down"], learnt["up"], learnt["directions"]
        if self.linear:
            self.steps = learnt["steps"]
        return self

    def about(self, past: Past) -> Self:
        """Filter the rows of this past."""
        found = copy(self)
        found.past = past.signs if self.with_wishes else past.taken
        return found

    def scores(self, people: Index) -> Scores:
        """Return the filtered past."""
        past = self.past[people]
        smooth = np.asarray(past @ (self.down[:, None] * self.directions), dtype=np.float32) @ self.directions.T
        smooth *= self.ideal * self.up
        if self.linear:
            smooth += (past @ self.steps).toarray()
        return smooth

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Name the goods of her past that lie in the same directions."""
        own = self.past[person].indices
        weights = (self.down[own, None] * self.directions[own]) @ (self.directions[good] * self.up[good])
        order = np.argsort(-weights, kind="stable")[:MAX_REASONS]
        found = tuple(int(own[place]) for place in order if weights[place] > 0)
        return (Reason(Why.TASTE, float(weights[weights > 0].sum()), goods=found),) if found else ()


def leading(matrix: Matrix, rank: int) -> NDArray[np.float32]:
    """Return the leading right singular vectors as columns (columns of ``matrix`` × ``rank``), by Lanczos iteration on the goods' side.

    A randomised range finder is quicker and no substitute: the singular values of such graphs lie close together, and with directions a
    little off the recall of the filter fell by a third.
    """
    from scipy.sparse.linalg import LinearOperator, eigsh

    size = matrix.shape[1]
    turned = matrix.T.tocsr()
    twice = LinearOperator((size, size), matvec=lambda vector: turned @ (matrix @ vector), dtype=np.float32)
    start = np.random.default_rng(SEED).random(size, dtype=np.float32)
    values, vectors = eigsh(twice, k=rank, which="LA", v0=start, tol=TOLERANCE)
    return np.ascontiguousarray(vectors[:, np.argsort(-values)], dtype=np.float32)
