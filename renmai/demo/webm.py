"""Writes drawn frames as a WebM video without an encoder: the picture in a lossy WebP file is a whole frame of VP8.

Every frame stands for itself, so a player may jump to any of them; one frame is a cluster and a cue of its own. Larger than what an encoder
would make of it by the changes between frames, which is nothing to a few seconds of flat drawings.
"""

import io
import struct
from collections.abc import Iterable, Sequence
from itertools import accumulate

from PIL import Image

QUALITY = 46
PROGRAM = b"renmai"
TRACK = b"\x01"
VIDEO = b"\x01"
KEY_FRAME = 0x80


def film(frames: Iterable[Image.Image], *, frames_a_second: int) -> bytes:
    """Return a silent WebM (VP8) of ``frames``, which are all of the size of the first. The same frames make the same bytes."""
    pictures = list(frames)
    width, height = pictures[0].size
    every = 1000 // frames_a_second
    blocks = [_cluster(number * every, _vp8(picture)) for number, picture in enumerate(pictures)]
    info = _element(
        "1549A966",
        _number("2AD7B1", 1_000_000),
        _element("4489", struct.pack(">d", len(blocks) * every)),
        _element("4D80", PROGRAM),
        _element("5741", PROGRAM),
    )
    shown = _element("E0", _number("B0", width), _number("BA", height))
    entry = (_element("D7", TRACK), _element("73C5", TRACK), _element("83", VIDEO), _number("9C", 0), _element("86", b"V_VP8"))
    tracks = _element("1654AE6B", _element("AE", *entry, _number("23E383", every * 1_000_000), shown))
    seek = _seek_head(len(info), len(tracks))
    cues = _cues(every, blocks, begin=len(seek) + len(info) + len(tracks))
    head = _element(
        "1A45DFA3",
        *(_number(kind, value) for kind, value in (("4286", 1), ("42F7", 1), ("42F2", 4), ("42F3", 8))),
        _element("4282", b"webm"),
        *(_number(kind, value) for kind, value in (("4287", 2), ("4285", 2))),
    )
    return head + _element("18538067", seek, info, tracks, cues, *blocks)


def _vp8(picture: Image.Image) -> bytes:
    """Return a picture as a frame: the chunk of that name in the file that Pillow writes."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=QUALITY, method=4)
    data, place = out.getvalue(), 12
    while data[place : place + 4] != b"VP8 ":
        place += 8 + -(-int.from_bytes(data[place + 4 : place + 8], "little") // 2) * 2
    size = int.from_bytes(data[place + 4 : place + 8], "little")
    return data[place + 8 : place + 8 + size]


def _cluster(milliseconds: int, frame: bytes) -> bytes:
    block = bytes([0x80 | TRACK[0]]) + struct.pack(">hB", 0, KEY_FRAME) + frame
    return _element("1F43B675", _number("E7", milliseconds), _element("A3", block))


def _seek_head(info: int, tracks: int) -> bytes:
    """Return where the parts are, counted from behind the head of the segment; its own size is always the same."""

    def table(begin: int) -> bytes:
        places = (("1549A966", begin), ("1654AE6B", begin + info), ("1C53BB6B", begin + info + tracks))
        seeks = (_element("4DBB", _element("53AB", bytes.fromhex(kind)), _number("53AC", place)) for kind, place in places)
        return _element("114D9B74", *seeks)

    return table(len(table(0)))


def _cues(every: int, blocks: Sequence[bytes], *, begin: int) -> bytes:
    """Return at which place of the segment each frame begins; the table stands before them, from ``begin`` on."""

    def table(first: int) -> bytes:
        places = accumulate((len(block) for block in blocks[:-1]), initial=first)
        points = (
            _element("BB", _number("B3", number * every), _element("B7", _element("F7", TRACK), _number("F1", place)))
            for number, place in enumerate(places)
        )
        return _element("1C53BB6B", *points)

    return table(begin + len(table(0)))


def _number(kind: str, value: int) -> bytes:
    return _element(kind, value.to_bytes(8))


def _element(kind: str, *content: bytes) -> bytes:
    data = b"".join(content)
    return bytes.fromhex(kind) + (1 << 56 | len(data)).to_bytes(8) + data
