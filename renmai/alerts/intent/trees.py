"""Gradient-boosted regression trees for a yes-or-no outcome, vectorised over all rows and columns of a level.

After Friedman (2001) with the second-order leaf values of Chen and Guestrin (2016), on columns cut into at most 64 bins, as
LightGBM does (Ke et al. 2017): one ``bincount`` gives the sums of every node, column and bin of a level at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from renmai.alerts.intent.measures import log_loss

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS = 64
TREES_EACH = 20
"""How many trees are tried: every twenty."""


@dataclass(frozen=True, kw_only=True)
class Growth:
    """How trees grow: chosen once, before any test row was seen, and kept. ``share`` is the part of the rows each tree sees."""

    rounds: int = 160
    depth: int = 4
    rate: float = 0.06
    ridge: float = 8.0
    leaf_weight: float = 8.0
    share: float = 0.7


@dataclass(frozen=True)
class Tree:
    """One tree of full depth in arrays: node ``i`` sends bins above ``cut[i]`` of ``column[i]`` to ``2i + 2``, others to ``2i + 1``."""

    column: Ints
    cut: Ints
    leaf: Floats

    def values(self, binned: NDArray[np.uint8]) -> Floats:
        """Return the leaf value of every row."""
        return self.leaf[_walk(self, binned)]


@dataclass
class Forest:
    """Trees on top of a base rate. ``edges[j]`` are the upper bounds of the bins of column ``j``, ascending."""

    edges: list[Floats]
    base: float
    trees: list[Tree] = field(default_factory=list)

    def log_odds(self, rows: Floats) -> Floats:
        """Return the log-odds of yes for each row."""
        binned = bins_of(rows, self.edges)
        score = np.full(len(rows), self.base)
        for tree in self.trees:
            score += tree.values(binned)
        return score

    def staged(self, rows: Floats) -> Floats:
        """Return the log-odds after each number of trees, shape ``(len(trees) + 1, len(rows))``."""
        binned = bins_of(rows, self.edges)
        steps = np.zeros((len(self.trees) + 1, len(rows)))
        steps[0] = self.base
        for number, tree in enumerate(self.trees, 1):
            steps[number] = tree.values(binned)
        return np.cumsum(steps, axis=0)


def grow(rows: Floats, outcome: Floats, *, growth: Growth, seed: int) -> Forest:
    """Fit a forest to ``rows`` (n × columns, finite) and ``outcome`` (n zeros and ones, both present).

    The same input and seed give the same trees. Raises ``ValueError`` when the outcome never varies.
    """
    rate = float(outcome.mean())
    if not 0.0 < rate < 1.0:
        raise ValueError("an outcome that never varies teaches nothing")
    draw = np.random.default_rng(seed)
    edges = edges_of(rows)
    binned = bins_of(rows, edges)
    forest = Forest(edges, float(np.log(rate / (1 - rate))))
    score = np.full(len(rows), forest.base)
    for _round in range(growth.rounds):
        chance = 1.0 / (1.0 + np.exp(-score))
        seen = np.flatnonzero(draw.random(len(rows)) < growth.share)
        slope, bend = (chance - outcome)[seen], (chance * (1 - chance))[seen]
        tree = _grow_tree(binned[seen], slope, bend, growth)
        forest.trees.append(tree)
        score += tree.values(binned)
    return forest


def grow_on_folds(
    rows: Floats, outcome: Floats, *, folds: Sequence[tuple[Ints, Ints]], growth: Growth, seed: int
) -> tuple[Forest, Floats]:
    """Return a forest of as many trees as lost least on ``folds`` of (training rows, other rows), and the log-odds of each row then.

    Those come from trees that had not seen the row, so chances can be calibrated by them. Each row stands in the second part of one fold.
    """
    stages = np.zeros((growth.rounds + 1, len(rows)))
    for train, others in folds:
        stages[:, others] = grow(rows[train], outcome[train], growth=growth, seed=seed).staged(rows[others])
    candidates = range(TREES_EACH, growth.rounds + 1, TREES_EACH)
    best = min(candidates, key=lambda count: log_loss(1 / (1 + np.exp(-stages[count])), outcome))
    forest = grow(rows, outcome, growth=growth, seed=seed)
    return Forest(forest.edges, forest.base, forest.trees[:best]), stages[best]


def edges_of(rows: Floats) -> list[Floats]:
    """Return for each column the bounds between its bins: its values, or its quantiles where it has more than ``BINS``."""
    return [_edges(column) for column in rows.T]


def bins_of(rows: Floats, edges: list[Floats]) -> NDArray[np.uint8]:
    """Return the number of the bin of every value, same shape as ``rows``."""
    columns = [np.searchsorted(bounds, column, side="left") for bounds, column in zip(edges, rows.T, strict=True)]
    return np.stack(columns, axis=1).astype(np.uint8)


def _edges(column: Floats) -> Floats:
    values = np.unique(column)
    if len(values) <= BINS:
        return (values[1:] + values[:-1]) / 2
    return np.unique(np.quantile(column, np.arange(1, BINS) / BINS))


def _grow_tree(binned: NDArray[np.uint8], slope: Floats, bend: Floats, growth: Growth) -> Tree:
    """Grow one tree level by level. A node without a worthwhile split sends every row left, and so stays one leaf."""
    rows, columns = binned.shape
    inner = 2**growth.depth - 1
    column, cut = np.zeros(inner, dtype=np.int64), np.full(inner, BINS, dtype=np.int64)
    node = np.zeros(rows, dtype=np.int64)
    places = binned + np.arange(columns, dtype=np.int64) * BINS
    every_slope, every_bend = np.repeat(slope, columns), np.repeat(bend, columns)
    for level in range(growth.depth):
        width = 2**level
        flat = (places + node[:, None] * (columns * BINS)).ravel()
        shape = (width, columns, BINS)
        size = width * columns * BINS
        slopes = np.bincount(flat, every_slope, size).reshape(shape)
        bends = np.bincount(flat, every_bend, size).reshape(shape)
        best_column, best_cut = _best_splits(slopes, bends, growth)
        first = width - 1
        column[first : first + width], cut[first : first + width] = best_column, best_cut
        goes_right = binned[np.arange(rows), best_column[node]] > best_cut[node]
        node = 2 * node + goes_right
    leaves = 2**growth.depth
    total_slope = np.bincount(node, slope, leaves)
    total_bend = np.bincount(node, bend, leaves)
    return Tree(column, cut, -growth.rate * total_slope / (total_bend + growth.ridge))


def _best_splits(slopes: Floats, bends: Floats, growth: Growth) -> tuple[Ints, Ints]:
    """Return for each node the column and the last bin that goes left; ``BINS`` where no split gains anything."""
    left_slope, left_bend = slopes.cumsum(axis=2), bends.cumsum(axis=2)
    whole_slope, whole_bend = left_slope[:, :, -1:], left_bend[:, :, -1:]
    right_slope, right_bend = whole_slope - left_slope, whole_bend - left_bend
    gain = (
        left_slope**2 / (left_bend + growth.ridge)
        + right_slope**2 / (right_bend + growth.ridge)
        - whole_slope**2 / (whole_bend + growth.ridge)
    )
    gain[(left_bend < growth.leaf_weight / 4) | (right_bend < growth.leaf_weight / 4)] = 0.0
    flat = gain.reshape(len(gain), -1)
    best = flat.argmax(axis=1)
    worthwhile = flat[np.arange(len(flat)), best] > 1e-9
    return best // BINS, np.where(worthwhile, best % BINS, BINS)


def _walk(tree: Tree, binned: NDArray[np.uint8]) -> Ints:
    """Return the number of the leaf, from the left, that each row falls into."""
    depth = len(tree.leaf).bit_length() - 1
    everyone = np.arange(len(binned))
    node = np.zeros(len(binned), dtype=np.int64)
    for level in range(depth):
        at = node + 2**level - 1
        node = 2 * node + (binned[everyone, tree.column[at]] > tree.cut[at])
    return node
