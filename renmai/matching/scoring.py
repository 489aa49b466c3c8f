"""How well goods suit a crowd of customers: factors, each between about -1 and 1, weighted, added up, and spread over the shelf.

A crowd is one member, the customers of an agent, or any group of them: what they bought and looked at, as weights over the shelf. Each
factor asks one question of it. The weights are starting values; ``renmai evaluate`` and the comparison on the shop's own orders say what
each is worth, and a factor without evidence is zero for all goods, so it changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from renmai.matching.shelf import Flags, Floats, Ints, Shelf

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "taste": 1.0,
        "brand": 0.45,
        "likeness": 0.6,
        "series": 0.6,
        "habits": 0.3,
        "selling": 0.3,
        "supply": 0.4,
        "quality": 0.4,
        "welcome": 0.1,
        "popular": 0.6,
        "together": 0.8,
        "model": 0.4,
    }
)
"""What each factor counts for, in standard deviations of the goods that are to be ranked."""

CLIP: Final = 3.0
SHARP: Final = frozenset({"model"})
"""Not clipped: logarithms of places, which cannot run away, and whose first places must stay apart. Clipped, recall@10 on real purchases fell by a sixth."""

PRICE_SPREAD_LEAST: Final = 0.25
"""Nobody's habit is narrower than a quarter of a price's natural logarithm, about ±28 %."""

SMALL_STOCK: Final = 20
SHRINK_ORDERS: Final = 5.0
SHRINK_WORDS: Final = 10.0
SAID_SHARE: Final = 0.1
"""What she says outright counts as much as so great a part of all that her customers did."""

POOL: Final = 300
VARIETY: Final = 0.3
"""How much being like what is already on the list costs, against the score (both 0 … 1)."""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Whom the goods are for. ``interest`` (n) adds up what they bought and looked at, older acts counting less.

    ``bought`` (n) counts her kept orders and ``opened`` (n) how often her links were opened, for the factor "selling"; ``liked`` and
    ``refused`` are places on the shelf of what an agent accepted and rejected. ``together`` (n) is what the goods bought together
    say, on any scale; ``modelled`` (n) what the fitted model says that serves, as logarithms of places; None where there is none.
    """

    interest: Floats
    bought: Floats
    opened: Floats
    liked: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    refused: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    together: Floats | None = None
    modelled: Floats | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything is known of its tastes."""
        return bool(self.interest.any()) or bool(len(self.liked)) or bool(len(self.refused))

    def leaning(self) -> Floats:
        """Return the interest in each product with what was said outright: accepted goods count for, rejected ones against (n)."""
        found = self.interest.astype(np.float64, copy=True)
        scale = max(float(found.sum()) * SAID_SHARE, 1.0)
        np.add.at(found, self.liked, scale)
        np.add.at(found, self.refused, -scale)
        return found


def nobody(shelf: Shelf) -> Crowd:
    """Return the crowd of which nothing is known."""
    empty = np.zeros(len(shelf))
    return Crowd(interest=empty, bought=empty, opened=empty)


def factors(shelf: Shelf, crowd: Crowd) -> dict[str, Floats]:
    """Return what each factor says of every product (n each), on its own scale."""
    leaning = crowd.leaning()
    found = {
        "taste": _shared(shelf.category, leaning) + 0.5 * _shared(shelf.top, leaning),
        "brand": np.where(shelf.brand == "", 0.0, _shared(shelf.brand, leaning)),
        "likeness": _alike(shelf, leaning),
        "series": _same_tags(shelf, leaning),
        "habits": _usual_price(shelf, leaning),
        "selling": _sells_through(shelf, crowd),
        "supply": _supply(shelf),
        "quality": _quality(shelf),
        "welcome": _welcome(shelf),
        "popular": np.log1p(shelf.recent.astype(np.float64)) + 0.3 * np.log1p(shelf.sold.astype(np.float64)),
    }
    if crowd.together is not None:
        found["together"] = crowd.together
    if crowd.modelled is not None:
        found["model"] = crowd.modelled
    return found


def contributions(parts: Mapping[str, Floats], candidates: Flags, weights: Mapping[str, float] = WEIGHTS) -> dict[str, Floats]:
    """Return how much each factor adds to the score of every product: weight × standard deviations among ``candidates``."""
    found = {}
    for name, values in parts.items():
        among = values[candidates]
        spread = float(among.std()) if len(among) else 0.0
        if spread > 1e-12:
            away = (values - among.mean()) / spread
            found[name] = weights.get(name, 0.0) * (away if name in SHARP else np.clip(away, -CLIP, CLIP))
        else:
            found[name] = np.zeros(len(values))
    return found


def total(added: Mapping[str, Floats], size: int) -> Floats:
    """Return the score of every product (``size``): the sum of what its factors add."""
    found: Floats = np.sum([*added.values(), np.zeros(size)], axis=0)
    return found


def best(scores: Floats, candidates: Flags, *, limit: int) -> Ints:
    """Return the places of the best candidates, best first; equal ones in the order of the shelf."""
    places = np.flatnonzero(candidates)
    order = np.argsort(-scores[places], kind="stable")[:limit]
    found: Ints = places[order]
    return found


def varied(shelf: Shelf, scores: Floats, pool: Ints, *, limit: int, variety: float = VARIETY) -> Ints:
    """Return ``limit`` places out of ``pool``, best first, each less like those before it than its score alone would choose.

    Maximal marginal relevance (Carbonell, Goldstein 1998): the next is who has the highest (1 - v)·score - v·likeness to the nearest
    one chosen. Scores are stretched to 0 … 1 over the pool; likeness is that of the vectors, and ½ more for the same category.
    """
    if not len(pool):
        return pool
    relevance = scores[pool]
    low, high = float(relevance.min()), float(relevance.max())
    relevance = (relevance - low) / (high - low) if high > low else np.ones(len(pool))
    vectors, category = shelf.vectors[pool], shelf.category[pool]
    nearest = np.zeros(len(pool))
    is_open = np.ones(len(pool), dtype=np.bool_)
    chosen: list[int] = []
    for _place in range(min(limit, len(pool))):
        worth = np.where(is_open, (1.0 - variety) * relevance - variety * nearest, -np.inf)
        at = int(np.argmax(worth))
        chosen.append(at)
        is_open[at] = False
        likeness = np.clip(vectors @ vectors[at], 0.0, 1.0) * 0.5 + 0.5 * (category == category[at])
        nearest = np.maximum(nearest, likeness)
    found: Ints = pool[np.array(chosen, dtype=np.int64)]
    return found


def _shared(groups: np.ndarray, leaning: Floats) -> Floats:
    """Return, for each product, the share of the crowd's leaning that lies in its group."""
    _names, at = np.unique(groups, return_inverse=True)
    mass = np.bincount(at, weights=leaning)
    found: Floats = (mass / (np.abs(leaning).sum() or 1.0))[at]
    return found


def _alike(shelf: Shelf, leaning: Floats) -> Floats:
    middle = leaning @ shelf.vectors
    length = float(np.linalg.norm(middle))
    found: Floats = shelf.vectors @ (middle / length) if length else np.zeros(len(shelf))
    return found


def _same_tags(shelf: Shelf, leaning: Floats) -> Floats:
    profile = shelf.tags.T @ leaning
    length = float(np.linalg.norm(profile))
    return np.asarray(shelf.tags @ (profile / length)) if length else np.zeros(len(shelf))


def _usual_price(shelf: Shelf, leaning: Floats) -> Floats:
    """Return how usual each price is for the crowd beside the shelf: the logarithm of the ratio of two bells over the price's logarithm.

    Against the shelf, because a shop of cheap goods would otherwise make everybody look thrifty.
    """
    weights = np.maximum(leaning, 0.0)
    mass = float(weights.sum())
    if not mass:
        return np.zeros(len(shelf))
    prices = np.log(np.maximum(shelf.price_fen, 1).astype(np.float64))
    middle = float(weights @ prices) / mass
    spread = max(float(np.sqrt(weights @ (prices - middle) ** 2 / mass)), PRICE_SPREAD_LEAST)
    of_shelf = max(float(prices.std()), PRICE_SPREAD_LEAST)
    usual = -0.5 * ((prices - middle) / spread) ** 2 - np.log(spread)
    found: Floats = usual + 0.5 * ((prices - prices.mean()) / of_shelf) ** 2 + np.log(of_shelf)
    return found


def _sells_through(shelf: Shelf, crowd: Crowd) -> Floats:
    """Return her kept orders for each opening of her links in the product's category, shrunk to her own mean."""
    opened, bought = float(crowd.opened.sum()), float(crowd.bought.sum())
    if not bought:
        return np.zeros(len(shelf))
    mean = bought / max(opened, bought)
    _names, at = np.unique(shelf.category, return_inverse=True)
    orders = np.bincount(at, weights=crowd.bought)
    openings = np.maximum(np.bincount(at, weights=crowd.opened), orders)
    rate = (orders + SHRINK_ORDERS * mean) / (openings + SHRINK_ORDERS)
    found: Floats = rate[at]
    return found


def _supply(shelf: Shelf) -> Floats:
    """Return how sure a parcel is to leave in time and the stock to last, 0 … 1."""
    return (1.0 - shelf.late) * np.minimum(1.0, np.sqrt(shelf.stock / SMALL_STOCK))


def _quality(shelf: Shelf) -> Floats:
    """Return how rarely orders go wrong, and the stars, together 0 … 1; goods without orders stand at the mean."""
    orders = int(shelf.judged.sum())
    mean = int(shelf.bad.sum()) / orders if orders else 0.0
    wrong = (shelf.bad + 10.0 * mean) / (shelf.judged + 10.0)
    return 0.6 * (1.0 - wrong) + 0.4 * (shelf.stars - 1.0) / 4.0


def _welcome(shelf: Shelf) -> Floats:
    """Return how often a share of it was of use to whom it reached, 0 … 1, shrunk to the mean of all; goods nobody spoke of stand there."""
    people = int(shelf.heard.sum())
    mean = int(shelf.unwelcome.sum()) / people if people else 0.0
    found: Floats = 1.0 - (shelf.unwelcome + SHRINK_WORDS * mean) / (shelf.heard + SHRINK_WORDS)
    return found
