"""What people searched for in a period, as the worker counted it last."""

from dataclasses import dataclass
from datetime import datetime

from renmai.insight.queries.periods import Period
from renmai.insight.spread.estimates import Estimate, share
from renmai.insight.value.models import FunnelCount, SearchCount


@dataclass(frozen=True, kw_only=True)
class Search:
    """One search ("": several together): how often, by how many people, and how often it found nothing, or only something loosely like it.

    ``opened`` is the share of its times that were followed by a look at something found, among those of whom that is known; None of none.
    """

    query: str
    times: int
    people: int
    empty: int
    loosened: int
    opened: Estimate | None


@dataclass(frozen=True, kw_only=True)
class Searches:
    """The searches of a period as they were counted at ``counted_at`` (None: not yet); ``is_asked`` while they wait to be counted (anew).

    ``whole`` is all of them; ``others`` are how many of these are not listed word by word, and how many of those found nothing.
    """

    listed: tuple[Search, ...] = ()
    whole: Search | None = None
    others: tuple[int, int] = (0, 0)
    counted_at: datetime | None = None
    is_asked: bool = False


def searches(period: Period, *, only: str = "") -> Searches:
    """Return the searches of a period, the most frequent first. Two statements.

    ``only`` "empty" lists what found nothing at some time, "loosened" what found only something like it, each the most frequent of that first.
    """
    count = FunnelCount.objects.filter(first=period.first, last=period.last).first()
    if count is None:
        return Searches()
    rows = list(SearchCount.objects.filter(count=count).order_by("-times", "query"))
    whole = next((row for row in rows if not row.query), None)
    listed = [row for row in rows if row.query]
    if whole is None:
        return Searches(is_asked=count.counted_at is None)
    others = (whole.times - sum(row.times for row in listed), whole.empty - sum(row.empty for row in listed))
    if only in {"empty", "loosened"}:
        listed = sorted((row for row in listed if getattr(row, only)), key=lambda row: -getattr(row, only))
    return Searches(
        listed=tuple(map(_search, listed)),
        whole=_search(whole),
        others=others,
        counted_at=count.counted_at,
        is_asked=count.counted_at is None,
    )


def _search(row: SearchCount) -> Search:
    opened = share(row.opened, row.known)
    return Search(query=row.query, times=row.times, people=row.people, empty=row.empty, loosened=row.loosened, opened=opened)
