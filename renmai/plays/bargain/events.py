"""Facts about bargains."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class BargainStarted(Event):
    """Somebody asks her friends to help."""

    bargain_id: int
    owner_id: int


@dataclass(frozen=True)
class PriceCut(Event):
    """A friend helped; ``left_fen`` is what is above the floor now."""

    bargain_id: int
    helper_id: int
    left_fen: int


@dataclass(frozen=True)
class BargainExpired(Event):
    """A bargain's time was over before it was bought."""

    bargain_id: int
    owner_id: int
