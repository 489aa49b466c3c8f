"""The introducers' forest in figures: every agent hangs below who introduced her, or is a root. Values only, no rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BASIS_POINTS = 10_000
TOP = 3


@dataclass(frozen=True)
class Line:
    """Everybody below one root, herself counted.

    ``levels`` counts the root's own. ``mean_depth_hundredths`` is the mean distance from the root of all others, in hundredths.
    ``top_share_basis_points`` is the part of all introductions that the three busiest made.
    """

    root_id: int
    members: tuple[int, ...]
    levels: int
    mean_depth_hundredths: int
    top_share_basis_points: int

    @property
    def people(self) -> int:
        """How many, the root counted."""
        return len(self.members)


def lines_of(introduced: Iterable[tuple[int, int | None]]) -> list[Line]:
    """Return the line of every root with somebody below her, the largest first. ``introduced`` are (agent, who introduced her).

    Linear in the number of agents; agents in a circle hang below no root and are left out (``circles`` finds them).
    """
    children = _children(introduced)
    lines = [_line(root, children) for root in children[None] if root in children]
    return sorted(lines, key=lambda line: (-line.people, line.root_id))


def circles(introduced: Sequence[tuple[int, int | None]]) -> frozenset[int]:
    """Return the agents who hang below no root: in a circle, or below one."""
    children = _children(introduced)
    reached = {pk for root in children[None] for pk, _depth in _walk(root, children)}
    return frozenset(pk for pk, _introducer in introduced) - reached


def _children(introduced: Iterable[tuple[int, int | None]]) -> dict[int | None, list[int]]:
    children: dict[int | None, list[int]] = defaultdict(list)
    children[None] = []
    for agent, introducer in sorted(introduced, key=lambda row: row[0]):
        children[introducer].append(agent)
    return dict(children)


def _walk(root: int, children: dict[int | None, list[int]]) -> Iterable[tuple[int, int]]:
    rim = [(root, 0)]
    while rim:
        agent, depth = rim.pop()
        yield agent, depth
        rim += [(child, depth + 1) for child in children.get(agent, ())]


def _line(root: int, children: dict[int | None, list[int]]) -> Line:
    found = list(_walk(root, children))
    depths = [depth for _agent, depth in found]
    busiest = sorted((len(children.get(agent, ())) for agent, _depth in found), reverse=True)
    below = len(found) - 1
    return Line(
        root_id=root,
        members=tuple(sorted(agent for agent, _depth in found)),
        levels=max(depths) + 1,
        mean_depth_hundredths=100 * sum(depths) // below,
        top_share_basis_points=BASIS_POINTS * sum(busiest[:TOP]) // below,
    )
