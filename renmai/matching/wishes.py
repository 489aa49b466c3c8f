"""An agent's selection requirements 选品要求: what may stand on her list at all. Hard filters, before anything is scored."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renmai.matching.shelf import Flags, Ints, Shelf, Texts


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What an agent wants to sell. Empty sets and None ask for nothing.

    ``categories`` may name leaves or the categories above. ``minimum_fen`` … ``maximum_fen`` bound every price of the product, not only
    its lowest. ``return_points`` is the highest share of returned orders, in basis points, among goods with enough orders to say so.
    ``ship_from`` holds the codes of provinces (two digits). ``excluded`` are products she does not want to see.
    """

    categories: frozenset[int] = frozenset()
    brands: frozenset[str] = frozenset()
    minimum_fen: int | None = None
    maximum_fen: int | None = None
    commission_points: int = 0
    suppliers: frozenset[int] = frozenset()
    ship_from: frozenset[str] = frozenset()
    return_points: int | None = None
    excluded: frozenset[int] = frozenset()


ANYTHING = Wishes()
JUDGED_ENOUGH = 10
"""Fewer judged orders say nothing about how often a product is returned; new goods would never get a chance."""


def in_band(wishes: Wishes, *, lowest_fen: int, highest_fen: int) -> bool:
    """Whether prices are within the band now: they may have changed since a list was made."""
    is_above = wishes.minimum_fen is None or lowest_fen >= wishes.minimum_fen
    return is_above and (wishes.maximum_fen is None or highest_fen <= wishes.maximum_fen)


def allowed(shelf: "Shelf", wishes: Wishes) -> "Flags":
    """Return for each product of the shelf whether it meets all of ``wishes``, can be bought, and is not demoted (n flags)."""
    import numpy as np

    fits = (shelf.stock > 0) & ~shelf.is_demoted
    if wishes.categories:
        fits &= _among(shelf.category, wishes.categories) | _among(shelf.top, wishes.categories)
    if wishes.brands:
        fits &= _among(shelf.brand, wishes.brands)
    if wishes.suppliers:
        fits &= _among(shelf.supplier, wishes.suppliers)
    if wishes.ship_from:
        fits &= _among(shelf.province, wishes.ship_from)
    if wishes.minimum_fen is not None:
        fits &= shelf.price_fen >= wishes.minimum_fen
    if wishes.maximum_fen is not None:
        fits &= shelf.price_to_fen <= wishes.maximum_fen
    if wishes.return_points is not None:
        too_many = shelf.returned * 10_000 > wishes.return_points * shelf.judged
        fits &= ~(too_many & (shelf.judged >= JUDGED_ENOUGH))
    if wishes.excluded:
        fits &= ~_among(shelf.ids, wishes.excluded)
    return np.asarray(fits & (shelf.commission_points >= wishes.commission_points))


def _among(column: "Ints | Texts", wanted: "Collection[int] | Collection[str]") -> "Flags":
    import numpy as np

    return np.isin(column, np.array(sorted(wanted), dtype=column.dtype if column.dtype.kind == "i" else None))
