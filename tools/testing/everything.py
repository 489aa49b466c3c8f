"""The whole application as the worker sees it, for tests of plays: they stand below the room that puts it together."""

from renmai.kernel import outbox
from renmai.project.reactions import REACTIONS
from renmai.project.worker import keep_up, settle

__all__ = ["REACTIONS", "deliver", "keep_up", "settle"]


def deliver() -> None:
    """Deliver every event that waits, and what follows from it."""
    outbox.drain(REACTIONS)
