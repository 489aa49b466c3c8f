"""Cascade figures of a log of group buys: who launched what, and who joined.

Such a log has no times and no links. So it cannot tell how long a join took (cycle time), how many were asked (invitations, conversion),
who came through whom over several launches (depth beyond one, generations), what a customer cost, or whether she stayed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from renmai.insight.spread.estimates import Estimate, mean_of_counts
from renmai.insight.spread.trees import Band, bands
from renmai.sharing.queries import structural_virality


class Launched(Protocol):
    """One launch: who began, and who joined (nobody when it failed)."""

    @property
    def initiator(self) -> int:
        """Who began it."""

    @property
    def joined(self) -> Sequence[int]:
        """Who joined, whoever began it left out."""


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


def log_cascades(launches: Iterable[Launched]) -> LogCascades:
    """Return the cascade figures of a log, read once. Memory grows with people and pairs, not with launches."""
    sizes: Counter[int] = Counter()
    joins_of: Counter[int] = Counter()
    pairs: set[tuple[int, int]] = set()
    circles = _Circles()
    for launch in launches:
        sizes[len(launch.joined)] += 1
        joins_of[launch.initiator] += len(launch.joined)
        circles.find(launch.initiator)
        for participant in launch.joined:
            pairs.add((launch.initiator, participant))
            circles.join(launch.initiator, participant)
    came = {participant for _initiator, participant in pairs}
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
        people=len(came | joins_of.keys()),
        initiators=len(joins_of),
        participants=len(came),
        both=len(came & joins_of.keys()),
        pairs=len(pairs),
        returned_pairs=sum((other, one) in pairs for one, other in pairs),
        largest_circle=circles.largest(),
        top_tenth_share=_top_tenth(joins_of),
    )


def cascade_lines(found: LogCascades) -> list[str]:
    """Return the figures of a log as lines for a terminal, and what it cannot tell."""
    k = found.brought
    sizes = ", ".join(f"{_band(band)}: {band.trees:,}" for band in found.sizes)
    return [
        f"cascades of {found.launches:,} launches by {found.initiators:,} people; {found.participants:,} people joined, {found.both:,} did both",
        f"people brought by a launch: {k.value:.4f} ({k.low:.4f} to {k.high:.4f}); by one that succeeded: {found.mean_of_successful:.4f}"
        if k
        else "people brought by a launch: nobody launched anything",
        f"launches by people in them: {sizes or 'none'}",
        f"depth {1 if found.succeeded else 0}, mean structural virality of those that succeeded {found.mean_virality:.4f}",
        f"pairs of initiator and participant {found.pairs:,}, seen both ways {found.returned_pairs:,}",
        f"most people linked by launches {found.largest_circle:,}",
        f"the tenth of initiators with the most joins brought {found.top_tenth_share:.1%} of them",
        "not in such a log: invitations, conversion, cycle time, chains over several launches, cost of a kept customer",
    ]


def _band(band: Band) -> str:
    if band.most is None:
        return f"{band.least} and more"
    return str(band.least) if band.least == band.most else f"{band.least}-{band.most}"


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
