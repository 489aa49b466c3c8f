"""K: how many people one person brings into a campaign, as invitations times conversion, and how long it takes her."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from renmai.insight.spread.estimates import Estimate, mean_of_counts, median, ratio

WINDOW = timedelta(days=7)
"""So long each person is given to bring others. Who had less time is not counted yet, or K would look smaller than it is."""


@dataclass(frozen=True)
class Member:
    """Somebody who took part: paid an order of the campaign, or passed its link on.

    ``parent_key`` is who brought her, empty when nobody did. ``opened_at`` holds one moment for each other person who opened her links:
    the first time that one did.
    """

    key: str
    entered_at: datetime
    parent_key: str = ""
    opened_at: tuple[datetime, ...] = ()
    has_paid: bool = True


@dataclass(frozen=True)
class Reproduction:
    """K = i · c. Each is None as long as there is nobody to count; ``cycle`` (in hours) needs five who were brought.

    ``people`` had the whole window; ``waiting`` came too lately and are left out.
    """

    k: Estimate | None
    invitations: Estimate | None
    conversion: Estimate | None
    cycle_hours: Estimate | None
    people: int
    waiting: int
    window: timedelta


def reproduction(
    members: Sequence[Member],
    *,
    now: datetime,
    window: timedelta = WINDOW,
    entered: tuple[datetime, datetime] | None = None,
    of: Collection[str] | None = None,
) -> Reproduction:
    """Return K of the ``members`` who came at least ``window`` ago, and within ``entered`` (from, before), or among the keys ``of``, where given.

    What somebody brought after her window does not count: so everybody has the same time, whenever she came.
    """
    joined = defaultdict(list)
    for member in members:
        if member.parent_key:
            joined[member.parent_key].append(member.entered_at)
    first, before = entered or (datetime.min.replace(tzinfo=now.tzinfo), now)
    chosen = [member for member in members if first <= member.entered_at < before and (of is None or member.key in of)]
    ripe = [member for member in chosen if member.entered_at + window <= now]
    brought = [_within(joined[member.key], member.entered_at, window) for member in ripe]
    opened = [_within(member.opened_at, member.entered_at, window) for member in ripe]
    counts = [(len(ours), max(len(ours), len(theirs))) for ours, theirs in zip(brought, opened, strict=True)]
    return Reproduction(
        k=mean_of_counts(ours for ours, _theirs in counts),
        invitations=mean_of_counts(theirs for _ours, theirs in counts),
        conversion=ratio(counts),
        cycle_hours=median(delay / timedelta(hours=1) for delays in brought for delay in delays),
        people=len(ripe),
        waiting=len(chosen) - len(ripe),
        window=window,
    )


def _within(moments: Iterable[datetime], start: datetime, window: timedelta) -> list[timedelta]:
    return [moment - start for moment in moments if moment - start <= window]
