"""Facts about alerts."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class AlertMissed(Event):
    """An agent's time to follow up an alert passed without an answer."""

    alert_id: int
    agent_user_id: int
