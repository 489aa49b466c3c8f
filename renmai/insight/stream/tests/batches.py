"""Batches as a browser writes them, for tests."""

import json
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from renmai.insight.stream.wire import Batch, read_batch
from renmai.kernel import clock, ids

_numbers = count(1)


def raw(name: str = "product_lingered", *, ago_seconds: float = 0, **parts: Any) -> dict[str, Any]:
    """One event as the page writes it, of a browser whose clock is right; a part that is None is left out."""
    given: dict[str, Any] = {
        "id": str(ids.derived("raw", next(_numbers))),
        "name": name,
        "v": 1,
        "at": milliseconds(-ago_seconds),
        "p": {"seconds": 30, "scroll": 80, "pictures": 2} if name == "product_lingered" else {},
    }
    return {key: value for key, value in (given | parts).items() if value is not None}


def milliseconds(off_seconds: float = 0) -> int:
    """So much before or after now, as a browser's clock says it."""
    return int((clock.now() + timedelta(seconds=off_seconds)).timestamp() * 1000)


def body(*events: dict[str, Any], off_seconds: float = 0) -> bytes:
    """A body as it is sent, by a clock that is ``off_seconds`` ahead."""
    return json.dumps({"sent": milliseconds(off_seconds), "events": list(events)}).encode()


def batch(*events: dict[str, Any], off_seconds: float = 0) -> Batch:
    """A batch as the server reads it."""
    return read_batch(body(*events, off_seconds=off_seconds))


SESSION = UUID("0b1cf0a8-1f0f-4e7c-9d5b-5a4f3d2c1b0a")
