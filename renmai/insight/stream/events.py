"""Facts about the stream."""

from dataclasses import dataclass

from renmai.kernel.events import Event


@dataclass(frozen=True)
class BrowserSeparated(Event):
    """A browser that counted as a member's does not any more: what its guest did is a guest's again."""

    visitor_id: str
    user_id: int
