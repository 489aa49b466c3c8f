"""A seeded world whose truth is known: agents with customers of particular tastes, goods of particular worth, and what was sold.

Nothing of the truth reaches the scoring except through what a shop would see: sales, openings, judged orders, late parcels, pictures
and words (with noise). How good a list is, is asked of the truth itself.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from renmai.matching.scoring import Crowd
from renmai.matching.shelf import Floats, Ints, Shelf, unit_rows

GOODS, AGENTS = 600, 40
CATEGORIES, TOPS, BRANDS, SUPPLIERS, STYLES, SERIES = 24, 6, 60, 20, 8, 20


@dataclass(frozen=True)
class World:
    """The shelf, each agent's crowd as a shop sees it, and the truth: the kept sales to expect (agents × goods, rows add up to 1)."""

    shelf: Shelf
    crowds: tuple[Crowd, ...]
    expected: Floats

    def relevant(self, agent: int, *, among: int = 60) -> frozenset[int]:
        """The places of the goods that would truly sell best for her."""
        return frozenset(np.argsort(-self.expected[agent])[:among].tolist())


def made(seed: int = 7, *, words: int = 6) -> World:
    """Make the world of a seed, where ``words`` people on average said something of each product that was shared with them."""
    rng = np.random.default_rng(seed)
    category = rng.integers(0, CATEGORIES, GOODS)
    brand, supplier = rng.integers(0, BRANDS, GOODS), rng.integers(0, SUPPLIERS, GOODS)
    style, series = rng.integers(0, STYLES, GOODS), rng.integers(0, SERIES, GOODS)
    price = np.exp(rng.normal(0.0, 0.8, GOODS) + rng.normal(8.0, 0.5, CATEGORIES)[category])
    late, stock = rng.beta(0.6, 1.5, SUPPLIERS)[supplier], rng.integers(1, 60, GOODS)
    wrong, appeal = rng.beta(0.7, 5.0, GOODS), rng.normal(0.0, 1.0, GOODS)
    looks = rng.normal(0.0, 1.0, (STYLES, 24))[style] + rng.normal(0.0, 0.4, (GOODS, 24))

    tastes = ((1.6, CATEGORIES, category), (1.0, STYLES, style), (1.0, SERIES, series), (0.6, BRANDS, brand))
    wants = sum(weight * _standard(rng.dirichlet(np.full(kinds, 0.4), AGENTS))[:, kind] for weight, kinds, kind in tastes)
    wants = wants - 0.9 * np.abs(np.log(price)[None, :] - rng.normal(8.0, 0.6, AGENTS)[:, None]) + 0.8 * appeal[None, :]
    interest = _shares(0.8 * wants)
    skill = rng.beta(1.0, 1.5, (AGENTS, CATEGORIES))[:, category]
    kept = interest * skill * ((1.0 - wrong) ** 3 * (1.0 - late) ** 1.5 * np.minimum(1.0, np.sqrt(stock / 20.0)))[None, :]
    sold = np.array([rng.multinomial(300, row) for row in _rows(kept)], dtype=np.float64)
    seen = np.array([rng.multinomial(900, row) for row in interest], dtype=np.float64)
    bad = rng.binomial(judged := rng.poisson(25, GOODS), wrong)
    heard, unwelcome = _words(appeal, mean=words, seed=seed + 1)
    shelf = Shelf(
        ids=np.arange(1, GOODS + 1),
        category=category + 100,
        top=category % TOPS + 1,
        brand=np.array([f"b{number}" for number in brand]),
        supplier=supplier,
        province=np.array([f"{number + 11}" for number in supplier]),
        price_fen=price.astype(np.int64),
        price_to_fen=(price * rng.uniform(1.0, 1.5, GOODS)).astype(np.int64),
        stock=stock,
        sold=sold.sum(axis=0).astype(np.int64),
        recent=rng.binomial(sold.sum(axis=0).astype(np.int64), 0.3),
        listed_days=rng.uniform(10, 700, GOODS),
        commission_points=rng.choice([0, 500, 1000, 1500, 2000], GOODS),
        late=late,
        judged=judged,
        bad=bad,
        returned=np.minimum(judged, bad + rng.binomial(judged, 0.03)),
        stars=5.0 - 3.0 * wrong + rng.normal(0, 0.1, GOODS),
        heard=heard,
        unwelcome=unwelcome,
        is_demoted=np.zeros(GOODS, dtype=np.bool_),
        by_month=rng.poisson(5.0, (GOODS, 12)).astype(np.float64),
        tags=sparse.csr_array((np.ones(GOODS), (np.arange(GOODS), series)), shape=(GOODS, SERIES)),
        tag_names=np.array([f"s{number}" for number in range(SERIES)]),
        vectors=unit_rows(looks),
    )
    crowds = tuple(Crowd(interest=0.2 * seen[at] + sold[at], bought=sold[at], opened=seen[at]) for at in range(AGENTS))
    return World(shelf, crowds, _rows(kept))


def gain(expected: Floats, places: np.ndarray) -> float:
    """Return the NDCG of a list: the expected kept sales at its places, discounted by rank, against the best list of that length."""
    discounts = 1.0 / np.log2(np.arange(len(places)) + 2.0)
    ideal = np.sort(expected)[::-1][: len(places)]
    return float((expected[places] * discounts).sum() / (ideal * discounts).sum())


def _words(appeal: Floats, *, mean: int, seed: int) -> tuple[Ints, Ints]:
    """What people say of shares before they have bought: they know what appeals to them, and nothing of hidden faults."""
    dice = np.random.default_rng(seed)
    heard = dice.poisson(mean, len(appeal))
    return heard, dice.binomial(heard, 1.0 / (1.0 + np.exp(1.0 + 0.5 * appeal)))


def _standard(values: Floats) -> Floats:
    scaled: Floats = (values - values.mean()) / values.std()
    return scaled


def _shares(scores: Floats) -> Floats:
    return _rows(np.exp(scores - scores.max(axis=1, keepdims=True)))


def _rows(values: Floats) -> Floats:
    shares: Floats = values / values.sum(axis=1, keepdims=True)
    return shares
