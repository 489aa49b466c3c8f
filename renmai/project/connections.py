"""Whether a connection that is kept between requests still leads anywhere.

Django asks a kept connection ``SELECT 1`` before every request. A server that goes away closes its side, and that is to be seen on the
socket without a word; so the question is only asked of connections that have said nothing for a while, or on which something is heard.
"""

import select
import time
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TRUSTED_SECONDS = 10
"""After this silence a connection is asked all the same: a host that vanished closes nothing."""

TRUST = "renmai.trust_live_connections"
_SAW = "renmai_last_seen"


def install() -> None:
    """Watch the requests of this process. Django's own receivers, connected before, come first."""
    request_started.connect(trust_live_connections, dispatch_uid=TRUST)
    request_finished.connect(note_live_connections, dispatch_uid="renmai.note_live_connections")


def trust_live_connections(**_signal: Any) -> None:
    """Spare those connections of this thread the question that have answered just now and whose server has not hung up."""
    for connection in connections.all(initialized_only=True):
        if _is_live(connection):
            connection.health_check_done = True  # type: ignore[attr-defined]  # the stubs do not know it


def note_live_connections(**_signal: Any) -> None:
    """Note when the connections of this thread were last known to work."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None and not connection.errors_occurred:
            setattr(connection, _SAW, (connection.connection, time.monotonic()))


def _is_live(connection: BaseDatabaseWrapper) -> bool:
    kept, seen_at = getattr(connection, _SAW, (None, 0.0))
    if kept is None or kept is not connection.connection or connection.vendor != "postgresql" or kept.closed:
        return False
    return time.monotonic() - seen_at < TRUSTED_SECONDS and not _hears_something(kept.fileno())


def _hears_something(socket: int) -> bool:
    """Whether there is anything to read: between two questions that is a farewell, or the end."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
