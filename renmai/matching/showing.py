"""How often goods that were chosen for somebody came before her eyes, and how often one of them was opened: counts by day, of nobody.

Read from the stream of events, each event once. What browsers say is believed only where it names a surface and a model that exist: a
forged event may add to a count, and can neither name a person nor make a new row of its own invention.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import F, Sum
from django.utils.timezone import localtime

from renmai.accounts.models import User
from renmai.insight.stream.records import StreamEvent
from renmai.kernel import clock
from renmai.matching.models import Showing
from renmai.matching.policies import require_manager
from renmai.policy import settings_table

READER: Final = "matching"
SETTING: Final = "matching.strategy"
TOGETHER, SAFE = "together", "safe"
"""What chooses where no strategy does: what is bought together or alike, and what hardly ever comes back."""

COUNTED_DAYS: Final = 30
SHOWN, CHOSEN = "recommendation_shown", "recommendation_chosen"


class Surface(StrEnum):
    """Where goods stand that were chosen for who looks."""

    HOME = "home"
    FOR_YOU = "for_you"
    SAFE = "safe"
    WITH = "with"
    TODAY = "today"
    SHARE = "share"
    ADVICE = "advice"
    GROUP = "group"
    CUSTOMER = "customer"
    SEGMENT = "segment"


@dataclass(frozen=True)
class Opened:
    """One surface and what chose for it: how often a product was shown there in the last days, and how often one was opened."""

    surface: str
    model: str
    shown: int
    chosen: int

    @property
    def share(self) -> float | None:
        """How many were opened for each one shown; None where nothing was shown."""
        return self.chosen / self.shown if self.shown else None


def models() -> frozenset[str]:
    """Return everything that may choose: the strategies of the setting, what goes together, the safe picks."""
    return frozenset({value for value, _label in settings_table.get(SETTING).choices} | {TOGETHER, SAFE})


def count(events: Sequence[StreamEvent]) -> None:
    """Add these events to the counts of their days. A reader of the stream: runs within its transaction, so each counts once."""
    surfaces, known = {str(each) for each in Surface}, models()
    added = Counter[tuple[date, str, str, str]]()
    for event in events:
        surface, model = event.properties.get("surface"), event.properties.get("model")
        if event.name in {SHOWN, CHOSEN} and surface in surfaces and model in known:
            added[localtime(event.at).date(), str(surface), str(model), event.name] += 1
    for key in sorted({key[:3] for key in added}):
        day, surface, model = key
        more = {"shown": F("shown") + added[*key, SHOWN], "chosen": F("chosen") + added[*key, CHOSEN]}
        if not Showing.objects.filter(day=day, surface=surface, model=model).update(**more):
            Showing.objects.create(day=day, surface=surface, model=model, shown=added[*key, SHOWN], chosen=added[*key, CHOSEN])


def opened(actor: User) -> list[Opened]:
    """Return how often goods were shown and opened in the last ``COUNTED_DAYS`` days, by surface and what chose them.

    Two statements, one for who asks. Needs ``matching.manage``.
    """
    require_manager(actor)
    first = localtime(clock.now()).date() - timedelta(days=COUNTED_DAYS - 1)
    rows = Showing.objects.filter(day__gte=first).values_list("surface", "model").annotate(Sum("shown"), Sum("chosen"))
    order = list(Surface)
    return sorted((Opened(*row) for row in rows.order_by()), key=lambda each: (order.index(Surface(each.surface)), -each.shown))
