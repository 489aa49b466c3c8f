"""What the reader has learned, as one small file: a line of JSON, then packed numbers."""

import json
import math
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("weights.bin")
QUANTUM_LIMIT = 63
"""Half of what a byte holds: the file packs better, and no text of the held-back authors is judged otherwise for it."""


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A scorer of several heads over hashed features: the first tells bad from honest, each other one family from honest.

    ``hashes`` are in ascending order. ``document_counts[i]`` is in how many of ``documents`` training texts feature i occurs; ``heads[h][i]``
    times ``steps[h]`` is its weight in head h. The score of a text is ``mix[0]`` times the first head, plus ``mix[1]`` times the
    highest family, plus ``mix[2]``. It crosses the line above ``thresholds["zh"]`` or, without a Chinese character, ``thresholds["en"]``.
    Each pattern whose find was excused raises that line by ``excuse_step``. ``digest`` is that of the training copy.
    """

    families: tuple[str, ...]
    documents: int
    norm_floor: float
    hashes: tuple[int, ...]
    document_counts: tuple[int, ...]
    heads: tuple[bytes, ...]
    steps: tuple[float, ...]
    intercepts: tuple[float, ...]
    mix: tuple[float, float, float]
    thresholds: Mapping[str, float]
    excuse_step: float
    digest: str

    @cached_property
    def places(self) -> dict[int, int]:
        """Which place a hash has among the features."""
        return {number: place for place, number in enumerate(self.hashes)}

    @cached_property
    def rarity(self) -> tuple[float, ...]:
        """How much an occurrence of each feature counts: more, the fewer texts it is found in."""
        return tuple(rarity(count, self.documents) for count in self.document_counts)

    @cached_property
    def levels(self) -> tuple[memoryview, ...]:
        """The heads as signed numbers."""
        return tuple(memoryview(head).cast("b") for head in self.heads)


def rarity(document_count: int, documents: int) -> float:
    """Return the weight of a feature found in ``document_count`` of ``documents`` texts: 1 for one that all have."""
    return math.log(documents / document_count) + 1.0


def quantised(values: Sequence[float]) -> tuple[bytes, float]:
    """Return ``values`` as signed bytes and the step by which to multiply them."""
    step = max(map(abs, values)) / QUANTUM_LIMIT
    return struct.pack(f"{len(values)}b", *(round(value / step) for value in values)), step


@cache
def weights() -> Weights:
    """Return what ships with this release, read once in a process."""
    return unpacked(PATH.read_bytes())


def packed(learned: Weights) -> bytes:
    """Return ``learned`` as the bytes of a file."""
    head: dict[str, Any] = {
        "digest": learned.digest,
        "documents": learned.documents,
        "excuse_step": learned.excuse_step,
        "families": learned.families,
        "features": len(learned.hashes),
        "intercepts": learned.intercepts,
        "mix": learned.mix,
        "norm_floor": learned.norm_floor,
        "steps": learned.steps,
        "thresholds": dict(learned.thresholds),
    }
    gaps = [after - before for before, after in zip((0, *learned.hashes), learned.hashes, strict=False)]
    counts = [min(count, 0xFFFF) for count in learned.document_counts]
    size = len(gaps)
    body = struct.pack(f"<{size}I", *gaps) + struct.pack(f"<{size}H", *counts) + b"".join(learned.heads)
    return json.dumps(head, sort_keys=True).encode() + b"\n" + zlib.compress(body, 9)


def unpacked(content: bytes) -> Weights:
    """Return the weights in ``content``, as ``packed`` wrote them."""
    line, _newline, rest = content.partition(b"\n")
    head = json.loads(line)
    body = zlib.decompress(rest)
    size = head["features"]
    hashes, last = [], 0
    for gap in struct.unpack_from(f"<{size}I", body):
        last += gap
        hashes.append(last)
    start = 6 * size
    return Weights(
        families=tuple(head["families"]),
        documents=head["documents"],
        norm_floor=head["norm_floor"],
        hashes=tuple(hashes),
        document_counts=struct.unpack_from(f"<{size}H", body, 4 * size),
        heads=tuple(body[start + number * size : start + (number + 1) * size] for number in range(len(head["steps"]))),
        steps=tuple(head["steps"]),
        intercepts=tuple(head["intercepts"]),
        mix=tuple(head["mix"]),
        thresholds=head["thresholds"],
        excuse_step=head["excuse_step"],
        digest=head["digest"],
    )
