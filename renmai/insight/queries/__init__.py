"""Everything this room answers."""

from renmai.insight.queries.figures import Figure, Point, dashboard, figure, figure_rows
from renmai.insight.queries.periods import Period, last_days
from renmai.insight.queries.views import first_view, recently_seen, viewers

__all__ = [
    "Figure",
    "Period",
    "Point",
    "dashboard",
    "figure",
    "figure_rows",
    "first_view",
    "last_days",
    "recently_seen",
    "viewers",
]
