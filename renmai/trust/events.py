"""Facts about trust."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class FeedbackGiven(Event):
    """A receiver said something of what was shared with her: ``useful``, ``not_useful``, ``mute`` or ``complaint``."""

    feedback_id: int
    word: str


@dataclass(frozen=True)
class FeedbackUndone(Event):
    """She took it back."""

    feedback_id: int


@dataclass(frozen=True)
class SharingPaused(Event):
    """After a complaint somebody makes no new links for a while."""

    pause_id: int
    sharer_id: int
