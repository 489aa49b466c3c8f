"""A tip that nobody answered is told further: first to the agent herself, then to her leader, who reads how many and never of whom."""

from typing import Final

from renmai.alerts import queries as alerts
from renmai.alerts.events import AlertMissed
from renmai.care.actions import notify
from renmai.distribution import queries as distribution

TOLD_AT: Final = (1, 5, 20)
"""At so many missed tips of a day a message goes out: the first time something is missed, and when it becomes a habit."""


def escalate_missed(event: AlertMissed) -> None:
    """Tell an agent and her leader what she let pass on a day, at most once for each number of ``TOLD_AT``.

    Several tips that passed together are one message. A tip that was deleted meanwhile, because its customer left, tells nothing.
    """
    day = alerts.day_of(event.alert_id)
    count = alerts.missed_on(event.agent_user_id, day) if day else 0
    reached = max((number for number in TOLD_AT if number <= count), default=None)
    agent = distribution.membership(event.agent_user_id)
    if day is None or reached is None or agent is None:
        return
    details: dict[str, str | int] = {"count": count, "day": day.isoformat(), "agent": agent.user.display_name}
    cause = f"alerts_missed:{event.agent_user_id}:{day.isoformat()}:{reached}"
    notify(event.agent_user_id, "alerts_missed", details=details, link="today:", cause=cause)
    leader = distribution.leader_of(agent)
    if leader is not None:
        notify(leader.user_id, "team_missed", details=details, link="today:", cause=f"{cause}:leader")
