"""Everything this room answers."""

from renmai.alerts.queries.agents import (
    Card,
    Missed,
    access_alert,
    alert_behind,
    card,
    day_of,
    missed_of_team,
    missed_on,
    newest_number,
    numbers_after,
    open_numbers,
    tasks,
)
from renmai.alerts.queries.customers import Told, told
from renmai.alerts.queries.figures import AgentRow, AlertFigures, by_agent, figures, held, per_day, told_at_least
from renmai.alerts.queries.models import ModelView, model_in_force, models, scorer

__all__ = [
    "AgentRow",
    "AlertFigures",
    "Card",
    "Missed",
    "ModelView",
    "Told",
    "access_alert",
    "alert_behind",
    "by_agent",
    "card",
    "day_of",
    "figures",
    "held",
    "missed_of_team",
    "missed_on",
    "model_in_force",
    "models",
    "newest_number",
    "numbers_after",
    "open_numbers",
    "per_day",
    "scorer",
    "tasks",
    "told",
    "told_at_least",
]
