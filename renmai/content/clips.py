"""Short videos 短视频: what an upload is, read from its container.

MP4 (ISO base media, the one that phones record) with H.264 pictures and AAC sound: what every browser plays as it is. Nothing is
transcoded. The boxes are walked along the only paths that matter, with bounds on everything that the file claims of itself; what the
walk does not know is blanked in the copy that is kept, because phones write there where and with what a video was taken.
"""

import hashlib
import struct
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from renmai.kernel import storage
from renmai.kernel.errors import DomainError

BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP", b"qt  "}
)
PICTURES: Final = frozenset({b"avc1", b"avc3"})
SOUND: Final = frozenset({b"mp4a"})
MOST_BOXES: Final = 4096
MOST_MOOV: Final = 4 * 1024 * 1024
MOST_TRACKS: Final = 16
LONGEST_SIDE: Final = 4096
CHUNK: Final = 1024 * 1024
FOLDER: Final = "videos"
Read = Callable[[int, int], bytes]


@dataclass(frozen=True)
class Clip:
    """A video that browsers play: how long, how large as it is shown, and the boxes of which only the size is kept (begin, content, end)."""

    milliseconds: int
    width: int
    height: int
    blanked: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class StoredClip:
    """A video in the media folder: its path below it, and its bytes."""

    path: str
    bytes: int


@dataclass(frozen=True)
class _Box:
    kind: bytes
    begin: int
    content: int
    end: int


@dataclass(frozen=True)
class _Track:
    milliseconds: int
    width: int = 0
    height: int = 0


def read_clip(file: BinaryIO, size: int) -> Clip:
    """Return what the video in ``file`` (of ``size`` bytes) is.

    Raises ``content.video_format`` for what is no MP4, is in fragments, or has other tracks than one of H.264 and at most one of AAC;
    ``content.video_broken`` for what ends too early, contradicts itself or lasts no time. Reads at most ``MOST_MOOV`` bytes into memory.
    """

    def read(place: int, count: int) -> bytes:
        file.seek(place)
        return file.read(count)

    if read(4, 4) != b"ftyp":
        raise _format()
    boxes = list(_boxes(read, 0, size, may_end=True))
    if not _is_known(read(boxes[0].content, min(boxes[0].end - boxes[0].content, 256))):
        raise _format()
    by_kind = {kind: [box for box in boxes if box.kind == kind] for kind in (b"ftyp", b"moov", b"mdat", b"moof")}
    if by_kind[b"moof"] or len(by_kind[b"ftyp"]) != 1:
        raise _format()
    if len(by_kind[b"moov"]) != 1 or not by_kind[b"mdat"]:
        raise _broken()
    moov = by_kind[b"moov"][0]
    if moov.end - moov.begin > MOST_MOOV:
        raise _broken()
    data = read(moov.begin, moov.end - moov.begin)
    inner = _Moov(data, moov, (by_kind[b"mdat"][0].content, by_kind[b"mdat"][-1].end))
    picture = inner.read()
    outside = [(box.begin, box.content, box.end) for box in boxes if box.kind not in by_kind]
    return Clip(picture.milliseconds, picture.width, picture.height, tuple(sorted([*outside, *inner.blanked])))


def digest_of(file: BinaryIO, clip: Clip) -> str:
    """Return the hash of what would be kept of the video: its name."""
    found = hashlib.sha256()
    for chunk in _kept(file, clip):
        found.update(chunk)
    return found.hexdigest()


def keep_clip(file: BinaryIO, clip: Clip, *, name: str) -> StoredClip:
    """Write what is kept of a video into the media folder under the hash of its content: whole or not at all. Raises ``storage.full``."""
    path = f"{FOLDER}/{name[:2]}/{name}.mp4"
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


def _kept(file: BinaryIO, clip: Clip) -> Iterator[bytes]:
    """Yield the video as it is kept: every blanked box becomes free room of the same size, so that nothing else moves."""
    file.seek(0)
    place = 0
    while chunk := file.read(CHUNK):
        end = place + len(chunk)
        touched = [span for span in clip.blanked if span[0] < end and place < span[2]]
        if touched:
            changed = bytearray(chunk)
            for span in touched:
                _blank(changed, place, *span)
            chunk = bytes(changed)
        yield chunk
        place = end


def _blank(chunk: bytearray, place: int, begin: int, content: int, stop: int) -> None:
    """Blank a box as far as it lies in ``chunk``, which begins at ``place``: its kind and its content, never its size."""
    for offset, mark in enumerate(b"free", start=begin + 4):
        if place <= offset < place + len(chunk):
            chunk[offset - place] = mark
    first, last = max(content, place) - place, min(stop, place + len(chunk)) - place
    if first < last:
        chunk[first:last] = bytes(last - first)


class _Moov:
    """The box that describes the tracks, in memory; places are those in the file."""

    def __init__(self, data: bytes, box: _Box, media: tuple[int, int]) -> None:
        self.data, self.base, self.media = data, box.begin, media
        self.box = _Box(box.kind, 0, box.content - box.begin, len(data))
        self.blanked: list[tuple[int, int, int]] = []

    def read(self) -> _Track:
        """Return the picture track, as long as the longest thing that says how long the video is."""
        found = self.among(self.box, b"mvhd", b"trak", b"mvex")
        if found[b"mvex"]:
            raise _format()
        scale, length = self.clock(self.one(found[b"mvhd"]))
        if not 1 <= len(found[b"trak"]) <= MOST_TRACKS:
            raise _format()
        tracks = [self.track(box, scale) for box in found[b"trak"]]
        pictures = [track for track in tracks if track is not None and track.width]
        sounds = [track for track in tracks if track is not None and not track.width]
        if len(pictures) != 1 or len(sounds) > 1:
            raise _format()
        longest = max(_milliseconds(length, scale), *(track.milliseconds for track in (*pictures, *sounds)))
        if pictures[0].milliseconds == 0:
            raise _broken()
        return _Track(longest, pictures[0].width, pictures[0].height)

    def track(self, box: _Box, movie_scale: int) -> _Track | None:
        """Return a track of pictures or of sound; any other one is blanked."""
        media = self.one([inner for inner in self.boxes(box) if inner.kind == b"mdia"])
        inside = self.among(media, b"mdhd", b"hdlr", b"minf", keep_all=True)
        kind = self.bytes(self.one(inside[b"hdlr"]), 8, 4)
        if kind not in (b"vide", b"soun"):
            self.hide(box)
            return None
        around = self.among(box, b"tkhd", b"edts", b"mdia")
        scale, length = self.clock(self.one(inside[b"mdhd"]))
        table = self.one(self.among(self.one(inside[b"minf"]), b"stbl", keep_all=True)[b"stbl"])
        parts = self.among(table, b"stsd", b"stts", b"stsz", b"stco", b"co64", keep_all=True)
        shown = self.shown(parts[b"stsd"], PICTURES if kind == b"vide" else SOUND)
        played = self.played(self.one(parts[b"stts"]))
        self.check_samples(self.one(parts[b"stsz"]), self.one([*parts[b"stco"], *parts[b"co64"]]))
        edited = sum(self.edits(each) for each in around[b"edts"])
        milliseconds = max(_milliseconds(length, scale), _milliseconds(played, scale), _milliseconds(edited, movie_scale))
        if kind == b"soun":
            return _Track(milliseconds)
        width, height = struct.unpack(">HH", self.bytes(shown, 24, 4))
        if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
            raise _broken()
        return _Track(milliseconds if played else 0, *self.upright(self.one(around[b"tkhd"]), width, height))

    def shown(self, boxes: list[_Box], codecs: frozenset[bytes]) -> _Box:
        """Return the description of a track's samples. Raises ``content.video_format`` for another codec than ours."""
        table = self.one(boxes)
        entries = list(self.boxes(_Box(table.kind, table.begin, table.content + 8, table.end)))
        if not entries or any(entry.kind not in codecs for entry in entries):
            raise _format()
        return entries[0]

    def clock(self, box: _Box) -> tuple[int, int]:
        """Return ticks a second and ticks of a header of time."""
        is_long = self.bytes(box, 0, 1) == b"\x01"
        scale, length = struct.unpack(">IQ", self.bytes(box, 20, 12)) if is_long else struct.unpack(">II", self.bytes(box, 12, 8))
        if not scale:
            raise _broken()
        return scale, length

    def played(self, box: _Box) -> int:
        """Return how many ticks the samples are played for."""
        (count,) = struct.unpack(">I", self.bytes(box, 4, 4))
        return sum(times * each for times, each in struct.iter_unpack(">II", self.bytes(box, 8, 8 * count)))

    def edits(self, box: _Box) -> int:
        """Return how many ticks of the movie a list of edits lasts."""
        total = 0
        for each in self.boxes(box):
            is_long = self.bytes(each, 0, 1) == b"\x01"
            (count,) = struct.unpack(">I", self.bytes(each, 4, 4))
            entries = self.bytes(each, 8, (20 if is_long else 12) * count)
            total += sum(entry[0] for entry in struct.iter_unpack(">QqI" if is_long else ">IiI", entries))
        return total

    def check_samples(self, sizes: _Box, places: _Box) -> None:
        """Raise ``content.video_broken`` when samples are missing, or lie outside of the media."""
        each, count = struct.unpack(">II", self.bytes(sizes, 4, 8))
        total = each * count if each else sum(size for (size,) in struct.iter_unpack(">I", self.bytes(sizes, 12, 4 * count)))
        wide = places.kind == b"co64"
        (chunks,) = struct.unpack(">I", self.bytes(places, 4, 4))
        starts = [at for (at,) in struct.iter_unpack(">Q" if wide else ">I", self.bytes(places, 8, (8 if wide else 4) * chunks))]
        first, last = self.media
        if not count or not starts or total > last - first or not (first <= min(starts) and max(starts) < last):
            raise _broken()

    def upright(self, header: _Box, width: int, height: int) -> tuple[int, int]:
        """Return width and height as they are shown: phones record lying and say how to turn it."""
        is_long = self.bytes(header, 0, 1) == b"\x01"
        a, _b, _u, _c, d = struct.unpack(">iiiii", self.bytes(header, 52 if is_long else 40, 20))
        return (height, width) if a == 0 and d == 0 else (width, height)

    def boxes(self, box: _Box) -> Iterator[_Box]:
        """Yield what lies directly in a box."""
        return _boxes(lambda place, count: self.data[place : place + count], box.content, box.end)

    def among(self, box: _Box, *kinds: bytes, keep_all: bool = False) -> dict[bytes, list[_Box]]:
        """Return what lies directly in a box, by its kind; what is none of ``kinds`` is blanked unless ``keep_all``."""
        found: dict[bytes, list[_Box]] = {kind: [] for kind in kinds}
        for inner in self.boxes(box):
            if inner.kind in found:
                found[inner.kind].append(inner)
            elif not keep_all:
                self.hide(inner)
        return found

    def one(self, boxes: list[_Box]) -> _Box:
        """Return the only box of a list."""
        if len(boxes) != 1:
            raise _broken()
        return boxes[0]

    def bytes(self, box: _Box, place: int, count: int) -> bytes:
        """Return bytes of a box's content; all of them or none."""
        if box.content + place + count > box.end:
            raise _broken()
        return self.data[box.content + place : box.content + place + count]

    def hide(self, box: _Box) -> None:
        """Blank a box in the copy that is kept."""
        self.blanked.append((self.base + box.begin, self.base + box.content, self.base + box.end))


def _boxes(read: Read, begin: int, end: int, *, may_end: bool = False) -> Iterator[_Box]:
    """Yield boxes one behind the other. Only the last one of a file (``may_end``) may leave open how long it is."""
    place, count = begin, 0
    while place < end:
        head = read(place, 16)
        count += 1
        if end - place < 8 or len(head) < 8 or count > MOST_BOXES:
            raise _broken()
        size, kind, content = *struct.unpack(">I4s", head[:8]), place + 8
        if size == 1:
            if len(head) < 16:
                raise _broken()
            size, content = struct.unpack(">Q", head[8:])[0], place + 16
        elif size == 0 and may_end:
            size = end - place
        if place + size > end or place + size < content:
            raise _broken()
        yield _Box(kind, place, content, place + size)
        place += size


def _is_known(content: bytes) -> bool:
    """Whether one of a file's brands is one whose boxes we know; the second word is a version."""
    words = [content[place:stop] for place, stop in pairwise(range(0, len(content) + 1, 4))]
    return any(word in BRANDS for word in (*words[:1], *words[2:]))


def _milliseconds(ticks: int, scale: int) -> int:
    return -(-ticks * 1000 // scale)


def _format() -> DomainError:
    return DomainError("content.video_format", field="video")


def _broken() -> DomainError:
    return DomainError("content.video_broken", field="video")
