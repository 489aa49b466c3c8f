"""Everything this room answers."""

from renmai.insight.queries.figures import NORTH_STAR, Figure, Point, dashboard, figure, figure_rows
from renmai.insight.queries.periods import Period, last_days
from renmai.insight.queries.shops import (
    Caller,
    Claim,
    ShareStory,
    ShopDay,
    Suggestion,
    bound_ids,
    latest_callers,
    open_claims,
    share_story,
    shop_days,
    suggestion,
)
from renmai.insight.queries.views import Look, looks_of, recently_seen, seen_ids, viewers

__all__ = [
    "NORTH_STAR",
    "Caller",
    "Claim",
    "Figure",
    "Look",
    "Period",
    "Point",
    "ShareStory",
    "ShopDay",
    "Suggestion",
    "bound_ids",
    "dashboard",
    "figure",
    "figure_rows",
    "last_days",
    "latest_callers",
    "looks_of",
    "open_claims",
    "recently_seen",
    "seen_ids",
    "share_story",
    "shop_days",
    "suggestion",
    "viewers",
]
