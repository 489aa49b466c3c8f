"""Everything on sale as columns, so that whole shelves are filtered and scored at once instead of product by product."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """``n`` products on sale in the order of their ids; every field has one entry, or one row, for each.

    ``price_fen`` is the lowest price, ``price_to_fen`` the highest. ``commission_points`` are basis points of the net price. ``late``
    is the share of the supplier's parcels that left late, 0 … 1. Of the ``judged`` orders (received long enough ago to be judged)
    ``bad`` had a quality claim or two stars and fewer, ``returned`` came back or were refunded for whatever reason. ``heard`` people
    said of what was shared with them whether it was of use, and for ``unwelcome`` of them it was not. ``by_month``
    (n × 12) holds the pieces sold in each month of the year. ``tags`` (n × t) are the words it is listed under, ``tag_names`` say
    which. ``vectors`` (n × d, rows of length one or zero) are near each other where goods look and read alike.
    """

    ids: Ints
    category: Ints
    top: Ints
    brand: Texts
    supplier: Ints
    province: Texts
    price_fen: Ints
    price_to_fen: Ints
    stock: Ints
    sold: Ints
    recent: Ints
    listed_days: Floats
    commission_points: Ints
    late: Floats
    judged: Ints
    bad: Ints
    returned: Ints
    heard: Ints
    unwelcome: Ints
    stars: Floats
    is_demoted: Flags
    by_month: Floats
    tags: sparse.csr_array
    tag_names: Texts
    vectors: Floats

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, product_ids: Sequence[int] | Ints) -> Ints:
        """Return where these products stand; those that are not on sale are left out."""
        wanted = np.asarray(product_ids, dtype=np.int64)
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        found: Ints = at[self.ids[at] == wanted]
        return found

    def with_demoted(self, product_ids: Sequence[int]) -> "Shelf":
        """Return the shelf with these products, and no others, demoted."""
        flags = np.zeros(len(self), dtype=np.bool_)
        flags[self.places(product_ids)] = True
        return replace(self, is_demoted=flags)


def unit_rows(matrix: Floats) -> Floats:
    """Return ``matrix`` with every row at length one; rows of nothing but zeros stay."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Floats = np.divide(matrix, lengths, out=np.zeros_like(matrix), where=lengths > 0)
    return scaled
