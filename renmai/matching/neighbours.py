"""What is bought with what: likeness of goods by the people who bought both, as one sparse matrix."""

from typing import Final

import numpy as np
from scipy import sparse

from renmai.matching.reading import Acts
from renmai.matching.shelf import Floats, Ints

SHRINK: Final = 3.0
"""As if so many people more had bought only one of the two: two goods with one common buyer are not yet friends."""

MOST_EACH: Final = 60
"""Of somebody who buys a lot (a shop that buys for others) only her newest acts count."""


def bought_together(acts: Acts, size: int) -> sparse.csr_array:
    """Return the likeness of every two goods (size × size, 0 … 1, nothing on the diagonal): common buyers over the geometric mean."""
    people, row = np.unique(acts.person, return_inverse=True)
    order = np.lexsort((-acts.weight, row))
    first = np.searchsorted(row[order], np.arange(len(people)))
    is_new = np.arange(len(order)) - first[row[order]] < MOST_EACH
    chosen = order[is_new]
    ones = np.ones(len(chosen))
    matrix = sparse.csr_array((ones, (row[chosen], acts.place[chosen])), shape=(len(people), size))
    matrix.data[:] = 1.0
    common = sparse.coo_array(matrix.T @ matrix)
    off = common.row != common.col
    counts = np.asarray(matrix.sum(axis=0)).ravel()
    lower = np.sqrt(counts[common.row[off]] * counts[common.col[off]]) + SHRINK
    return sparse.csr_array((common.data[off] / lower, (common.row[off], common.col[off])), shape=(size, size))


def nearest(likeness: sparse.csr_array, place: int, *, limit: int) -> Ints:
    """Return the places of the goods most often bought with the one at ``place``, best first."""
    start, stop = likeness.indptr[place], likeness.indptr[place + 1]
    columns, values = likeness.indices[start:stop], likeness.data[start:stop]
    found: Ints = columns[np.argsort(-values, kind="stable")[:limit]].astype(np.int64)
    return found


def suits(likeness: sparse.csr_array, interest: Floats) -> Floats:
    """Return how much each product goes with everything in ``interest`` (n)."""
    return np.asarray(likeness @ interest)
