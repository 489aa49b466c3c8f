"""Segments that the demo's operator has composed: people by what their portraits say."""

from datetime import timedelta
from typing import Any, Final

from renmai.accounts.models import User
from renmai.insight.portraits.actions import compose

SEGMENTED_BEFORE: Final = timedelta(hours=2)
"""So long before the present they are composed: there are portraits by then."""

SEGMENTS: Final[tuple[tuple[str, str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]] = (
    ("宝妈", "all", (("category", "clear", ("baby",)),)),
    ("爱茶的老顾客", "all", (("category", "some", ("tea",)), ("orders", "at_least", ("2",)))),
    ("快要流失的熟客", "all", (("orders", "at_least", ("2",)), ("days_since_order", "at_least", ("30",)))),
    ("愿意带新人的顾客", "any", (("brought", "at_least", ("2",)), ("stage", "is", ("sharer",)))),
)
"""Name, how conditions are put together, and the conditions as field, comparison and values."""


def draw_circles(owner: User) -> None:
    """Compose them in the name of the owner."""
    for name, match, rows in SEGMENTS:
        conditions: list[dict[str, Any]] = [
            {"field": field, "comparison": comparison, "values": list(values)} for field, comparison, values in rows
        ]
        compose(owner, name=name, match=match, conditions=conditions)
