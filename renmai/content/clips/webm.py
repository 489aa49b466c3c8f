"""WebM with VP8 or VP9 pictures, and Opus or Vorbis sound: what browsers themselves record, and play without a licence.

The elements (EBML, RFC 8794) are walked along the only paths that matter, with bounds on everything that the file claims of itself. What
the walk does not know becomes void of the same size in the copy that is kept; what names the program that wrote the file is emptied.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from renmai.content.clips.shapes import LONGEST_SIDE, Blank, Clip, Read, broken, unknown_format

SIGNATURE: Final = b"\x1aE\xdf\xa3"
SEGMENT, SEEK, INFO, TRACKS, CLUSTER, CUES = 0x18538067, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B
DOC_TYPE, SCALE, DURATION, MUXER, WRITER = 0x4282, 0x2AD7B1, 0x4489, 0x4D80, 0x5741
TRACK, NUMBER, KIND, CODEC, PICTURE, ENCODED = 0xAE, 0xD7, 0x83, 0x86, 0xE0, 0x6D80
WIDTH, HEIGHT, SHOWN_WIDTH, SHOWN_HEIGHT, SHOWN_UNIT = 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
TIME, SIMPLE_BLOCK, GROUP, BLOCK, LASTS = 0xE7, 0xA3, 0xA0, 0xA1, 0x9B
VOID: Final = 0xEC

KEPT_OF_TRACK: Final = frozenset(
    {NUMBER, KIND, CODEC, PICTURE, ENCODED, 0x73C5, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x22B59C, 0x63A2, 0x56AA, 0x56BB, 0xE1}
)
"""What players need of a track: numbers, codec and its setup, flags, language, length of a frame, delays, pictures, sound; not its name."""

CODECS: Final = {1: frozenset({b"V_VP8", b"V_VP9"}), 2: frozenset({b"A_OPUS", b"A_VORBIS"})}
MOST_ELEMENTS: Final = 60_000
MOST_TEXT: Final = 64
DEFAULT_SCALE: Final = 1_000_000
MILLISECOND: Final = 1_000_000
LONGEST: Final = 2**47
"""Milliseconds; a length beyond it is no length."""


@dataclass(frozen=True)
class _Element:
    kind: int
    begin: int
    content: int
    end: int


@dataclass(frozen=True)
class _Track:
    """A track; one of sound has no size."""

    number: int
    width: int = 0
    height: int = 0


def is_webm(head: bytes) -> bool:
    """Whether a file that begins with ``head`` says that it is one, or one of its kin."""
    return head[:4] == SIGNATURE


def read_webm(read: Read, size: int) -> Clip:
    """Return what the video of ``size`` bytes is.

    Raises ``content.video_format`` for another document type (Matroska), another codec, encrypted or further tracks;
    ``content.video_broken`` for what leaves open how long a part is, as a recording that was never finished does, for what is cut,
    contradicts itself or lasts no time.
    """
    return _Walk(read, size).clip()


class _Walk:
    """One walk through a file. However it is nested, it looks at no more than ``MOST_ELEMENTS`` elements."""

    def __init__(self, read: Read, size: int) -> None:
        self.read, self.size = read, size
        self.seen = 0
        self.blanked: list[Blank] = []

    def clip(self) -> Clip:
        """Return what the file is."""
        outer = list(self.inside(_Element(0, 0, 0, self.size)))
        head = [element for element in self.inside(outer[0]) if element.kind == DOC_TYPE]
        if [self.text(element) for element in head] != [b"webm"]:
            raise unknown_format()
        if [element.kind for element in outer[1:]] != [SEGMENT]:
            raise broken()
        parts = self.among(outer[1], SEEK, INFO, TRACKS, CLUSTER, CUES)
        scale, claimed = self.length(_only(parts[INFO]))
        tracks = [self.track(element) for element in self.among(_only(parts[TRACKS]), TRACK)[TRACK]]
        pictures = [track for track in tracks if track.width]
        if len(pictures) != 1 or len(tracks) > 2 or len({track.number for track in tracks}) != len(tracks):
            raise unknown_format()
        last, frames = self.played(parts[CLUSTER], pictures[0].number)
        milliseconds = math.ceil(max(claimed, last) * scale / MILLISECOND)
        if not frames or not 0 < milliseconds < LONGEST:
            raise broken()
        blanks = sorted(self.blanked, key=lambda blank: blank.begin)
        return Clip("webm", milliseconds, pictures[0].width, pictures[0].height, tuple(blanks))

    def length(self, info: _Element) -> tuple[int, float]:
        """Return the nanoseconds of a tick, and how many ticks the file says that it lasts; what names programs is emptied."""
        found = self.among(info, SCALE, DURATION, MUXER, WRITER)
        for element in (*found[MUXER], *found[WRITER]):
            self.blanked.append(Blank(element.begin, element.end, self.read(element.begin, element.content - element.begin)))
        scale = self.number(_only(found[SCALE])) if found[SCALE] else DEFAULT_SCALE
        said = self.data(_only(found[DURATION]), 8)
        if len(said) not in (4, 8) or not scale:
            raise broken()
        (ticks,) = struct.unpack(">f" if len(said) == 4 else ">d", said)
        if not 0 < ticks < LONGEST:
            raise broken()
        return scale, ticks

    def track(self, entry: _Element) -> _Track:
        """Return a track of pictures or of sound. Raises ``content.video_format`` for any other one."""
        found: dict[int, list[_Element]] = {kind: [] for kind in KEPT_OF_TRACK}
        for element in self.inside(entry):
            if element.kind in found:
                found[element.kind].append(element)
            else:
                self.hide(element)
        kind = self.number(_only(found[KIND]))
        if found[ENCODED] or self.text(_only(found[CODEC])) not in CODECS.get(kind, ()):
            raise unknown_format()
        number = self.number(_only(found[NUMBER]))
        if kind == 2:
            return _Track(number)
        return _Track(number, *self.shown(_only(found[PICTURE])))

    def shown(self, picture: _Element) -> tuple[int, int]:
        """Return width and height as they are shown: the file may name others than those of its frames, in pixels or as a ratio."""
        said = {element.kind: element for element in self.inside(picture)}
        if WIDTH not in said or HEIGHT not in said:
            raise broken()
        width, height = self.number(said[WIDTH]), self.number(said[HEIGHT])
        if SHOWN_WIDTH in said and SHOWN_HEIGHT in said and not (SHOWN_UNIT in said and self.number(said[SHOWN_UNIT])):
            width, height = self.number(said[SHOWN_WIDTH]), self.number(said[SHOWN_HEIGHT])
        if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
            raise broken()
        return width, height

    def played(self, clusters: list[_Element], number: int) -> tuple[int, int]:
        """Return when the last frame of any track ends, in ticks, and how many frames there are of the track of pictures."""
        last = frames = 0
        for cluster in clusters:
            parts = list(self.inside(cluster))
            begin = self.number(_only([part for part in parts if part.kind == TIME]))
            for part in parts:
                lasts = 0
                block = part if part.kind == SIMPLE_BLOCK else None
                if part.kind == GROUP:
                    within = list(self.inside(part))
                    block = _only([each for each in within if each.kind == BLOCK])
                    lasts = sum(self.number(each) for each in within if each.kind == LASTS)
                if block is not None:
                    track, at = self.block(block)
                    frames += track == number
                    last = max(last, begin + at + lasts)
        return last, frames

    def block(self, block: _Element) -> tuple[int, int]:
        """Return of which track a block is and when it is shown, in ticks after its cluster begins."""
        head = self.read(block.content, 11)
        track, used = _vint(head, most=8, keeps_mark=False)
        if block.end - block.content <= used + 3:
            raise broken()
        (at,) = struct.unpack(">h", head[used : used + 2])
        return track, at

    def inside(self, outer: _Element) -> Iterator[_Element]:
        """Yield what lies directly in an element. Raises ``content.video_broken`` for a size that is left open or does not fit."""
        place = outer.content
        while place < outer.end:
            self.seen += 1
            head = self.read(place, 12)
            kind, used = _vint(head, most=4, keeps_mark=True)
            size, more = _vint(head[used:], most=8, keeps_mark=False)
            content = place + used + more
            if self.seen > MOST_ELEMENTS or size == (1 << 7 * more) - 1 or content + size > outer.end:
                raise broken()
            yield _Element(kind, place, content, content + size)
            place = content + size

    def among(self, outer: _Element, *kinds: int) -> dict[int, list[_Element]]:
        """Return what lies directly in an element, by its kind; what is none of ``kinds`` is blanked."""
        found: dict[int, list[_Element]] = {kind: [] for kind in kinds}
        for element in self.inside(outer):
            if element.kind in found:
                found[element.kind].append(element)
            else:
                self.hide(element)
        return found

    def data(self, element: _Element, most: int) -> bytes:
        """Return an element's content of at most so many bytes."""
        size = element.end - element.content
        if size > most:
            raise broken()
        return self.read(element.content, size)

    def number(self, element: _Element) -> int:
        """Return an element's content as a whole number."""
        return int.from_bytes(self.data(element, 8))

    def text(self, element: _Element) -> bytes:
        """Return an element's content as text, which may end in zeros."""
        return self.data(element, MOST_TEXT).rstrip(b"\0")

    def hide(self, element: _Element) -> None:
        """Make an element void in the copy that is kept. Its size is written in eight bytes where there is room for them."""
        size = element.end - element.begin
        rest = (1 << 56 | size - 9).to_bytes(8) if size >= 9 else bytes([0x80 | size - 2])
        self.blanked.append(Blank(element.begin, element.end, bytes([VOID]) + rest))


def _only(elements: list[_Element]) -> _Element:
    if len(elements) != 1:
        raise broken()
    return elements[0]


def _vint(data: bytes, *, most: int, keeps_mark: bool) -> tuple[int, int]:
    """Return a number of variable length at the beginning of ``data``, and its bytes. Kinds keep the bit that marks the length."""
    length = 9 - data[0].bit_length() if data else most + 1
    if length > most or len(data) < length:
        raise broken()
    value = int.from_bytes(data[:length])
    return (value if keeps_mark else value & (1 << 7 * length) - 1), length
