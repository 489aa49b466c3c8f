"""Trees as they score a live session: walked in plain Python, kept in a row as JSON. They are grown in trees.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from renmai.alerts.intent.features import NAMES, Signals
from renmai.alerts.intent.scoring import chance_of, strongest

if TYPE_CHECKING:
    from renmai.alerts.intent.trees import Forest


@dataclass(frozen=True)
class Walk:
    """One tree of full depth: node ``i`` sends what is above ``bound[i]`` of ``column[i]`` to ``2i + 2``, the rest to ``2i + 1``.

    Where ``bound[i]`` is None everything is the rest.
    """

    column: tuple[int, ...]
    bound: tuple[float | None, ...]
    leaf: tuple[float, ...]

    def value(self, numbers: Sequence[float]) -> float:
        """Return the leaf that these features fall into."""
        node = 0
        while node < len(self.column):
            bound = self.bound[node]
            node = 2 * node + (2 if bound is not None and numbers[self.column[node]] > bound else 1)
        return self.leaf[node - len(self.column)]


@dataclass(frozen=True)
class Branching:
    """A forest: log-odds are ``base`` and a leaf of each tree; ``slope`` and ``shift`` are its calibration."""

    base: float
    walks: tuple[Walk, ...]
    shift: float = 0.0
    slope: float = 1.0
    number: int | None = None

    def chance(self, seen: Signals) -> float:
        """Return the chance, between 0 and 1."""
        return chance_of(self.shift + self.slope * self._odds(seen.numbers()))

    def reasons(self, seen: Signals) -> Sequence[str]:
        """Return what raised the chance most: whatever it would be lowest without."""
        numbers = seen.numbers()
        whole = self._odds(numbers)
        without = {
            name: self._odds((*numbers[:place], 0.0, *numbers[place + 1 :])) for place, name in enumerate(NAMES) if numbers[place]
        }
        return strongest({name: self.slope * (whole - odds) for name, odds in without.items()})

    def parameters(self) -> Mapping[str, object]:
        """Return the model as a row keeps it, in JSON."""
        walks = [[list(walk.column), list(walk.bound), list(walk.leaf)] for walk in self.walks]
        return {"base": self.base, "trees": walks, "features": list(NAMES), "shift": self.shift, "slope": self.slope}

    def _odds(self, numbers: Sequence[float]) -> float:
        return self.base + sum(walk.value(numbers) for walk in self.walks)


def kept(forest: "Forest", *, shift: float, slope: float) -> Branching:
    """Return a grown forest as it scores, with its calibration."""
    walks = []
    for tree in forest.trees:
        columns, cuts = tree.column.tolist(), tree.cut.tolist()
        bounds = [
            float(forest.edges[column][cut]) if cut < len(forest.edges[column]) else None
            for column, cut in zip(columns, cuts, strict=True)
        ]
        walks.append(Walk(tuple(columns), tuple(bounds), tuple(tree.leaf.tolist())))
    return Branching(forest.base, tuple(walks), shift, slope)


def branching(parameters: Mapping[str, Any], *, number: int) -> Branching | None:
    """Return the forest that a row keeps; None when it is not of the features that there are now, or damaged, so that it counts as missing."""
    plain = [parameters.get(name) for name in ("base", "shift", "slope")]
    trees = parameters.get("trees")
    if parameters.get("features") != list(NAMES) or not isinstance(trees, list) or not all(map(_is_number, plain)):
        return None
    walks = [_walk(tree) for tree in trees]
    if None in walks:
        return None
    base, shift, slope = (float(value) for value in plain if value is not None)
    return Branching(base, tuple(walk for walk in walks if walk), shift, slope, number)


def _walk(tree: Any) -> Walk | None:
    """Return one kept tree; None when it is none."""
    match tree:
        case [[*columns], [*bounds], [*leaves]]:
            is_full = len(columns) == len(bounds) == len(leaves) - 1 and len(leaves).bit_count() == 1
            is_known = all(type(column) is int and 0 <= column < len(NAMES) for column in columns)
            is_plain = all(bound is None or _is_number(bound) for bound in bounds) and all(map(_is_number, leaves))
            if is_full and is_known and is_plain:
                return Walk(tuple(columns), tuple(bounds), tuple(leaves))
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
