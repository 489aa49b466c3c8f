"""The one interface of the models: what they are fitted on, what they answer, and why."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self, TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Matrix: TypeAlias = Any
"""A ``scipy.sparse.csr_matrix`` of float32; SciPy brings no types."""

Index: TypeAlias = NDArray[np.int32]
Scores: TypeAlias = NDArray[np.float32]

Learnt: TypeAlias = Any
"""An array, or a ``scipy.sparse.csr_matrix``."""

BATCH: Final = 512
"""People scored at once: 512 × 30,000 goods are 60 MB a model."""

MAX_REASONS: Final = 3


class Why(StrEnum):
    """The kinds of reason."""

    POPULAR = "popular"
    ALIKE = "alike"
    FRIENDS = "friends"
    CIRCLE = "circle"
    JOINED = "joined"
    TASTE = "taste"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a good stands where it does, as data: the words are made by whoever shows it.

    ``goods`` are those of the person's own past that it goes with (``ALIKE``, ``TASTE``), ``people`` those with whom she bought and who took
    it (``FRIENDS``), ``count`` how often it was taken (``POPULAR``, ``FRIENDS``). ``CIRCLE`` is like ``ALIKE`` of goods that her friends or she took;
    ``JOINED`` says that she took this very good when somebody else launched it. ``weight`` compares reasons of one model.
    """

    why: Why
    weight: float
    goods: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One good in somebody's list."""

    good: int
    score: float


@dataclass(frozen=True)
class Pairs:
    """Who took what, row by row: two arrays of the same length."""

    people: Index
    goods: Index

    def __len__(self) -> int:
        return len(self.people)

    def part(self, rows: NDArray[Any]) -> "Pairs":
        """Return the pairs of ``rows`` (positions or a mask)."""
        return Pairs(self.people[rows], self.goods[rows])


@dataclass(frozen=True)
class Practice:
    """A part of the past that is put aside so that a blend can learn on it what its parts are worth."""

    past: "Past"
    pairs: Pairs


@dataclass(frozen=True)
class Past:
    """What is known when a model is fitted. Matrices have one row per person and one column per good, of 0 and 1.

    ``taken`` is what people took; ``aimed`` the part of it that is of the kind to be predicted (for a group buy what people launched
    themselves, otherwise the same); ``wished`` weaker signs (launches that failed, looks, what was shared with them); ``ties`` who has to do
    with whom, symmetric, without a diagonal. ``practice`` is made of this past alone. ``tracks`` is what each
    person touched, oldest first, where the order is known.
    """

    taken: Matrix
    aimed: Matrix
    wished: Matrix
    ties: Matrix
    practice: Practice | None = None
    tracks: Sequence[Index] | None = None

    @property
    def people(self) -> int:
        """How many people there are."""
        return int(self.taken.shape[0])

    @property
    def goods(self) -> int:
        """How many goods there are."""
        return int(self.taken.shape[1])

    @property
    def signs(self) -> Matrix:
        """Everything that somebody took or wished, as 0 and 1."""
        return ones(self.taken + self.wished)

    def without_ties(self) -> "Past":
        """Return the same past of people who do not know each other."""
        none = sp.csr_matrix(self.ties.shape, dtype=np.float32)
        practice = self.practice and Practice(self.practice.past.without_ties(), self.practice.pairs)
        return replace(self, ties=none, practice=practice)


class Recommender(ABC):
    """A model: fitted once, asked often. Asking before fitting is a bug of ours."""

    name: str

    @abstractmethod
    def fit(self, past: Past) -> Self:
        """Learn from ``past`` and return the model itself."""

    @abstractmethod
    def scores(self, people: Index) -> Scores:
        """Return one row per person and one column per good; higher is better, 0 is "nothing speaks for it" except in a blend."""

    def explain(self, person: int, good: int) -> tuple[Reason, ...]:
        """Return what speaks for ``good``, the strongest first; empty when nothing does."""
        return ()

    def rank(self, person: int, count: int, *, leave_out: Sequence[int] | Index = ()) -> list[Ranked]:
        """Return the best ``count`` goods for somebody, best first, without those left out; ties go to the good that is listed first."""
        row = self.scores(np.array([person], dtype=np.int32))[0]
        return best(row, count, leave_out=leave_out)


class Portable(Recommender):
    """A model that learns about goods only: it can be kept without a word about anybody, and asked about people whom it was not fitted on."""

    @abstractmethod
    def learnt(self) -> dict[str, Learnt]:
        """Return what ``fit`` learnt, by name: arrays and sparse matrices of goods, none with a row or a column for a person."""

    @abstractmethod
    def relearn(self, learnt: Mapping[str, Learnt]) -> Self:
        """Take over what ``learnt`` once returned, and return the model itself. It knows nobody until it is asked ``about`` a past.

        Raises ``KeyError`` when something is missing.
        """

    @abstractmethod
    def about(self, past: Past) -> Self:
        """Return the same model asked about the people of ``past``, whose goods are those it was fitted on; nothing is learnt anew."""


def best(row: Scores, count: int, *, leave_out: Sequence[int] | Index = ()) -> list[Ranked]:
    """Return the ``count`` highest of a row of scores, best first."""
    row = row.copy()
    row[np.asarray(leave_out, dtype=np.int64)] = -np.inf
    count = min(count, int(np.isfinite(row).sum()))
    if count <= 0:
        return []
    top = np.argpartition(-row, count - 1)[:count] if count < len(row) else np.arange(len(row))
    top = top[np.lexsort((top, -row[top]))][:count]
    return [Ranked(int(good), float(row[good])) for good in top]


def ones(matrix: Matrix) -> Matrix:
    """Return the matrix with 1 wherever something stands."""
    matrix = sp.csr_matrix(matrix, dtype=np.float32)
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    matrix.data[:] = 1
    return matrix


def matrix_of(pairs: Pairs, shape: tuple[int, int]) -> Matrix:
    """Return pairs as a matrix of 0 and 1; a pair that stands twice counts once."""
    values = np.ones(len(pairs), dtype=np.float32)
    return ones(sp.csr_matrix((values, (pairs.people, pairs.goods)), shape=shape))


def sums(matrix: Matrix, axis: int) -> NDArray[np.float64]:
    """Return the sums along ``axis`` as a flat array."""
    return np.asarray(matrix.sum(axis=axis), dtype=np.float64).ravel()


def damped(matrix: Matrix, *, rows: float = 0.0, columns: float = 0.0) -> Matrix:
    """Divide each entry by its row's sum to the power ``rows`` and by its column's to the power ``columns`` (0 leaves it alone)."""
    left = np.maximum(sums(matrix, 1), 1) ** -rows
    right = np.maximum(sums(matrix, 0), 1) ** -columns
    return sp.csr_matrix(sp.diags(left) @ matrix @ sp.diags(right), dtype=np.float32)
