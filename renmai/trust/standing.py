"""What is known of a person from all her ties: of a sharer by the votes of her receivers, of a receiver by how she judges everybody.

A vote is worth what its receiver is known for elsewhere, and elsewhere must be elsewhere. Two people who praise each other (a swap) do
not count. Nor does praise for sharers who have the same receivers (a ring): the more two sharers have in common, the less each of these
receivers is known to one by her tie to the other (``apart``). What is left for a ring to gain is in docs/trust.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from renmai.trust.beliefs import Tally, vote

Pair = tuple[int, int]
"""Sharer and receiver, by user id."""

FELLOW = 0.25
"""The vote of somebody who shares herself counts so much: she may be praised in turn, by ways too long to follow."""

BY_CHANCE = 2
"""So many receivers in common say nothing: neighbours are."""


@dataclass(frozen=True)
class Circle:
    """The surroundings of one sharer: her ties, and her receivers' ties to other sharers."""

    sharer: int
    own: Mapping[int, Tally]
    elsewhere: Mapping[Pair, Tally]
    swapped: Collection[int] = frozenset()
    """Receivers who are her sharers too."""

    fellows: Collection[int] = frozenset()
    """Receivers who share to others."""


def votes(circle: Circle) -> Tally:
    """Return the sum of the votes for a sharer."""
    shared: dict[int, int] = defaultdict(int)
    for other, _receiver in circle.elsewhere:
        shared[other] += 1
    known: dict[int, float] = defaultdict(float)
    for (other, receiver), tally in circle.elsewhere.items():
        known[receiver] += tally.total / (tally.total + 1.0) * apart(shared[other])
    total = Tally()
    for receiver, tally in circle.own.items():
        if receiver not in circle.swapped:
            counted = vote(tally, elsewhere=known[receiver])
            weight = FELLOW if receiver in circle.fellows else 1.0
            total += Tally(weight * counted.good, weight * counted.bad)
    return total


def apart(in_common: int) -> float:
    """Return how much a tie to another sharer says of each receiver whom both have: 1, but for k more than chance 1/k².

    So all that another sharer can lend to a vote, summed over the receivers they have in common, shrinks the more these are.
    """
    return 1.0 / max(1, in_common - BY_CHANCE) ** 2


def circles(ties: Mapping[Pair, Tally]) -> Iterable[Circle]:
    """Yield the circle of every sharer among ``ties``: for worlds that fit in memory."""
    by_sharer: dict[int, dict[int, Tally]] = defaultdict(dict)
    by_receiver: dict[int, dict[int, Tally]] = defaultdict(dict)
    for (sharer, receiver), tally in ties.items():
        by_sharer[sharer][receiver] = tally
        by_receiver[receiver][sharer] = tally
    for sharer, own in by_sharer.items():
        elsewhere = {
            (other, receiver): tally
            for receiver in own
            for other, tally in by_receiver[receiver].items()
            if other != sharer and (receiver, other) not in ties
        }
        swapped = frozenset(receiver for receiver in own if (receiver, sharer) in ties)
        yield Circle(sharer, own, elsewhere, swapped, fellows=frozenset(own) & by_sharer.keys())


def receiver_tallies(ties: Mapping[Pair, Tally]) -> dict[int, Tally]:
    """Return how each receiver judged, over all her ties."""
    total: dict[int, Tally] = defaultdict(Tally)
    for (_sharer, receiver), tally in ties.items():
        total[receiver] += tally
    return dict(total)
