"""Lists that come without a known end."""

from dataclasses import dataclass

PAGE_SIZE = 20
"""What the room of sharing puts on a page; a full one may have a next."""


@dataclass(frozen=True)
class OpenEnd:
    """Where a list without a known end stands."""

    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1
