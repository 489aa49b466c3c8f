"""Facts about flash sales."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class TicketCalled(Event):
    """Somebody who waited in line has a piece now."""

    ticket_id: int
    user_id: int


@dataclass(frozen=True)
class TicketExpired(Event):
    """A piece was not ordered or not paid in time, and is free for the next."""

    ticket_id: int
    user_id: int
