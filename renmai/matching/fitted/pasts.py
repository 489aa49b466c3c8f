"""The shop's own past as the models want it: who took and who wished what, as two matrices of people and goods."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.sparse as sp

from renmai.matching.reading import Acts
from renmai.matching.recommenders.base import Pairs, Past, matrix_of
from renmai.matching.shelf import Flags, Floats, Ints

MOST_EACH: Final = 200
"""Of somebody who buys a lot (a shop that buys for others) only her newest acts count."""


@dataclass(frozen=True)
class Known:
    """A past, and whose rows it has: ``people`` in ascending order. What they bought is taken, everything else is wished."""

    past: Past
    people: Ints

    def pairs(self, acts: Acts) -> Pairs:
        """Return what the people who are known here did in ``acts`` and had not taken before, each pair once."""
        hers = acts.of(np.isin(acts.person, self.people))
        had, goods = self.past.taken.tocoo(), self.past.goods
        pairs = np.unique(np.searchsorted(self.people, hers.person) * goods + hers.place)
        new = pairs[~np.isin(pairs, had.row.astype(np.int64) * goods + had.col)]
        return Pairs((new // goods).astype(np.int32), (new % goods).astype(np.int32))


def known(acts: Acts, goods: int) -> Known:
    """Return the past of these acts on a shelf of ``goods``. Nobody is tied to anybody: what one buys shall not show on another's list."""
    people, rows = np.unique(acts.person, return_inverse=True)
    acts, rows = _newest(acts, rows)
    shape, is_order = (len(people), goods), acts.is_order == 1

    def matrix(chosen: np.ndarray) -> sp.csr_matrix:
        return matrix_of(Pairs(rows[chosen].astype(np.int32), acts.place[chosen].astype(np.int32)), shape)

    taken = matrix(is_order)
    ties = sp.csr_matrix((len(people), len(people)), dtype=np.float32)
    return Known(Past(taken=taken, aimed=taken, wished=matrix(~is_order), ties=ties), people)


def _newest(acts: Acts, rows: np.ndarray) -> tuple[Acts, np.ndarray]:
    """Return the ``MOST_EACH`` newest acts of each kind of each person (an act's weight falls with its age)."""
    order = np.lexsort((-acts.weight, acts.is_order, rows))
    kinds = rows[order] * 2 + acts.is_order[order]
    place = np.arange(len(order)) - np.searchsorted(kinds, kinds)
    chosen = order[place < MOST_EACH]
    return acts.of(chosen), rows[chosen]


def level(scores: Floats, *, among: Flags) -> Floats:
    """Return each row less its mean, in its own standard deviations, so that everybody speaks alike; 0 where ``among`` does not hold.

    Rows that say nothing are 0 altogether.
    """
    count = np.maximum(among.sum(axis=1, keepdims=True), 1)
    away = np.where(among, scores - np.where(among, scores, 0.0).sum(axis=1, keepdims=True) / count, 0.0)
    spread = np.sqrt((away**2).sum(axis=1, keepdims=True) / count)
    found: Floats = np.divide(away, spread, out=np.zeros_like(away), where=spread > 1e-12)
    return found


def ranks(scores: Floats) -> Floats:
    """Return the place of each score, 1 for the highest; equal ones share the middle of their places."""
    _values, at, counts = np.unique(-scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    found: Floats = (last - (counts - 1) / 2.0)[at]
    return found
