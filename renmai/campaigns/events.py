"""Facts about campaigns and rewards."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class CampaignLaunched(Event):
    """A campaign may begin, or goes on after a pause."""

    campaign_id: int


@dataclass(frozen=True)
class CampaignClosed(Event):
    """A campaign ended by time (``ended``) or was stopped (``stopped``)."""

    campaign_id: int
    outcome: str


@dataclass(frozen=True)
class RewardGranted(Event):
    """Somebody has a reward in hand."""

    reward_id: int
    user_id: int


@dataclass(frozen=True)
class RewardHeld(Event):
    """A reward waits for somebody's look."""

    reward_id: int
