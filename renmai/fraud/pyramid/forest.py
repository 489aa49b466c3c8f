"""Who stands above whom among agents, in figures. Values only, no rows.

An agent hangs below who introduced her and below who leads her team: side layers count. So she may hang below two, and a leader below
somebody she leads; whoever hangs below nobody is a root, and a circle without a root is counted from its oldest agent.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

BASIS_POINTS = 10_000
TOP = 3

Above = tuple[int, int | None]
"""An agent and one who stands above her; None: nobody does in this respect."""

_Below = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Line:
    """Everybody below one root, herself counted.

    ``levels`` counts the root's own; whoever can be reached in two ways counts on the higher level. ``mean_depth_hundredths`` is the mean
    distance from the root of all others, in hundredths. ``top_share_basis_points`` is the part of all that stand directly below somebody
    which stand below the three busiest.
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


def lines_of(rows: Collection[Above]) -> list[Line]:
    """Return the line of every root with somebody below her, the largest first. An agent may stand in several rows.

    Linear in the rows, but for agents below several roots, who are counted in each line.
    """
    below = _below(rows)
    lines = [_line(root, below) for root in _roots(rows, below) if below.get(root)]
    return sorted(lines, key=lambda line: (-line.people, line.root_id))


def circles(rows: Collection[Above]) -> frozenset[int]:
    """Return the agents who hang below no root: in a circle, or below one."""
    below = _below(rows)
    reached = {pk for root in _without_anybody_above(rows) for pk in _depths(root, below)}
    return frozenset(pk for pk, _above in rows) - reached


def _roots(rows: Collection[Above], below: _Below) -> Iterator[int]:
    """Yield whoever has nobody above, and then the oldest of each circle that hangs below none of them."""
    roots = _without_anybody_above(rows)
    yield from roots
    reached = {pk for root in roots for pk in _depths(root, below)}
    for pk in sorted({pk for pk, _above in rows} - reached):
        if pk not in reached:
            yield pk
            reached |= _depths(pk, below).keys()


def _without_anybody_above(rows: Collection[Above]) -> list[int]:
    led = {pk for pk, above in rows if above is not None}
    return sorted({pk for pk, _above in rows} - led)


def _below(rows: Iterable[Above]) -> _Below:
    below: dict[int, set[int]] = defaultdict(set)
    for agent, above in rows:
        if above is not None:
            below[above].add(agent)
    return {agent: sorted(found) for agent, found in below.items()}


def _depths(root: int, below: _Below) -> dict[int, int]:
    """Return everybody below ``root`` with the shortest distance, herself at 0."""
    found, rim, depth = {root: 0}, {root}, 0
    while rim:
        depth += 1
        rim = {child for agent in rim for child in below.get(agent, ()) if child not in found}
        found |= dict.fromkeys(rim, depth)
    return found


def _line(root: int, below: _Below) -> Line:
    depths = _depths(root, below)
    busiest = sorted((len(below.get(agent, ())) for agent in depths), reverse=True)
    return Line(
        root_id=root,
        members=tuple(sorted(depths)),
        levels=max(depths.values()) + 1,
        mean_depth_hundredths=100 * sum(depths.values()) // (len(depths) - 1) if len(depths) > 1 else 0,
        top_share_basis_points=BASIS_POINTS * sum(busiest[:TOP]) // sum(busiest),
    )
