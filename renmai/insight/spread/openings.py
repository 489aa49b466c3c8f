"""What links have reached, from rows; what one is expected to reach; and learning it anew.

A link's reach is how many different browsers opened it within seven days after it was made, its sharer, the shop's owner and machines left
out. A link that was made and sent to nobody counts with 0: whoever makes one does not know yet either.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Value

from renmai.insight.models import ReachHabits
from renmai.insight.spread.reach import MOST_OWN, Habits, Reach, expected, learned
from renmai.kernel import clock
from renmai.sharing.models import Share

WINDOW: Final = timedelta(days=7)
REMEMBERED: Final = timedelta(days=180)
MOST_LINKS: Final = 20_000
LEARNED_EVERY: Final = timedelta(days=1)
STALE: Final = timedelta(days=14)


@dataclass(frozen=True)
class LinkReach:
    """What one link reached in its first days, and what was to be expected when it was made.

    ``days`` of them are over (0 to 7). ``expected`` is None while too little is known of the shop's links.
    """

    people: int
    days: int
    expected: Reach | None

    @property
    def is_over(self) -> bool:
        """Whether nothing can be added."""
        return self.days >= WINDOW.days


def learn_reach(_limit: int) -> int:
    """Learn once a day what links of this shop reach; 1 when there was enough to learn from, else 0. A timer."""
    now = clock.now()
    if ReachHabits.objects.filter(learned_at__gt=now - LEARNED_EVERY).exists():
        return 0
    rows = _openings(made=(now - REMEMBERED, now - WINDOW))
    habits = learned(list(rows.values()))
    if habits is None:
        return 0
    shape = None if habits.shape == float("inf") else habits.shape
    links = sum(len(each) for each in rows.values())
    ReachHabits.objects.create(links=links, sharers=len(rows), shape=shape, masses=list(habits.masses))
    ReachHabits.objects.filter(learned_at__lt=now - REMEMBERED).delete()
    return 1


def reach_of(link: Share) -> LinkReach:
    """Return what ``link`` reached and was expected to reach: by everybody's links, and by its sharer's own before it. Three statements."""
    now = clock.now()
    (people,) = Share.objects.filter(pk=link.pk).annotate(people=_PEOPLE).values_list("people", flat=True)
    days = min(WINDOW, max(timedelta(0), now - link.created_at)).days
    habits = _habits(now)
    if habits is None:
        return LinkReach(people, days, None)
    own = _openings(made=(link.created_at - REMEMBERED, link.created_at - WINDOW), sharer_id=link.sharer_id, most=MOST_OWN)
    return LinkReach(people, days, expected(habits, own[link.sharer_id] if own else ()))


_PEOPLE: Final = Count(
    "visits__visitor",
    distinct=True,
    filter=Q(
        visits__is_valid=True,
        visits__at__lt=ExpressionWrapper(
            F("created_at") + Value(WINDOW, DurationField()), output_field=Share._meta.get_field("created_at")
        ),
    ),
)


def _openings(*, made: tuple[datetime, datetime], sharer_id: int | None = None, most: int = MOST_LINKS) -> dict[int, list[int]]:
    """Return what the newest links of a stretch of time reached, by sharer, the newest first. One statement."""
    links = Share.objects.filter(created_at__gte=made[0], created_at__lt=made[1])
    links = links if sharer_id is None else links.filter(sharer=sharer_id)
    rows: Iterable[tuple[int, int]] = (
        links.annotate(people=_PEOPLE).order_by("-created_at", "-pk").values_list("sharer_id", "people")[:most]
    )
    found: dict[int, list[int]] = defaultdict(list)
    for sharer, people in rows:
        found[sharer].append(people)
    return found


def _habits(now: datetime) -> Habits | None:
    row = ReachHabits.objects.filter(learned_at__gt=now - STALE).order_by("-learned_at", "-pk").first()
    if row is None:
        return None
    return Habits(float("inf") if row.shape is None else row.shape, tuple(row.masses))
