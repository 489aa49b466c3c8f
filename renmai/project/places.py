"""How many requests are worked on at once, each with whose connection to the database; live streams wait beside them.

Granian gives every request a thread of its own for as long as its answer takes. A page works in one of a few places, and with it has the
connection that belongs to the place: so many threads never mean as many connections. An answer that streams leaves its place once it
has begun; from then on it only waits, and a waiting thread costs 90 kB and no time. Why not ASGI: docs/adr/0024-streams-beside-pages.md.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Places:
    """A WSGI application that lets at most ``count`` requests at a time into the one that it stands before."""

    def __init__(self, application: Wsgi, *, count: int) -> None:
        self._application = application
        self._free = threading.BoundedSemaphore(count)
        self._connections: list[BaseDatabaseWrapper] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request: whole, unless the answer says of itself that it is ``streaming``."""
        with self._free:
            self._take_connection()
            try:
                answer = self._application(environ, start_response)
                # What streams is not read here; Granian closes it when it is through, or when nobody listens any more.
                return answer if getattr(answer, "streaming", False) else _whole(answer)
            finally:
                self._leave_connection()

    def _take_connection(self) -> None:
        """Make a connection that a request before has left this thread's own."""
        if self._connections:
            connections[DEFAULT_DB_ALIAS] = self._connections.pop()

    def _leave_connection(self) -> None:
        """Leave this thread's connection for the next request, whose thread will be another one."""
        connection = connections[DEFAULT_DB_ALIAS]
        if not connection.allow_thread_sharing:
            connection.inc_thread_sharing()
        del connections[DEFAULT_DB_ALIAS]
        self._connections.append(connection)


def _whole(answer: Iterable[bytes]) -> list[bytes]:
    try:
        return [b"".join(answer)]
    finally:
        if close := getattr(answer, "close", None):
            close()
