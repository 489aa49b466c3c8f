"""Trust as the operator sees it: how it is spread, how ties go on, and whether choosy sharers are trusted more."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from django.db.models import Count, Sum

from renmai.kernel import clock
from renmai.sharing.models import Mute, Share
from renmai.trust.beliefs import Tally
from renmai.trust.decay import BELIEF_DAYS, scale
from renmai.trust.models import Entry, Tie
from renmai.trust.queries.believing import believed, known, standings
from renmai.trust.queries.ties import happened
from renmai.trust.stages import moves, steps

MOST_TIES = 20_000
BARS = 10
GROUPS = 4
Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Spread:
    """How q is spread over ties: how many in each tenth of 0 … 1, and how many there are and were looked at."""

    counts: tuple[int, ...]
    ties: int
    looked_at: int
    mean: float | None
    muted: int


@dataclass(frozen=True)
class Choosiness:
    """Sharers who share so many different goods, from the choosiest group on: their rate of good with its 95 % interval (Wilson)."""

    fewest: int
    most: int
    sharers: int
    outcomes: float
    rate: float
    low: float
    high: float


def spread() -> Spread:
    """Return how trust is spread over the ties that moved last, at most ``MOST_TIES``."""
    now, about = clock.now(), known()
    ties = list(Tie.objects.order_by("-moved_at", "-pk")[:MOST_TIES])
    people = standings({tie.sharer_id for tie in ties}, {tie.receiver_id for tie in ties}) if ties else {}
    values = [believed(tie, people, about=about, now=now).mean for tie in ties]
    counts = Counter(min(BARS - 1, int(value * BARS)) for value in values)
    return Spread(
        counts=tuple(counts[bar] for bar in range(BARS)),
        ties=Tie.objects.count(),
        looked_at=len(ties),
        mean=sum(values) / len(values) if values else None,
        muted=Mute.objects.count(),
    )


def stage_moves(*, since: datetime) -> Counter[tuple[str, str]]:
    """Return how often ties went from one stage to another since a moment, made anew from the ledger. At most ``MOST_TIES`` ties."""
    recent = Tie.objects.filter(moved_at__gte=since).order_by("-moved_at", "-pk").values_list("pk", flat=True)[:MOST_TIES]
    ledgers: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(tie__in=list(recent)).order_by("tie", "at", "pk").iterator(2000):
        ledgers[entry.tie_id].append(entry)
    counted: Counter[tuple[str, str]] = Counter()
    for ledger in ledgers.values():
        found = steps(happened(ledger))
        whole, before = moves([found]), moves([[step for step in found if step.at < since]])
        counted += whole - before
    return counted


def choosiness() -> list[Choosiness]:
    """Return the rate of good outcomes of sharers by how many different goods they share, in ``GROUPS`` groups of equal size.

    The choosiest first; the interval is over outcomes, faded like trust. Sharers without any outcome are left out.
    """
    shared = dict(
        Share.objects.filter(product__isnull=False).values_list("sharer").annotate(Count("product", distinct=True)).order_by()
    )
    size = scale(clock.now(), BELIEF_DAYS)
    rows = Tie.objects.filter(sharer__in=shared).values("sharer").annotate(good=Sum("good"), bad=Sum("bad")).order_by("sharer")
    tallies = {row["sharer"]: Tally(row["good"] / size, row["bad"] / size) for row in rows if row["good"] + row["bad"] > 0}
    ordered = sorted(tallies, key=lambda sharer: (shared[sharer], sharer))
    return [_group(group, shared, tallies) for group in _split(ordered) if group]


def wilson(good: float, total: float) -> tuple[float, float]:
    """Return the 95 % interval of a rate by Wilson's method; it also holds for weighted counts."""
    if total <= 0:
        return 0.0, 1.0
    rate, square = good / total, Z_95**2
    middle = (rate + square / (2 * total)) / (1 + square / total)
    half = Z_95 * sqrt(rate * (1 - rate) / total + square / (4 * total**2)) / (1 + square / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def _split(ordered: list[int]) -> list[list[int]]:
    count = len(ordered)
    return [ordered[count * part // GROUPS : count * (part + 1) // GROUPS] for part in range(GROUPS)]


def _group(sharers: list[int], shared: dict[int, int], tallies: dict[int, Tally]) -> Choosiness:
    whole = sum((tallies[sharer] for sharer in sharers), Tally())
    low, high = wilson(whole.good, whole.total)
    return Choosiness(
        fewest=shared[sharers[0]],
        most=shared[sharers[-1]],
        sharers=len(sharers),
        outcomes=whole.total,
        rate=whole.good / whole.total,
        low=low,
        high=high,
    )
