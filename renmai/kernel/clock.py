"""The only source of time. UTC everywhere; tests and the demo move it with ``travel``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_offset: ContextVar[timedelta | None] = ContextVar("clock_offset", default=None)
_fixed: ContextVar[datetime | None] = ContextVar("clock_fixed", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    offset = _offset.get()
    present = datetime.now(tz=UTC)
    return present if offset is None else present + offset


@contextmanager
def travel(moment: datetime) -> Iterator[None]:
    """Stand still at ``moment`` (aware) inside the block; nesting restores the outer moment."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware moment")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def shift(delta: timedelta) -> Iterator[None]:
    """Run the block with a clock that goes on, ``delta`` off the true one."""
    token = _offset.set(delta)
    try:
        yield
    finally:
        _offset.reset(token)
