"""Two models that give every good and person a place among few or among all goods: alternating least squares and EASE."""

from collections.abc import Mapping
from copy import copy
from typing import Final, Self

import numpy as np
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

REGULARISATION: Final = 1.0
ROUNDS: Final = 10


class LeastSquares(Portable):
    """Implicit ALS (Hu, Koren, Volinsky 2008) as the library ``implicit`` computes it."""

    def __init__(self, *, name: str = "least squares", size: int = 32, alpha: float = 5.0, with_wishes: bool = True) -> None:
        self.name = name
        self.size = size
        self.alpha = alpha
        self.with_wishes = with_wishes

    def fit(self, past: Past) -> Self:
        """Alternate; the seed is fixed, so the same past gives the same factors up to the order in which threads add."""
        from implicit.als import AlternatingLeastSquares
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1, "blas"):
            model = AlternatingLeastSquares(
                factors=self.size, regularization=REGULARISATION, alpha=self.alpha, iterations=ROUNDS, random_state=1
            )
            # It starts threads of its own; those of the linear algebra beneath would fight with them.
            model.fit(past.signs if self.with_wishes else past.taken, show_progress=False)
        self.people_at: NDArray[np.float32] = np.asarray(model.user_factors)
        self.goods_at: NDArray[np.float32] = np.asarray(model.item_factors)
        return self

    def learnt(self) -> dict[str, Learnt]:
        """Where the goods are."""
        return {"goods_at": self.goods_at}

    def relearn(self, learnt: Mapping[str, Learnt]) -> Self:
        """Take their places over."""
        self.goods_at = learnt["goods_at"]
        return self

    def about(self, past: Past) -> Self:
        """Find the place of each person of this past among the goods: the half of a round that alternating least squares ends with."""
        found = copy(self)
        found.people_at = self._places(past.signs if self.with_wishes else past.taken)
        return found

    def _places(self, past: Matrix) -> NDArray[np.float32]:
        """Solve (YᵀY + (α - 1)·Σ yyᵀ + λI) x = α·Σ y over the goods of each row; who has none stands at 0."""
        goods = self.goods_at.astype(np.float64)
        ground = goods.T @ goods + REGULARISATION * np.eye(goods.shape[1])
        places = np.zeros((past.shape[0], goods.shape[1]), dtype=np.float32)
        for row in np.flatnonzero(np.diff(past.indptr)):
            own = goods[past.indices[past.indptr[row] : past.indptr[row + 1]]]
            places[row] = np.linalg.solve(ground + (self.alpha - 1) * own.T @ own, self.alpha * own.sum(axis=0))
        return places

    def scores(self, people: Index) -> Scores:
        """Return the inner products."""
        return self.people_at[people] @ self.goods_at.T


class Ease(Portable):
    """EASE (Steck 2019): the linear model from goods to goods without a diagonal that has a closed form.

    Dense, so it takes the ``most`` goods that are taken most (8,000 need 0.8 GB and seconds); the others score 0.
    """

    def __init__(
        self, *, name: str = "EASE", ridge: float = 100.0, most: int = 8_000, busy: float = 0.25, with_wishes: bool = True
    ) -> None:
        self.name = name
        self.ridge = ridge
        self.most = most
        self.busy = busy
        self.with_wishes = with_wishes

    def fit(self, past: Past) -> Self:
        """Invert the goods' Gram matrix, in which somebody who took n goods counts n^(-2·``busy``)."""
        from scipy.linalg import cho_factor, cho_solve

        taken = past.signs if self.with_wishes else past.taken
        self.chosen = np.sort(np.argsort(-sums(taken, 0), kind="stable")[: self.most])
        self.past = taken[:, self.chosen]
        lighter = damped(self.past, rows=self.busy)
        gram = (lighter.T @ lighter).toarray()
        gram[np.diag_indices_from(gram)] += self.ridge
        inverse = cho_solve(cho_factor(gram, overwrite_a=True), np.eye(len(gram), dtype=np.float32), overwrite_b=True)
        inverse /= -np.diag(inverse)
        np.fill_diagonal(inverse, 0)
        self.effects: NDArray[np.float32] = inverse
        self.goods = past.goods
        return self

    def learnt(self) -> dict[str, Learnt]:
        """The goods that were taken most, and what each says for each."""
        return {"chosen": self.chosen, "effects": self.effects}

    def relearn(self, learnt: Mapping[str, Learnt]) -> Self:
        """Take it over."""
        self.chosen, self.effects = learnt["chosen"], learnt["effects"]
        return self

    def about(self, past: Past) -> Self:
        """Let the rows of this past be those that count."""
        found = copy(self)
        found.past = (past.signs if self.with_wishes else past.taken)[:, self.chosen]
        found.goods = past.goods
        return found

    def scores(self, people: Index) -> Scores:
        """Return what the person's past says of each good."""
        found = np.zeros((len(people), self.goods), dtype=np.float32)
        found[:, self.chosen] = self.past[people] @ self.effects
        return found

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Name the goods of her past that raise it most."""
        place = int(np.searchsorted(self.chosen, good))
        if place == len(self.chosen) or self.chosen[place] != good:
            return ()
        own = self.past[person].indices
        weights = self.effects[own, place]
        order = np.argsort(-weights, kind="stable")[:MAX_REASONS]
        found = tuple(int(self.chosen[own[at]]) for at in order if weights[at] > 0)
        return (Reason(Why.ALIKE, float(weights[weights > 0].sum()), goods=found),) if found else ()
