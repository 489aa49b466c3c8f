"""What the readers of containers share: what they return, and how they refuse."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from renmai.kernel.errors import DomainError

LONGEST_SIDE: Final = 4096
Read = Callable[[int, int], bytes]
"""Returns so many bytes of the file from a place on; fewer where it ends."""

Container = Literal["mp4", "webm"]


@dataclass(frozen=True)
class Blank:
    """A part of the file, from ``begin`` to before ``end``, of which ``head`` and then only zeros are kept: nothing else moves."""

    begin: int
    end: int
    head: bytes


@dataclass(frozen=True)
class Clip:
    """A video that browsers play: in which container, how long, how large as it is shown, and what is blanked in the copy that is kept."""

    container: Container
    milliseconds: int
    width: int
    height: int
    blanked: tuple[Blank, ...]


def unknown_format() -> DomainError:
    """Return the refusal of what is no such video at all."""
    return DomainError("content.video_format", field="video")


def broken() -> DomainError:
    """Return the refusal of a video that is cut, contradicts itself or lasts no time."""
    return DomainError("content.video_broken", field="video")
