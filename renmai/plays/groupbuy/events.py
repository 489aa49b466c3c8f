"""Facts about groups."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class GroupOpened(Event):
    """Somebody paid for the first place of a group."""

    group_id: int


@dataclass(frozen=True)
class GroupSucceeded(Event):
    """A group is complete: its goods leave, at the price it has reached."""

    group_id: int


@dataclass(frozen=True)
class GroupFailed(Event):
    """A group is over and not complete (``expired``), or everybody left it (``left``): every member gets her money back."""

    group_id: int
    reason: str


@dataclass(frozen=True)
class SeatDue(Event):
    """A member's order is to be released or given back, as her group ended, or as she came too late."""

    seat_id: int
