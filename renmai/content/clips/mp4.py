"""MP4 (ISO base media, the one that phones record) with H.264 pictures and AAC sound.

The boxes are walked along the only paths that matter, with bounds on everything that the file claims of itself; what the walk does not
know is blanked in the copy that is kept, and so are the samples of tracks that are neither pictures nor sound, because phones and cameras
write there where and with what a video was taken.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from renmai.content.clips.shapes import LONGEST_SIDE, Blank, Clip, Read, broken, unknown_format

BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VP", b"qt  "}
)
PICTURES: Final = frozenset({b"avc1", b"avc3"})
SOUND: Final = frozenset({b"mp4a"})
MOST_BOXES: Final = 4096
MOST_MOOV: Final = 4 * 1024 * 1024
MOST_TRACKS: Final = 16
MOST_CHUNKS: Final = 20_000
"""Of all that is blanked: one for each picture of the longest video, and several times as many."""


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


def is_mp4(head: bytes) -> bool:
    """Whether a file that begins with ``head`` says that it is one."""
    return head[4:8] == b"ftyp"


def read_mp4(read: Read, size: int) -> Clip:
    """Return what the video of ``size`` bytes is.

    Raises ``content.video_format`` for another brand, for one in fragments, or with other tracks than one of H.264 and at most one of
    AAC; ``content.video_broken`` for what ends too early, contradicts itself or lasts no time. Reads at most ``MOST_MOOV`` bytes into memory.
    """
    boxes = list(_boxes(read, 0, size, may_end=True))
    if not _is_known(read(boxes[0].content, min(boxes[0].end - boxes[0].content, 256))):
        raise unknown_format()
    by_kind = {kind: [box for box in boxes if box.kind == kind] for kind in (b"ftyp", b"moov", b"mdat", b"moof")}
    if by_kind[b"moof"] or len(by_kind[b"ftyp"]) != 1:
        raise unknown_format()
    if len(by_kind[b"moov"]) != 1 or not by_kind[b"mdat"]:
        raise broken()
    moov = by_kind[b"moov"][0]
    if moov.end - moov.begin > MOST_MOOV:
        raise broken()
    data = read(moov.begin, moov.end - moov.begin)
    inner = _Moov(data, moov, [(box.content, box.end) for box in by_kind[b"mdat"]])
    picture = inner.read()
    outside = [_free(box, read(box.begin, box.content - box.begin)) for box in boxes if box.kind not in by_kind]
    blanks = sorted([*outside, *inner.blanked], key=lambda blank: blank.begin)
    return Clip("mp4", picture.milliseconds, picture.width, picture.height, tuple(blanks))


class _Moov:
    """The box that describes the tracks, in memory; places are those in the file."""

    def __init__(self, data: bytes, box: _Box, media: list[tuple[int, int]]) -> None:
        self.data, self.base, self.media = data, box.begin, media
        self.box = _Box(box.kind, 0, box.content - box.begin, len(data))
        self.blanked: list[Blank] = []

    def read(self) -> _Track:
        """Return the picture track, as long as the longest thing that says how long the video is."""
        found = self.among(self.box, b"mvhd", b"trak", b"mvex")
        if found[b"mvex"]:
            raise unknown_format()
        scale, length = self.clock(self.one(found[b"mvhd"]))
        if not 1 <= len(found[b"trak"]) <= MOST_TRACKS:
            raise unknown_format()
        tracks = [self.track(box, scale) for box in found[b"trak"]]
        pictures = [track for track in tracks if track is not None and track.width]
        sounds = [track for track in tracks if track is not None and not track.width]
        if len(pictures) != 1 or len(sounds) > 1:
            raise unknown_format()
        longest = max(_milliseconds(length, scale), *(track.milliseconds for track in (*pictures, *sounds)))
        if pictures[0].milliseconds == 0:
            raise broken()
        return _Track(longest, pictures[0].width, pictures[0].height)

    def track(self, box: _Box, movie_scale: int) -> _Track | None:
        """Return a track of pictures or of sound; any other one is blanked."""
        media = self.one([inner for inner in self.boxes(box) if inner.kind == b"mdia"])
        inside = self.among(media, b"mdhd", b"hdlr", b"minf", keep_all=True)
        kind = self.bytes(self.one(inside[b"hdlr"]), 8, 4)
        if kind not in (b"vide", b"soun"):
            self.hide(box)
            self.hide_samples(self.one(self.among(self.one(inside[b"minf"]), b"stbl", keep_all=True)[b"stbl"]))
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
            raise broken()
        return _Track(milliseconds if played else 0, *self.upright(self.one(around[b"tkhd"]), width, height))

    def shown(self, boxes: list[_Box], codecs: frozenset[bytes]) -> _Box:
        """Return the description of a track's samples. Raises ``content.video_format`` for another codec than ours."""
        table = self.one(boxes)
        entries = list(self.boxes(_Box(table.kind, table.begin, table.content + 8, table.end)))
        if not entries or any(entry.kind not in codecs for entry in entries):
            raise unknown_format()
        return entries[0]

    def clock(self, box: _Box) -> tuple[int, int]:
        """Return ticks a second and ticks of a header of time."""
        is_long = self.bytes(box, 0, 1) == b"\x01"
        scale, length = struct.unpack(">IQ", self.bytes(box, 20, 12)) if is_long else struct.unpack(">II", self.bytes(box, 12, 8))
        if not scale:
            raise broken()
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
        starts = self.starts(places)
        first, last = self.media[0][0], self.media[-1][1]
        if not count or not starts or total > last - first or not (first <= min(starts) and max(starts) < last):
            raise broken()

    def starts(self, places: _Box) -> list[int]:
        """Return where the chunks of a track begin."""
        wide = places.kind == b"co64"
        (chunks,) = struct.unpack(">I", self.bytes(places, 4, 4))
        return [at for (at,) in struct.iter_unpack(">Q" if wide else ">I", self.bytes(places, 8, (8 if wide else 4) * chunks))]

    def hide_samples(self, table: _Box) -> None:
        """Blank what a track has among the media, chunk by chunk. Raises ``content.video_broken`` for what lies elsewhere."""
        parts = self.among(table, b"stsc", b"stsz", b"stco", b"co64", keep_all=True)
        sizes_of, runs = self.one(parts[b"stsz"]), self.one(parts[b"stsc"])
        each, count = struct.unpack(">II", self.bytes(sizes_of, 4, 8))
        sizes = [] if each else [size for (size,) in struct.iter_unpack(">I", self.bytes(sizes_of, 12, 4 * count))]
        starts = self.starts(self.one([*parts[b"stco"], *parts[b"co64"]]))
        if len(starts) + len(self.blanked) > MOST_CHUNKS:
            raise broken()
        (entries,) = struct.unpack(">I", self.bytes(runs, 4, 4))
        samples_from = {first: samples for first, samples, _how in struct.iter_unpack(">III", self.bytes(runs, 8, 12 * entries))}
        begins = [first for first, _last in self.media]
        place, samples = 0, 0
        for number, start in enumerate(starts, 1):
            samples = samples_from.get(number, samples)
            stop = start + (each * samples if each else sum(sizes[place : place + samples]))
            place += samples
            within = bisect_right(begins, start) - 1
            if within < 0 or stop > self.media[within][1]:
                raise broken()
            self.blanked.append(Blank(start, stop, b""))

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
            raise broken()
        return boxes[0]

    def bytes(self, box: _Box, place: int, count: int) -> bytes:
        """Return bytes of a box's content; all of them or none."""
        if box.content + place + count > box.end:
            raise broken()
        return self.data[box.content + place : box.content + place + count]

    def hide(self, box: _Box) -> None:
        """Blank a box in the copy that is kept."""
        there = _Box(box.kind, self.base + box.begin, self.base + box.content, self.base + box.end)
        self.blanked.append(_free(there, self.data[box.begin : box.content]))


def _boxes(read: Read, begin: int, end: int, *, may_end: bool = False) -> Iterator[_Box]:
    """Yield boxes one behind the other. Only the last one of a file (``may_end``) may leave open how long it is."""
    place, count = begin, 0
    while place < end:
        head = read(place, 16)
        count += 1
        if end - place < 8 or len(head) < 8 or count > MOST_BOXES:
            raise broken()
        size, kind, content = *struct.unpack(">I4s", head[:8]), place + 8
        if size == 1:
            if len(head) < 16:
                raise broken()
            size, content = struct.unpack(">Q", head[8:])[0], place + 16
        elif size == 0 and may_end:
            size = end - place
        if place + size > end or place + size < content:
            raise broken()
        yield _Box(kind, place, content, place + size)
        place += size


def _free(box: _Box, head: bytes) -> Blank:
    """Return a box as free room of the same size: its kind and its content are other ones, its size stays."""
    return Blank(box.begin, box.end, head[:4] + b"free" + head[8:])


def _is_known(content: bytes) -> bool:
    """Whether one of a file's brands is one whose boxes we know; the second word is a version."""
    words = [content[place:stop] for place, stop in pairwise(range(0, len(content) + 1, 4))]
    return any(word in BRANDS for word in (*words[:1], *words[2:]))


def _milliseconds(ticks: int, scale: int) -> int:
    return -(-ticks * 1000 // scale)
