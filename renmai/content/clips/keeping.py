"""A video in the media folder, under the hash of what is kept of it."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from renmai.content.clips.shapes import Blank, Clip, Container
from renmai.kernel import storage
from renmai.kernel.errors import DomainError

CHUNK: Final = 1024 * 1024
FOLDER: Final = "videos"
TYPES: Final[dict[Container, str]] = {"mp4": "video/mp4", "webm": "video/webm"}


@dataclass(frozen=True)
class StoredClip:
    """A video in the media folder: its path below it, and its bytes."""

    path: str
    bytes: int


def digest_of(file: BinaryIO, clip: Clip) -> str:
    """Return the hash of what would be kept of the video: its name."""
    found = hashlib.sha256()
    for chunk in _kept(file, clip):
        found.update(chunk)
    return found.hexdigest()


def keep_clip(file: BinaryIO, clip: Clip, *, name: str) -> StoredClip:
    """Write what is kept of a video into the media folder under the hash of its content: whole or not at all. Raises ``storage.full``."""
    path = f"{FOLDER}/{name[:2]}/{name}.{clip.container}"
    whole = Path(settings.MEDIA_ROOT) / path
    if whole.exists():
        whole.touch()  # as good as new, for whoever sweeps what no row names
    else:
        half = whole.with_name(f".{uuid.uuid4()}")
        try:
            whole.parent.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as written:
                for chunk in _kept(file, clip):
                    written.write(chunk)
            half.replace(whole)
        except OSError as error:
            half.unlink(missing_ok=True)
            if storage.has_no_room(error):
                raise DomainError("storage.full", field="video") from error
            raise
    return StoredClip(path, whole.stat().st_size)


def is_clip(path: str) -> bool:
    """Whether a path of the media folder is that of a video."""
    return path.startswith(f"{FOLDER}/")


def discard_clip(path: str) -> None:
    """Delete the file of a stored video; nothing happens when it is gone. Who calls this knows that no post shows it any more."""
    (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


def type_of(path: str) -> str:
    """Return the media type of a kept video by its path. Raises ``KeyError`` for a path that is none of a video."""
    return {f".{container}": kind for container, kind in TYPES.items()}[Path(path).suffix]


def _kept(file: BinaryIO, clip: Clip) -> Iterator[bytes]:
    """Yield the video as it is kept, with its blanks."""
    file.seek(0)
    place = 0
    while chunk := file.read(CHUNK):
        end = place + len(chunk)
        touched = [blank for blank in clip.blanked if blank.begin < end and place < blank.end]
        if touched:
            changed = bytearray(chunk)
            for blank in touched:
                _wipe(changed, place, blank)
            chunk = bytes(changed)
        yield chunk
        place = end


def _wipe(chunk: bytearray, place: int, blank: Blank) -> None:
    """Blank a part as far as it lies in ``chunk``, which begins at ``place``."""
    first, last = max(blank.begin, place), min(blank.end, place + len(chunk))
    whole = blank.head[first - blank.begin : last - blank.begin]
    chunk[first - place : last - place] = whole + bytes(last - first - len(whole))
