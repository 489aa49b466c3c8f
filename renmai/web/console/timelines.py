"""Steps of orders and claims, ready for the timeline."""

from collections.abc import Sequence

from renmai.ordering.queries import TimelineEntry
from renmai.web.ui.navigation import TimelineItem

BAD = frozenset({"cancelled", "refunded", "rejected", "claim_rejected"})
SEPARATOR = " · "


def items(entries: Sequence[TimelineEntry]) -> list[TimelineItem]:
    """Return the steps, the newest first, with who did them."""
    return [
        TimelineItem(
            title=entry.title,
            state="bad" if entry.step in BAD else "done",
            at=entry.at,
            detail=SEPARATOR.join(part for part in (entry.detail, entry.actor_name) if part),
        )
        for entry in reversed(entries)
    ]
