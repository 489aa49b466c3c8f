"""Real kills: a process of its own works on a real, committed database and is gone (SIGKILL) before or after any of its statements.

``renmai/journeys/tests/faults.py`` rolls an action back at each statement within one transaction, which is quick and sees less. Here
the process is forked, opens a connection of its own, commits what it commits, and dies without a word to anybody: no rollback is
sent, no lock is given back, nothing is tidied up. What follows is what follows in life: another process, on another connection, is
asked for the same thing again, a worker catches up, and the audit of the whole shop finds nothing, before and after.
"""

import os
import random
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NoReturn

from django.core.cache import cache
from django.db import connection, connections

from renmai.kernel import clock
from renmai.project import audit, worker

BROKEN = 70
COMMIT = "COMMIT"
CASES_PER_ROUND = 20
BETWEEN_CASES = timedelta(seconds=30)
UNTIL_RECOVERY = timedelta(minutes=10)
"""Longer than a dead worker keeps anything claimed."""

UNTIL_NEXT_ROUND = timedelta(hours=1)
BETWEEN_WORKERS = timedelta(minutes=2)
BUSY_STATEMENTS = 300
"""Workers die somewhere within their first so many statements."""


@dataclass(frozen=True)
class Case:
    """One thing to be done, once: what dies while doing it, what is done again, and whether it has happened exactly once."""

    act: Callable[[], object]
    again: Callable[[], object]
    has_happened_once: Callable[[], None]


Flow = Callable[[], Case]
"""Makes a fresh case, ready to be acted on at the present moment of the clock."""


@dataclass(frozen=True)
class Point:
    """The place of a death: before or after the statement with this number, counted from 1."""

    statement: int
    is_after: bool

    def __str__(self) -> str:
        return f"{'after' if self.is_after else 'before'} statement {self.statement}"

    def is_reached(self, sent: Sequence[str]) -> bool:
        """Tell whether the last of the statements ``sent`` is the one."""
        return len(sent) == self.statement


@dataclass(frozen=True)
class FirstCommit:
    """The place of a death around the first commit, whose number depends on what the process has still in its cache."""

    is_after: bool

    def __str__(self) -> str:
        return f"{'after' if self.is_after else 'before'} the first commit"

    def is_reached(self, sent: Sequence[str]) -> bool:
        """Tell whether the last of the statements ``sent`` is the first commit."""
        return sent[-1] == COMMIT and sent.count(COMMIT) == 1


class Fate:
    """Notes what this process sends to its database, commits included, and strikes at ``point``: by default the process dies."""

    def __init__(self, point: Point | FirstCommit | None = None, strike: Callable[[], object] | None = None) -> None:
        self.sent: list[str] = []
        self._point = point
        self._strike = strike or die

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  the database layer's protocol
        """Send a statement, for ``connection.execute_wrapper``."""
        return self._send(sql, lambda: execute(sql, params, many, context))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """See every statement of this thread's connection inside the block, and its commits, which Django sends past the wrapper."""
        wrapper: Any = connection  # only the wrapper of each database has the method, and it is not a public one
        send = wrapper._commit  # noqa: SLF001
        wrapper._commit = lambda: self._send(COMMIT, send)  # noqa: SLF001
        try:
            with connection.execute_wrapper(self):
                yield
        finally:
            del wrapper._commit  # noqa: SLF001

    def _send(self, sql: str, send: Callable[[], Any]) -> Any:
        self.sent.append(sql)
        is_here = self._point is not None and self._point.is_reached(self.sent)
        is_after = self._point is not None and self._point.is_after
        if is_here and not is_after:
            self._strike()
        answer = send()
        if is_here and is_after:
            self._strike()
        return answer


def die() -> NoReturn:
    """End this process as a power cut ends it."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a process outlived its own SIGKILL")


def in_child(act: Callable[[], object], fate: Fate) -> tuple[bool, list[str]]:
    """Run ``act`` in a process of its own under ``fate``; return whether it was killed, and what it sent if it was not.

    What the process raises is raised here, as an ``AssertionError`` with its traceback.
    """
    connections.close_all()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Other threads (of pytest-xdist) hold nothing that the child touches.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _live(act, fate, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True, []
    if os.waitstatus_to_exitcode(status) != 0:
        raise AssertionError(f"the process that was to be killed broke:\n{said}")
    return False, said.splitlines()


def _live(act: Callable[[], object], fate: Fate, writing: int) -> NoReturn:
    """Be the child: never return into the parent's code, whatever happens."""
    status = BROKEN
    try:
        _forget_and_keep()
        with os.fdopen(writing, "w") as pipe, fate.watching():
            try:
                act()
                pipe.write("\n".join(" ".join(sql.split()) for sql in fate.sent))
                status = 0
            except BaseException:  # noqa: BLE001  it is told to the parent, which raises it
                pipe.write(traceback.format_exc())
        connections.close_all()
    finally:
        os._exit(status)


def _forget_and_keep() -> None:
    """Know nothing that was kept for seconds, and keep for ever what is read from now on: statement 17 is always the same statement.

    Else it would be a matter of who asked first and of how busy the machine is whether settings, campaigns, experiments or names are read
    once more within an act.
    """
    cache.clear()
    kept: Any = cache  # a proxy, whose type does not know what it passes on
    kept.get_backend_timeout = lambda _timeout=None: None


def statements_of(flow: Flow) -> list[str]:
    """Run cases of ``flow`` to their end in processes of their own; return what the second one sent: the first one does what is
    done only once in a shop, such as opening accounts. Nothing sent is an ``AssertionError``.

    Time stands still, and begins as it does for those who are killed: what falls due while a slow machine works would be one's own act.
    """
    moment = clock.now()
    _leave_nothing_due(moment)
    sent: list[str] = []
    for number in range(2):
        with clock.travel(moment - number * BETWEEN_CASES):
            case = flow()
            killed, sent = in_child(case.act, Fate())
            assert not killed
            assert sent, "an action that sends no statement cannot be killed at one"
            worker.settle()
            case.has_happened_once()
    return sent


def _leave_nothing_due(moment: datetime) -> None:
    """Let a worker do what earlier cases have left for ``moment`` and before: a case's process would else find it and do it as well."""
    with clock.travel(moment):
        worker.settle()


def points_of(sent: Sequence[str]) -> list[Point]:
    """Return every place of a death: before and after each statement."""
    return [Point(number, is_after) for number in range(1, len(sent) + 1) for is_after in (False, True)]


def short_points_of(sent: Sequence[str]) -> list[Point]:
    """Return the places that differ to a database: before each statement, and after each commit and the last one.

    Dead after a statement is dead before the next one, as long as the process keeps nothing but the database.
    """
    last = len(sent)
    after = [Point(number, is_after=True) for number, sql in enumerate(sent, 1) if sql == COMMIT or number == last]
    return sorted([Point(number, is_after=False) for number in range(1, last + 1)] + after, key=lambda point: point.statement)


def kill_everywhere(flow: Flow, points: Sequence[Point], *, per_round: int = CASES_PER_ROUND) -> None:
    """Kill a fresh case of ``flow`` at each of ``points``, let everything be done again, and look at the shop each time.

    ``per_round`` deaths lie side by side before anybody cleans up. Each case lives half a minute *before* the one killed earlier, so that
    nothing which that one left behind is due yet and gets done by this one's process: statement 17 is always the same statement.
    """
    moment = clock.now()
    for first in range(0, len(points), per_round):
        moment += UNTIL_NEXT_ROUND
        _round(flow, points[first : first + per_round], moment)


def _round(flow: Flow, points: Sequence[Point], moment: datetime) -> None:
    killed: list[tuple[Point, datetime, Case]] = []
    _leave_nothing_due(moment)
    for number, point in enumerate(points):
        then = moment - number * BETWEEN_CASES
        with clock.travel(then):
            case = flow()
            died, sent = in_child(case.act, Fate(point))
        # A death that did not happen is no death survived: it would count for a place at which nobody has looked.
        assert died, f"nobody died {point}: the act sent {len(sent)} statements, the last one {sent[-1:]}"
        killed.append((point, then, case))
    with clock.travel(moment):
        look([point for point, _then, _case in killed], "right after death")
    connections.close_all()
    for _point, then, case in killed:
        with clock.travel(then):
            case.again()
    with clock.travel(moment + UNTIL_RECOVERY):
        worker.settle()
        look([point for point, _then, _case in killed], "after recovery")
        for point, _then, case in killed:
            try:
                case.has_happened_once()
            except AssertionError as error:
                raise AssertionError(f"killed {point}: {error}") from error


def look(points: Sequence[Point | FirstCommit], when: str) -> None:
    """Raise ``AssertionError`` with everything that the audit finds now."""
    found = [str(violation) for violation in audit.all_violations()]
    where = ", ".join(str(point) for point in points)
    assert not found, f"{when} ({where}):\n" + "\n".join(found)


def kill_worker(flows: Sequence[Flow], *, seed: int, deaths: int) -> int:
    """Let people do their part of a case of each of ``flows``, and kill worker after worker over the rest; return how many died.

    Each dies at a statement drawn from ``seed``, and the next one begins two minutes later with what it left behind. One that gets to
    its end first is no death. A last worker lives and catches up; then everything has happened once.
    """
    chance = random.Random(seed)  # noqa: S311  to be repeated, not to be secret
    died = 0
    moment = clock.now()
    with clock.travel(moment):
        cases = [flow() for flow in flows]
        for case in cases:
            case.again()
    for _death in range(deaths):
        moment += BETWEEN_WORKERS
        point = Point(chance.randint(1, BUSY_STATEMENTS), chance.random() < 0.5)
        with clock.travel(moment):
            was_killed, _sent = in_child(worker.settle, Fate(point))
            died += was_killed
            look([point], "right after the worker's death")
    with clock.travel(moment + UNTIL_RECOVERY):
        worker.settle()
        look([], "after the last worker")
        for case in cases:
            case.has_happened_once()
    return died
