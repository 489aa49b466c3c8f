"""The trees of who came through whom: how large, how deep, how far from one loud voice."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from renmai.sharing.queries import structural_virality

BANDS = (1, 2, 3, 5, 10, 20, 50, 100, 1_000)
"""Where the bands of tree sizes begin."""


@dataclass(frozen=True)
class Band:
    """Trees of ``least`` to ``most`` people (no end when None)."""

    least: int
    most: int | None
    trees: int
    people: int


@dataclass(frozen=True)
class Forest:
    """All trees of a campaign. Depth counts steps below the first person; ``generations`` counts people by step.

    ``virality`` is structural virality (Goel, Anderson, Hofman and Watts 2015): the mean distance between two people of a tree, of the
    largest one, and as a mean over the trees with at least two people. ``sizes`` tells the distribution.
    """

    trees: int
    people: int
    largest: int
    mean_size: float
    depth: int
    mean_depth: float
    generations: tuple[int, ...]
    virality_of_largest: float
    mean_virality: float
    sizes: tuple[Band, ...]


def forest(parents: Mapping[Hashable, Hashable | None]) -> Forest:
    """Return the trees of ``parents`` (who → through whom, None or somebody unknown for nobody). Linear in the number of people.

    Raises ``ValueError`` when people go round in a circle: nobody began it.
    """
    below: dict[Hashable, list[Hashable]] = defaultdict(list)
    roots = []
    for person, parent in parents.items():
        if parent is None or parent not in parents:
            roots.append(person)
        else:
            below[parent].append(person)
    trees = [_grown(root, below) for root in roots]
    if sum(map(len, trees)) != len(parents):
        raise ValueError("people who came through one another in a circle")
    return _summed(trees)


def _grown(root: Hashable, below: Mapping[Hashable, Sequence[Hashable]]) -> list[tuple[int, int, int]]:
    """Return a tree as (number, number of the parent, depth), top down; the root's parent is 0."""
    found, tree = [root], [(1, 0, 0)]
    for index, person in enumerate(found):
        for child in below.get(person, ()):
            found.append(child)
            tree.append((len(found), index + 1, tree[index][2] + 1))
    return tree


def _summed(trees: Sequence[Sequence[tuple[int, int, int]]]) -> Forest:
    depths = Counter(depth for tree in trees for _person, _parent, depth in tree)
    people, deepest = depths.total(), max(depths, default=0)
    viralities = [structural_virality([(person, parent) for person, parent, _depth in tree]) for tree in trees]
    largest = max(range(len(trees)), key=lambda index: len(trees[index]), default=None)
    passed_on = [found for found in viralities if found]
    return Forest(
        trees=len(trees),
        people=people,
        largest=len(trees[largest]) if largest is not None else 0,
        mean_size=people / len(trees) if trees else 0.0,
        depth=deepest,
        mean_depth=sum(tree[-1][2] for tree in trees) / len(trees) if trees else 0.0,
        generations=tuple(depths[step] for step in range(deepest + 1)) if people else (),
        virality_of_largest=viralities[largest] if largest is not None else 0.0,
        mean_virality=sum(passed_on) / len(passed_on) if passed_on else 0.0,
        sizes=bands([len(tree) for tree in trees]),
    )


def bands(sizes: Sequence[int]) -> tuple[Band, ...]:
    """Return how many trees and people stand in each band, up to the largest tree."""
    tally = Counter(sizes)
    largest = max(tally, default=0)
    edges = [(least, following - 1) for least, following in pairwise(BANDS)]
    return tuple(
        Band(
            least,
            most,
            trees=sum(often for size, often in tally.items() if size >= least and (most is None or size <= most)),
            people=sum(size * often for size, often in tally.items() if size >= least and (most is None or size <= most)),
        )
        for least, most in [*edges, (BANDS[-1], None)]
        if least <= largest
    )
