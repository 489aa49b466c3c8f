"""Live streams: what an agent is told reaches her open pages within half a second, by server-sent events.

One thread of this process asks the database for all its streams together, and sleeps when there is none. A stream holds no connection and
no place among the pages: it waits for what that thread hands it. What it sends is only the number of an alert; the page then asks for the
card like for any other page, so nothing that may not be seen any more is ever sent.
"""

import json
import logging
import queue
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from django.db import close_old_connections, connection, connections

from renmai.kernel.errors import DomainError

logger = logging.getLogger(__name__)

POLL_SECONDS: Final = 0.4
RETRY_SECONDS: Final = 3.0
HEARTBEAT_SECONDS: Final = 15.0
"""Proxies cut a silent line after half a minute or more; and only by writing do we learn that nobody listens any more."""

LIFE_SECONDS: Final = 600.0
"""Then the browser comes again, and who she is is asked anew."""

STREAMS_MOST: Final = 512
STREAMS_PER_PERSON: Final = 4
RECONNECT_MILLISECONDS: Final = 2000
FULL_SECONDS: Final = 30


@dataclass(frozen=True)
class Note:
    """An alert came for ``user_id``: its number, which is also its place in the order of all."""

    number: int
    user_id: int


Ask = Callable[[int], Sequence[Note]]
"""Return the notes behind a number, in order; ``Newest`` the highest number there is."""

Newest = Callable[[], int]


@dataclass(eq=False)
class Stream:
    """One open page of one person. ``since`` is the newest number there was when it opened, ``after`` the last that it has been sent."""

    user_id: int
    since: int
    after: int
    waiting: "queue.SimpleQueue[Note | str]" = field(default_factory=queue.SimpleQueue)

    def told(self, note: Note) -> bytes:
        """Return a note as it is sent, and remember that it was."""
        self.after = max(self.after, note.number)
        return f"id: {note.number}\nevent: alert\ndata: {json.dumps({'id': note.number})}\n\n".encode()


class Lines:
    """What a stream sends, as the body of an answer: first ``backlog``, what came while nobody listened, then what comes.

    It ends when it is old, when another page takes its place, or when we stop; closed before, also unread, it leaves as well.
    """

    def __init__(self, streams: "Streams", stream: Stream, backlog: Sequence[Note]) -> None:
        self._streams = streams
        self._stream = stream
        self._lines = self._sent(backlog)

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> bytes:
        return next(self._lines)

    def close(self) -> None:
        """End it. Twice is once."""
        self._lines.close()
        self._streams.leave(self._stream)

    def _sent(self, backlog: Sequence[Note]) -> Generator[bytes, None, None]:
        ends_at = monotonic() + LIFE_SECONDS
        try:
            self._streams.listen()
            yield f"retry: {RECONNECT_MILLISECONDS}\n\n".encode()
            for note in backlog:
                yield self._stream.told(note)
            while monotonic() < ends_at:
                try:
                    what = self._stream.waiting.get(timeout=HEARTBEAT_SECONDS)
                except queue.Empty:
                    yield b": still here\n\n"
                    continue
                if isinstance(what, str):
                    yield f"event: {what}\ndata: {{}}\n\n".encode()
                    return
                if what.number > self._stream.after:
                    yield self._stream.told(what)
        finally:
            self._streams.leave(self._stream)


class Streams:
    """All streams of this process, and the thread that asks for them. ``ask`` and ``newest`` say where notes come from."""

    def __init__(self, *, ask: Ask, newest: Newest, most: int = STREAMS_MOST) -> None:
        self._ask = ask
        self._newest = newest
        self._most = most
        self._lock = threading.Lock()
        self._by_person: dict[int, deque[Stream]] = defaultdict(deque)
        self._asker: threading.Thread | None = None
        self._is_closed = False

    def __len__(self) -> int:
        with self._lock:
            return self._count()

    def open(self, user_id: int, *, after: int, backlog: Callable[[], Sequence[Note]]) -> Lines:
        """Open a stream of a person; beyond ``STREAMS_PER_PERSON`` her oldest one ends, so that a forgotten tab holds nobody up.

        ``backlog`` is asked for once the stream listens: what comes in between is in both, and sent once. Raises
        ``alerts.too_many_streams`` when this process holds as many as it may, or is about to stop.
        """
        stream = Stream(user_id, since=self._newest(), after=after)
        with self._lock:
            if self._is_closed or self._count() >= self._most:
                raise DomainError("alerts.too_many_streams", seconds=FULL_SECONDS)
            hers = self._by_person[user_id]
            hers.append(stream)
            if len(hers) > STREAMS_PER_PERSON:
                hers.popleft().waiting.put("elsewhere")
        try:
            return Lines(self, stream, backlog())
        except BaseException:
            self.leave(stream)
            raise

    def listen(self) -> None:
        """See to it that somebody asks: from what was newest when the oldest of these streams opened."""
        with self._lock:
            if self._asker is None and self._by_person and not self._is_closed:
                last = min(stream.since for hers in self._by_person.values() for stream in hers)
                self._asker = threading.Thread(target=self._go_on_asking, args=(last,), name="live", daemon=True)
                self._asker.start()

    def leave(self, stream: Stream) -> None:
        """Forget a stream that ended. Twice is once."""
        with self._lock:
            hers = self._by_person.get(stream.user_id)
            if hers is not None and stream in hers:
                hers.remove(stream)
            if not hers:
                self._by_person.pop(stream.user_id, None)

    def close(self) -> None:
        """End all streams and open no more: this process stops. The browsers come again to the next one."""
        with self._lock:
            self._is_closed = True
            for hers in self._by_person.values():
                for stream in hers:
                    stream.waiting.put("later")

    def hand_out(self, notes: Sequence[Note]) -> None:
        """Give each note to every stream of the person whom it is for."""
        with self._lock:
            for note in notes:
                for stream in self._by_person.get(note.user_id, ()):
                    stream.waiting.put(note)

    def _count(self) -> int:
        return sum(len(hers) for hers in self._by_person.values())

    def _go_on_asking(self, last: int) -> None:
        """Ask until no stream is left. A database that does not answer is asked again."""
        pause = threading.Event()
        while not self._may_end():
            wait = POLL_SECONDS
            try:
                notes = self._ask(last)
                if notes:
                    last = notes[-1].number
                    self.hand_out(notes)
                close_old_connections()
            except Exception:
                # Whatever it was, those who listen are better served by another try than by silence.
                logger.exception("live streams cannot be asked for; trying again in %s seconds", RETRY_SECONDS)
                connection.close()
                wait = RETRY_SECONDS
            pause.wait(wait)
        connections.close_all()

    def _may_end(self) -> bool:
        with self._lock:
            if self._is_closed or not self._by_person:
                self._asker = None
                return True
            return False


def _ask(after: int) -> Sequence[Note]:
    from renmai.alerts import queries

    return [Note(number, user_id) for number, user_id in queries.numbers_after(after)]


def _newest() -> int:
    from renmai.alerts import queries

    return queries.newest_number()


streams = Streams(ask=_ask, newest=_newest)
