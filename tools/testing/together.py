"""Several acts at the same moment, each on a thread and a connection of its own.

``at_once`` starts them together and lets chance decide, a little shaken: pytest-randomly's seed decides where a thread hesitates, so a
failing round can be tried again. ``every_interleaving`` leaves nothing to chance: it stops one act before a chosen statement, lets the
other one run as far as it gets, and goes on; before every statement in turn, or before a few of them unless ``WHOLE_RACES`` is set.
The threads see the clock where the test has set it. PostgreSQL interleaves transactions; SQLite lets the second one wait at its door.
"""

import contextvars
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier, Event
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from django.db import connection, connections

from renmai.kernel.errors import DomainError
from renmai.kernel.together import Together

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = "WHOLE_RACES"
THREADS = 8
START_SECONDS = 30
PATIENCE_SECONDS = 0.15
"""How long the second act is waited for before the first one goes on: longer than it takes, unless it waits for the first."""

MOST_SECONDS = 60
MOST_STATEMENTS = 400
FEW_PLACES = {"postgresql": 2, "sqlite": 1}
"""SQLite lets nobody in between the first and the last statement of a transaction."""

HESITATES_EVERY = 6
HESITATION_SECONDS = 0.002
NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

Act = Callable[[], object]


def at_once(*acts: Act, threads: int = THREADS) -> list[str]:
    """Run the acts on threads that begin together; return what each said, in order, refusals by their code."""
    here = contextvars.copy_context()
    together = Barrier(min(len(acts), threads))
    seeds = [random.random() for _act in acts]  # noqa: S311  shakes the threads, keeps nothing secret

    def one(numbered: tuple[int, Act]) -> str:
        number, act = numbered
        if number < threads:
            together.wait(timeout=START_SECONDS)
        with _hesitating(seeds[number]):
            return here.copy().run(_said, act)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, enumerate(acts)))


def every_interleaving(scene: Callable[[], tuple[Act, Act]], check: Callable[[str, str], None]) -> int:
    """Stop the first act of a fresh ``scene`` before a statement, let the second act run, let the first go on, then ``check`` both.

    Before the first and the last statement and a few more between them; before each one when ``WHOLE_RACES`` is set. ``check`` gets
    what both said, refusals by their code. Returns how many statements the first act sends when nobody disturbs it.
    """
    first, second = scene()
    found = _held(first, second, before=MOST_STATEMENTS)
    check(found.first, found.second)
    places = list(range(1, found.statements + 1))
    few = FEW_PLACES[connection.vendor]
    if not os.environ.get(WHOLE) and len(places) > few + 2:
        between = random.sample(places[1:-1], few)
        places = [places[0], *sorted(between), places[-1]]
    for before in places:
        first, second = scene()
        ended = _held(first, second, before=before)
        check(ended.first, ended.second)
    return found.statements


class _Ended:
    def __init__(self) -> None:
        self.first = self.second = ""
        self.statements = 0


def _held(first: Act, second: Act, *, before: int) -> _Ended:
    """Run ``first`` until it would send the statement ``before``, then ``second``, then both to their end."""
    ended, here = _Ended(), contextvars.copy_context()
    reached, go_on = Event(), Event()

    def gate(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's protocol
        if not sql.startswith(NOT_COUNTED):
            ended.statements += 1
            if ended.statements == before:
                reached.set()
                go_on.wait(timeout=MOST_SECONDS)
        return execute(sql, params, many, context)

    def run_first() -> str:
        try:
            connection.ensure_connection()
            with connection.execute_wrapper(gate):
                return here.copy().run(_said, first)
        finally:
            reached.set()

    with ThreadPoolExecutor(2) as pool, patch.object(Together, "__call__", _apart):
        ahead = pool.submit(run_first)
        reached.wait(timeout=MOST_SECONDS)
        behind: Future[str] = pool.submit(here.copy().run, _said, second)
        wait([behind], timeout=PATIENCE_SECONDS)
        go_on.set()
        ended.first, ended.second = ahead.result(timeout=MOST_SECONDS), behind.result(timeout=MOST_SECONDS)
    return ended


def _apart(door: "Together[Any, Any]", ask: Any) -> Any:
    """The two acts stand for two processes, so neither is served by the other."""
    (answer,) = door._answers([ask])  # noqa: SLF001
    if isinstance(answer, Exception):
        raise answer
    return answer


def _said(act: Act) -> str:
    try:
        return str(act())
    except DomainError as error:
        return error.code
    finally:
        connections.close_all()


@contextmanager
def _hesitating(seed: float) -> "Iterator[None]":
    chance = random.Random(seed)  # noqa: S311  as above

    def hesitate(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's protocol
        if chance.randrange(HESITATES_EVERY) == 0:
            time.sleep(chance.random() * HESITATION_SECONDS)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hesitate):
        yield
