"""Cascade figures of a log of group buys: who launched what, and who joined.

Such a log has no times and no links. So it cannot tell how long a join took (cycle time), how many were asked (invitations, conversion),
who came through whom over several launches (depth beyond one, generations), what a customer cost, or whether she stayed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from renmai.insight.spread.estimates import Estimate, mean_of_counts
from renmai.insight.spread.trees import Band, bands
from renmai.sharing.queries import structural_virality


@dataclass(frozen=True)
class Launch:
    """One launch: who began, about what, and who joined (nobody when it failed)."""

    initiator: int
    item: int
    participants: tuple[int, ...] = ()


@dataclass(frozen=True)
class LogCascades:
    """What a log tells. Every launch is a tree of depth one: the initiator and those who joined her.

    ``brought`` is people brought per launch, ``mean_of_successful`` the mean of those that somebody joined. ``sizes`` counts
    people with the initiator. ``both`` began one launch and joined another. ``pairs`` are different (initiator, participant);
    ``returned_pairs`` of them were seen the other way round, too, each counted. ``largest_circle`` are the most people linked by launches.
    """

    launches: int
    succeeded: int
    failed: int
    brought: Estimate | None
    mean_of_successful: float
    sizes: tuple[Band, ...]
    mean_virality: float
    people: int
    initiators: int
    participants: int
    both: int
    pairs: int
    returned_pairs: int
    largest_circle: int
    top_tenth_share: float
    """What part of all joins the tenth of initiators with the most of them brought."""


def log_cascades(launches: Iterable[Launch]) -> LogCascades:
    """Return the cascade figures of a log, read once. Memory grows with people and pairs, not with launches."""
    sizes: Counter[int] = Counter()
    joins_of: Counter[int] = Counter()
    pairs: set[tuple[int, int]] = set()
    circles = _Circles()
    for launch in launches:
        sizes[len(launch.participants)] += 1
        joins_of[launch.initiator] += len(launch.participants)
        circles.find(launch.initiator)
        for participant in launch.participants:
            pairs.add((launch.initiator, participant))
            circles.join(launch.initiator, participant)
    joined = {participant for _initiator, participant in pairs}
    succeeded = {size: often for size, often in sizes.items() if size}
    stars = {size: structural_virality([(1, 0), *((other, 1) for other in range(2, size + 2))]) for size in succeeded}
    count = sum(succeeded.values())
    return LogCascades(
        launches=sizes.total(),
        succeeded=count,
        failed=sizes[0],
        brought=mean_of_counts(sizes.elements()),
        mean_of_successful=joins_of.total() / count if count else 0.0,
        sizes=bands([size + 1 for size in sizes.elements()]),
        mean_virality=sum(stars[size] * often for size, often in succeeded.items()) / count if count else 0.0,
        people=len(joined | joins_of.keys()),
        initiators=len(joins_of),
        participants=len(joined),
        both=len(joined & joins_of.keys()),
        pairs=len(pairs),
        returned_pairs=sum((other, one) in pairs for one, other in pairs),
        largest_circle=circles.largest(),
        top_tenth_share=_top_tenth(joins_of),
    )


class _Circles:
    """Which people are linked, directly or through others (union–find)."""

    def __init__(self) -> None:
        self.above: dict[int, int] = {}

    def find(self, person: int) -> int:
        top = self.above.setdefault(person, person)
        while top != self.above[top]:
            self.above[person] = self.above[top]
            person, top = top, self.above[top]
        return top

    def join(self, one: int, other: int) -> None:
        self.above[self.find(one)] = self.find(other)

    def largest(self) -> int:
        tally: dict[int, int] = defaultdict(int)
        for person in list(self.above):
            tally[self.find(person)] += 1
        return max(tally.values(), default=0)


def _top_tenth(joins_of: Counter[int]) -> float:
    total = joins_of.total()
    best = sorted(joins_of.values(), reverse=True)[: -(-len(joins_of) // 10)]
    return sum(best) / total if total else 0.0
