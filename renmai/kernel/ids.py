"""Identifiers: random tokens, order numbers, and derived ids that make an act repeatable without harm."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from renmai.kernel import clock

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0/O, 1/I/L, U: people read these codes aloud."""

_NAMESPACE = uuid.UUID("5b3c3f6e-6a1e-4a36-9a52-5f0d0c7b9a11")
_system = random.SystemRandom()
_source: ContextVar[random.Random] = ContextVar("ids_source", default=_system)


def token(length: int = 10) -> str:
    """Return a random code of ``length`` letters and digits (4.9 bits each)."""
    return "".join(_source.get().choices(ALPHABET, k=length))


def secret(length: int = 43) -> str:
    """Return an unguessable secret; always from the system's source, even in a seeded world."""
    return "".join(_system.choices(ALPHABET, k=length))


def number(prefix: str) -> str:
    """Return a number for people: prefix, date and ten random letters, such as ``R261121-7K3M9QXA2B``."""
    return f"{prefix}{clock.now():%y%m%d}-{token(10)}"


def new_uuid() -> uuid.UUID:
    """Return a random UUID (version 4)."""
    return uuid.UUID(int=_source.get().getrandbits(128), version=4)


def derived(*parts: object) -> uuid.UUID:
    """Return the same UUID for the same parts, for ever: the id of an act that must happen at most once."""
    return uuid.uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts))


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw tokens, numbers and UUIDs from ``seed`` inside the block, so that a world comes out the same on every machine."""
    reset = _source.set(random.Random(seed))  # noqa: S311 - reproducible on purpose; secrets never come from here  # nosec B311
    try:
        yield
    finally:
        _source.reset(reset)
