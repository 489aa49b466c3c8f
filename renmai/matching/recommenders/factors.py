"""Two models that give every good and person a place among few or among all goods: alternating least squares and EASE."""

from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from renmai.matching.recommenders.base import MAX_REASONS, Index, Past, Reason, Recommender, Scores, Why, damped, sums

REGULARISATION: Final = 1.0
ROUNDS: Final = 10


class LeastSquares(Recommender):
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

    def scores(self, people: Index) -> Scores:
        """Return the inner products."""
        return self.people_at[people] @ self.goods_at.T


class Ease(Recommender):
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
