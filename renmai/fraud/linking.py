"""Who is connected to whom: connected components over what people have in common.

A mark weighs the less the more of its holders have a life of their own here (they bought again and kept it): the address of an office
full of customers says nothing about two of them, the same address held by forty people who came yesterday says much. Two people are
linked when what they share weighs ``LINK`` together. All weights are whole numbers, so that no order of rows changes a result.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from renmai.fraud.cases import Kind, Mark, Person

LINK = 1000
WEIGHTS: Mapping[Kind, int] = {
    Kind.PAYOUT: 1200,
    Kind.DEVICE: 1000,
    Kind.PHONE: 1000,
    Kind.ADDRESS: 800,
    Kind.BLOCK: 400,
    Kind.NETWORK: 300,
}
HUB = 60
"""A mark held by more people links nobody: a campus network, a carrier's gateway, a pick-up station."""

SETTLED_IN = timedelta(days=60)
AGAIN = timedelta(days=7)


def is_established(person: Person, at: datetime) -> bool:
    """Whether somebody has a life of their own here: for two months, with kept purchases at least a week apart."""
    if at - person.joined_at < SETTLED_IN:
        return False
    kept = [row.paid_at for row in person.purchases if row.refunded_at is None and row.paid_at <= at]
    return bool(kept) and max(kept) - min(kept) >= AGAIN


def holders_of(people: Iterable[Person]) -> dict[Mark, list[int]]:
    """Return who was seen with what."""
    holders: dict[Mark, list[int]] = defaultdict(list)
    for person in people:
        for mark in person.marks:
            holders[mark].append(person.person_id)
    return holders


def weight(mark: Mark, established: int) -> int:
    """Return what sharing ``mark`` weighs when ``established`` of its holders have a life of their own."""
    return WEIGHTS[mark.kind] * 2 // (2 + established)


def components(people: Mapping[int, Person], at: datetime) -> dict[int, frozenset[int]]:
    """Return for everybody who is linked to somebody all people linked to her, directly or through others, herself included."""
    settled = {pk for pk, person in people.items() if is_established(person, at)}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for mark, holders in holders_of(people.values()).items():
        if 1 < len(holders) <= HUB:
            value = weight(mark, sum(pk in settled for pk in holders))
            for pair in combinations(sorted(holders), 2):
                shared[pair] += value
    return unite(pair for pair, value in shared.items() if value >= LINK)


def unite(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """Return the connected components of ``pairs``, by member (union–find with path halving)."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in pairs:
        one, other = root(left), root(right)
        # The smaller number becomes the root: the result is the same whatever the order of the pairs.
        parent[max(one, other)] = min(one, other)
    groups: dict[int, set[int]] = defaultdict(set)
    for node in list(parent):
        groups[root(node)].add(node)
    return {node: frozenset(group) for group in groups.values() for node in group}
