"""Videos for tests: a minimal MP4 written box by box, so that no recording lies in the repository."""

import struct
from dataclasses import dataclass

IDENTITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
QUARTER_TURN = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)


def box(kind: bytes, *parts: bytes) -> bytes:
    """One box."""
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full(kind: bytes, *parts: bytes, version: int = 0) -> bytes:
    """One box with a version."""
    return box(kind, struct.pack(">I", version << 24), *parts)


@dataclass(frozen=True, kw_only=True)
class Film:
    """A video of ``seconds`` at one picture a second, with as many sounds. Whatever is wrong with it is said by its field."""

    seconds: int = 3
    claimed: int | None = None
    width: int = 640
    height: int = 360
    codec: bytes = b"avc1"
    sound: bytes | None = b"mp4a"
    brand: bytes = b"isom"
    is_turned: bool = False
    is_long: bool = False
    place: bytes = b""
    told: bytes = b""
    first: bytes = b""
    more_tracks: bytes = b""
    more_of_moov: bytes = b""
    behind: bytes = b""

    def made(self) -> bytes:
        """Return the file."""
        head = box(b"ftyp", self.brand, struct.pack(">I", 512), self.brand)
        samples = bytes(range(1, 9)) * max(1, self.seconds)
        media = box(b"mdat", samples, self.told)
        where = len(head) + 8
        return self.first + head + media + self._moov(where) + self.behind

    def _moov(self, where: int) -> bytes:
        length = self.seconds if self.claimed is None else self.claimed
        if self.is_long:
            header = full(b"mvhd", struct.pack(">QQIQ", 0, 0, 1000, length * 1000), bytes(80), version=1)
        else:
            header = full(b"mvhd", struct.pack(">IIII", 0, 0, 1000, length * 1000), bytes(80))
        said = box(b"udta", box(b"\xa9xyz", self.place)) if self.place else b""
        sound = self._track(b"soun", where) if self.sound else b""
        return box(b"moov", header, self._track(b"vide", where), sound, self.more_tracks, said, self.more_of_moov)

    def _track(self, kind: bytes, where: int) -> bytes:
        matrix = QUARTER_TURN if self.is_turned and kind == b"vide" else IDENTITY
        sizes = struct.pack(">II", self.width << 16, self.height << 16)
        header = full(b"tkhd", struct.pack(">IIIII", 0, 0, 1, 0, self.seconds * 1000), bytes(16), matrix, sizes)
        clock = full(b"mdhd", struct.pack(">IIIII", 0, 0, 1, self.seconds, 0))
        handler = full(b"hdlr", bytes(4), kind, bytes(13))
        table = box(b"stbl", self._described(kind), *_samples(self.seconds, where))
        return box(b"trak", header, box(b"mdia", clock, handler, box(b"minf", box(b"vmhd", bytes(12)), table)))

    def _described(self, kind: bytes) -> bytes:
        if kind == b"vide":
            entry = box(self.codec, bytes(24), struct.pack(">HH", self.width, self.height), bytes(50))
        else:
            entry = box(self.sound or b"", bytes(28))
        return full(b"stsd", struct.pack(">I", 1), entry)


def _samples(seconds: int, where: int) -> tuple[bytes, ...]:
    return (
        full(b"stts", struct.pack(">III", 1, seconds, 1)) if seconds else full(b"stts", struct.pack(">I", 0)),
        full(b"stsz", struct.pack(">II", 8, max(1, seconds))),
        full(b"stco", struct.pack(">II", 1, where)),
    )


BEHIND_THE_SAMPLES = 20 + 8 + 3 * 8
"""Where ``told`` lies in a film of three seconds."""


def track_of_notes(*chunks: tuple[int, int]) -> bytes:
    """A track of whatever is neither pictures nor sound: of each chunk where it lies and of how many samples of a byte it is."""
    runs = [struct.pack(">III", number, count, 1) for number, (_where, count) in enumerate(chunks, 1)]
    sizes = [struct.pack(">I", 1)] * sum(count for _where, count in chunks)
    table = box(
        b"stbl",
        full(b"stsc", struct.pack(">I", len(chunks)), *runs),
        full(b"stsz", struct.pack(">II", 0, len(sizes)), *sizes),
        full(b"stco", struct.pack(">I", len(chunks)), *(struct.pack(">I", where) for where, _count in chunks)),
    )
    return box(b"trak", box(b"mdia", full(b"hdlr", bytes(4), b"meta", bytes(13)), box(b"minf", table)))


def film(**said: object) -> bytes:
    """Return a video; see ``Film``."""
    return Film(**said).made()  # type: ignore[arg-type]


def element(kind: str, *parts: bytes, size: bytes = b"") -> bytes:
    """One element of a WebM; ``size`` stands for another one than it has."""
    content = b"".join(parts)
    return bytes.fromhex(kind) + (size or struct.pack(">I", 1 << 28 | len(content))) + content


def number(kind: str, value: int) -> bytes:
    """One element of a WebM that holds a number."""
    return element(kind, struct.pack(">I", value))


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A WebM of ``seconds`` at one picture a second. Whatever is wrong with it is said by its field."""

    seconds: int = 3
    claimed: float = 3000.0
    width: int = 640
    height: int = 360
    codec: bytes = b"V_VP8"
    kind: str = "webm"
    writer: bytes = b"a telephone of hers"
    more_of_picture: bytes = b""
    more_of_track: bytes = b""
    more_tracks: bytes = b""
    more_parts: bytes = b""
    behind: bytes = b""
    segment_size: bytes = b""

    def made(self) -> bytes:
        """Return the file."""
        head = element("1A45DFA3", element("4282", self.kind.encode()))
        duration = element("4489", struct.pack(">d", self.claimed))
        info = element("1549A966", number("2AD7B1", 1_000_000), duration, element("5741", self.writer))
        shown = element("E0", number("B0", self.width), number("BA", self.height), self.more_of_picture)
        entry = element("AE", number("D7", 1), number("83", 1), element("86", self.codec), shown, self.more_of_track)
        frames = [
            element("1F43B675", number("E7", second * 1000), element("A3", b"\x81\x00\x00\x80", b"frame"))
            for second in range(self.seconds)
        ]
        parts = (info, element("1654AE6B", entry, self.more_tracks), *frames, self.more_parts)
        return head + element("18538067", *parts, size=self.segment_size) + self.behind


def webm(**said: object) -> bytes:
    """Return a WebM; see ``Recording``."""
    return Recording(**said).made()  # type: ignore[arg-type]
