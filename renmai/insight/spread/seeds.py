"""Whom to ask first: the few people from whom word would reach the most others.

Word passes along an edge with its probability, once (independent cascade). The expected reach of a set of people is a coverage problem over
random reverse-reachable sets (Borgs, Brautbar, Chayes and Lucier 2014): somebody drawn at random, and everybody through whom word would have
reached her. Whoever covers most of them is chosen, lazily (Leskovec and others 2007), which is within 1 − 1/e of the best choice but for
sampling error. Where word hardly passes at all that error is large: so the choice must beat those with the strongest ties on fresh sets, and
what is promised is counted on fresh sets, too.
"""

import heapq
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

SETS = 150_000
MOST_STEPS = 4_000_000
"""Edges looked at while drawing: with a graph in which everybody reaches everybody, fewer sets are drawn."""

FEWEST_SETS = 100
PRIOR_OPENINGS = 20.0
"""A friendship counts as its own openings plus so many of the average one: few openings say little."""


@dataclass(frozen=True)
class Contact:
    """How often one person's links were opened by another, and how often the other then took part."""

    sharer: int
    friend: int
    opened: int
    joined: int


@dataclass(frozen=True)
class Edge:
    """Word passes from ``source`` to ``target`` with ``probability``."""

    source: int
    target: int
    probability: float


@dataclass(frozen=True)
class Seed:
    """Somebody to ask. ``reach`` is how many people hear of it through all chosen up to her, ``gain`` what she adds; ``friends`` hear directly.

    Both are expectations and count herself.
    """

    person: int
    gain: float
    reach: float
    friends: int


def edges_of(contacts: Iterable[Contact]) -> list[Edge]:
    """Return edges with the probability that word passes: what was seen, drawn towards the sharer's and everybody's average.

    With o openings and j joins of this pair, and the sharer's own rate s (itself drawn towards everybody's rate the same way), the
    probability is (j + ``PRIOR_OPENINGS`` · s) ÷ (o + ``PRIOR_OPENINGS``): never 0, never 1.
    """
    found = list(contacts)
    opened, joined = sum(pair.opened for pair in found), sum(pair.joined for pair in found)
    # One opening more than seen, half a join more: an average of exactly 0 or 1 is not believed.
    overall = (joined + 0.5) / (opened + 1)
    of_sharer: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for pair in found:
        of_sharer[pair.sharer][0] += pair.opened
        of_sharer[pair.sharer][1] += pair.joined
    rates = {sharer: _drawn_to(overall, seen, took) for sharer, (seen, took) in of_sharer.items()}
    return [Edge(pair.sharer, pair.friend, _drawn_to(rates[pair.sharer], pair.opened, pair.joined)) for pair in found]


def pick(edges: Sequence[Edge], count: int, *, seed: int, barred: Collection[int] = ()) -> list[Seed]:
    """Return up to ``count`` people to ask, the best first, the same for the same edges and ``seed``.

    Nobody of ``barred`` is chosen, though word passes through them. Time grows with the edges looked at, ``MOST_STEPS`` at most.
    """
    graph = _Graph(edges)
    may = [node for node, person in enumerate(graph.people) if person not in barred]
    if not may:
        return []
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret  # nosec B311
    chosen = _greedy(_Sets(graph, chance), may, count)
    strongest = heapq.nlargest(count, may, key=lambda node: (graph.strength[node], -node))
    fresh = _Sets(graph, chance)
    best = max((chosen, strongest), key=fresh.covered)
    return [
        Seed(graph.people[node], gain, reached, graph.friends[node])
        for node, (gain, reached) in zip(best, fresh.gains(best), strict=True)
    ]


def reach(edges: Sequence[Edge], chosen: Collection[int], *, runs: int, seed: int) -> float:
    """Return how many people hear on average when ``chosen`` begin, over ``runs`` cascades played forward."""
    below: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for edge in edges:
        below[edge.source].append((edge.target, edge.probability))
    chance = random.Random(seed).random  # noqa: S311 - repeatable, not secret  # nosec B311
    total = 0
    for _run in range(runs):
        heard = set(chosen)
        waiting = list(heard)
        while waiting:
            for target, probability in below.get(waiting.pop(), ()):
                if target not in heard and chance() < probability:
                    heard.add(target)
                    waiting.append(target)
        total += len(heard)
    return total / runs


class _Graph:
    """The edges turned round, people as small numbers."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self.people = sorted({person for edge in edges for person in (edge.source, edge.target)})
        self.number = {person: index for index, person in enumerate(self.people)}
        self.above: list[list[tuple[int, float]]] = [[] for _person in self.people]
        self.friends = [0] * len(self.people)
        self.strength = [0.0] * len(self.people)
        for edge in edges:
            source = self.number[edge.source]
            self.above[self.number[edge.target]].append((source, edge.probability))
            self.friends[source] += 1
            self.strength[source] += edge.probability


class _Sets:
    """Random reverse-reachable sets, kept as: which sets each person is in."""

    def __init__(self, graph: _Graph, chance: random.Random) -> None:
        self.of: dict[int, list[int]] = defaultdict(list)
        self.count = steps = 0
        draw, above = chance.random, graph.above
        while self.count < SETS and (steps < MOST_STEPS or self.count < FEWEST_SETS):
            start = chance.randrange(len(above))
            heard, waiting = {start}, [start]
            while waiting:
                sources = above[waiting.pop()]
                steps += len(sources)
                for source, probability in sources:
                    if draw() < probability and source not in heard:
                        heard.add(source)
                        waiting.append(source)
            for node in heard:
                self.of[node].append(self.count)
            self.count += 1
        self.people_per_set = len(above) / self.count

    def covered(self, nodes: Iterable[int]) -> int:
        """Return how many sets hold any of ``nodes``."""
        return len({index for node in nodes for index in self.of.get(node, ())})

    def gains(self, nodes: Iterable[int]) -> list[tuple[float, float]]:
        """Return for each node how many people it adds to those before, and how many all up to it reach."""
        seen: set[int] = set()
        found = []
        for node in nodes:
            before = len(seen)
            seen.update(self.of.get(node, ()))
            found.append(((len(seen) - before) * self.people_per_set, len(seen) * self.people_per_set))
        return found


def _greedy(sets: _Sets, may: Iterable[int], count: int) -> list[int]:
    """Choose who covers most sets not covered yet. A gain only shrinks, so only whoever stands first is counted anew."""
    is_covered = bytearray(sets.count)
    line = [(-len(sets.of[node]), node) for node in may if node in sets.of]
    heapq.heapify(line)
    chosen: list[int] = []
    while line and len(chosen) < count:
        node = heapq.heappop(line)[1]
        fresh = [index for index in sets.of[node] if not is_covered[index]]
        if line and -len(fresh) > line[0][0]:
            heapq.heappush(line, (-len(fresh), node))
            continue
        if not fresh:
            break
        for index in fresh:
            is_covered[index] = 1
        chosen.append(node)
    return chosen


def _drawn_to(rate: float, opened: int, joined: int) -> float:
    return (joined + PRIOR_OPENINGS * rate) / (opened + PRIOR_OPENINGS)
