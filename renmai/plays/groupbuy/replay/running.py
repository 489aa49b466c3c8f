"""The replay as a whole: stage, days, outcome; in several processes that meet each evening, and able to go on after it was stopped."""

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from threading import BrokenBarrierError
from typing import Any

from django.db import connections

from renmai.campaigns.replaying import Advance, Replay, ReplayError
from renmai.insight.spread.launches import cascade_lines, log_cascades
from renmai.kernel import clock
from renmai.plays.groupbuy.replay import stage as staging
from renmai.plays.groupbuy.replay.days import DAYS, Plan, beginning
from renmai.plays.groupbuy.replay.living import Share, evening, launch, work_at
from renmai.plays.groupbuy.replay.log import Log, read
from renmai.plays.groupbuy.replay.outcome import Outcome, compare
from renmai.plays.groupbuy.replay.stage import Stage

WORKED_EVERY = 500
"""Launches after which a process also delivers the events that wait, so that they do not pile up until the evening."""

NOTED_EVERY = 50
"""Launches after which a process notes how far it is. What it did since its last note is done again, harmlessly, after a kill."""


@dataclass(frozen=True)
class Position:
    """How far one process is: so many of its launches of a day are done, and perhaps the evening too."""

    day: int = 0
    done: int = 0


@dataclass(frozen=True)
class Notes:
    """Where a replay keeps how far it is: a folder by the log's digest, with a file of its own for each process."""

    folder: Path

    def beginning(self) -> datetime:
        """Return when the first day began, the same for each run."""
        path = self.folder / "began"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(beginning(clock.now()).isoformat(), encoding="ascii")
        return datetime.fromisoformat(path.read_text(encoding="ascii"))

    def processes(self, wanted: int) -> int:
        """Return how many processes the replay was begun with: they share the launches, so the number cannot change."""
        path = self.folder / "processes"
        if not path.exists():
            path.write_text(str(wanted), encoding="ascii")
        return int(path.read_text(encoding="ascii"))

    def position(self, number: int) -> Position:
        """Return how far a process is."""
        path = self.folder / f"process-{number}.json"
        return Position(**json.loads(path.read_text(encoding="ascii"))) if path.exists() else Position()

    def note(self, number: int, position: Position) -> None:
        """Write down how far a process is, whole or not at all."""
        path = self.folder / f"process-{number}.json"
        half = path.with_suffix(".half")
        half.write_text(json.dumps(asdict(position)), encoding="ascii")
        half.replace(path)


def run(task: Replay) -> tuple[bool, list[str]]:
    """Replay a log; return whether every launch ended as the log says, and the lines to print. Raises ``ReplayError``."""
    log = read(task.folder, limit=task.limit)
    notes = Notes(task.home / "replay" / log.digest)
    plan = Plan(notes.beginning(), log.launches)
    stage = _stage(task, plan)
    processes = notes.processes(task.processes)
    positions = [notes.position(number) for number in range(processes)]
    before = sum(_launched(plan, Share(number, processes), position) for number, position in enumerate(positions))
    began = time.monotonic()
    with task.progress("launches", len(log.launches)) as advance:
        advance(before)
        _live(_Course(plan, stage, notes, task.work), processes, advance)
    seconds = time.monotonic() - began
    with task.progress("outcomes", len(log.launches)) as advance:
        outcome = compare(log.launches, stage.people)
        advance(len(log.launches))
    lines = [
        *cascade_lines(log_cascades(log.launches)),
        *_speed(len(log.launches) - before, seconds, processes),
        *_sum(log, outcome),
    ]
    return not outcome.mistakes, lines


def _stage(task: Replay, plan: Plan) -> Stage:
    with task.progress("people, goods and campaigns", None) as advance:
        return staging.find(plan.launches) or staging.build(
            plan.launches, starts_at=plan.starts_at, ends_at=plan.ends_at, advance=advance
        )


@dataclass(frozen=True)
class _Course:
    """What the processes live through, and where they note it."""

    plan: Plan
    stage: Stage
    notes: Notes
    work: Callable[[], None]


def _live(course: _Course, processes: int, advance: Advance) -> None:
    """Let the processes live through the days; this one only shows how far they are."""
    if processes == 1:
        _days(course, Share(0, 1), None, advance)
        return
    # The children open connections of their own; none is shared.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    barrier, told = context.Barrier(processes), context.SimpleQueue()
    children = [
        context.Process(target=_child, args=(course, Share(number, processes), barrier, told)) for number in range(processes)
    ]
    for child in children:
        child.start()
    try:
        for steps in _told(told, len(children)):
            advance(steps)
    finally:
        for child in children:
            child.join()
    if any(child.exitcode for child in children):
        raise ReplayError("a process broke off; its reason stands above. The same command goes on from there.")


def _child(course: _Course, share: Share, barrier: Barrier, told: Any) -> None:
    try:
        _days(course, share, barrier, told.put)
    except BrokenBarrierError:
        sys.exit(1)
    except BaseException:
        barrier.abort()
        raise
    finally:
        told.put(None)
        connections.close_all()


def _told(told: Any, children: int) -> Iterator[int]:
    while children:
        steps = told.get()
        if steps is None:
            children -= 1
        else:
            yield steps


def _days(course: _Course, share: Share, barrier: Barrier | None, advance: Advance) -> None:
    """Live through the days from where this process stopped. All meet before and after each evening."""
    plan, notes = course.plan, course.notes
    position = notes.position(share.number)
    while position.day <= DAYS:
        indexes = _indexes(plan, position.day, share)
        for index in indexes[position.done :]:
            launch(plan, course.stage, position.day, index)
            position = replace(position, done=position.done + 1)
            advance(1)
            if position.done % NOTED_EVERY == 0:
                notes.note(share.number, position)
            if position.done % WORKED_EVERY == 0:
                work_at(plan.moment(position.day, index), course.work)
        notes.note(share.number, position)
        _meet(barrier)
        evening(plan, course.stage, position.day, share, course.work)
        _meet(barrier)
        position = Position(position.day + 1)
        notes.note(share.number, position)


def _meet(barrier: Barrier | None) -> None:
    if barrier is not None:
        barrier.wait()


def _indexes(plan: Plan, day: int, share: Share) -> Sequence[int]:
    """Return the places of a day's launches that are a process's: by item, so that no two fight for one row of stock."""
    return [index for index, one in enumerate(plan.of(day)) if one.item % share.of == share.number]


def _launched(plan: Plan, share: Share, position: Position) -> int:
    return sum(len(_indexes(plan, day, share)) for day in range(min(position.day, DAYS))) + position.done


def _speed(launched: int, seconds: float, processes: int) -> list[str]:
    own, children = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    pace = f"{launched / seconds:.1f} launches a second" if launched else "nothing was left to do"
    return [
        f"{pace} ({launched} in {seconds:.0f} s, {processes} processes; peak memory {own} MiB, each child at most {children} MiB)"
    ]


def _sum(log: Log, outcome: Outcome) -> list[str]:
    lines = [f"WRONG {said}" for said in outcome.wrong]
    lines += [f"quarantined {aside.key}: {aside.reason}" for aside in log.aside[:20]]
    if outcome.mistakes:
        lines.append(f"{outcome.mistakes} launches did not end as the log says")
    total = f"launches {log.read} = succeeded {outcome.succeeded} + failed {outcome.failed} + quarantined {len(log.aside)}"
    return [*lines, total]
