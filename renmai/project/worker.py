"""The background process: delivers events to their reactions and runs the timers, until it is asked to stop."""

import logging
import signal
import threading
from datetime import datetime, timedelta
from types import FrameType

from django.db import Error, close_old_connections, connection

from renmai.kernel import clock, outbox
from renmai.kernel.models import Heartbeat
from renmai.project import consumers, reactions, timers
from renmai.project.health import WORKER
from renmai.project.problems import Problem
from renmai.project.statistics import refresh_statistics

logger = logging.getLogger(__name__)

BATCH = 50
ROUNDS = 3
IDLE_SECONDS = 0.5
RETRY_SECONDS = 3.0
BEAT_EVERY = timedelta(seconds=5)
LOOK_EVERY = timedelta(hours=1)
CLOCK_TOLERANCE = timedelta(minutes=5)
"""As much as notifications may be off. A worker that is further ahead would settle, thaw and cancel too early, and for good."""

CLOCK_ALERT = "worker.clock"
WRONG_CLOCK = "the clock of this machine and that of the database disagree; the worker waits until they are set right."


def run(*, once: bool = False, stop: threading.Event | None = None) -> int:
    """Work until ``stop`` is set (or, with ``once``, until nothing is due) and return how many events and timers ran.

    Any number of workers may run beside each other. A database that does not answer is tried again, and one with another time of
    day is waited for (with ``once`` that is a ``Problem``); everything else that fails is kept by the outbox and the timers themselves.
    """
    stopping = stop or threading.Event()
    beaten_at: datetime | None = None
    looked_at: datetime | None = None
    total = 0
    while not stopping.is_set():
        try:
            beaten_at = _beat(beaten_at)
            if beaten_at is None:
                if once:
                    raise Problem(WRONG_CLOCK)
                stopping.wait(RETRY_SECONDS)
                continue
            done = outbox.deliver_due(reactions.reactions_now(), limit=BATCH) + timers.run_due()
        except Error:
            if once:
                raise
            logger.exception("the database does not answer; trying again in %s seconds", RETRY_SECONDS)
            connection.close()
            stopping.wait(RETRY_SECONDS)
            continue
        total += done
        if done:
            continue
        if once:
            break
        looked_at = _look_at_indexes(looked_at)
        close_old_connections()
        stopping.wait(IDLE_SECONDS)
    return total


def settle() -> None:
    """Deliver every event and run every timer, thrice over, in this process: for the demo's moving clock and for tests.

    What follows from an event is often a timer's work, and the other way round; three rounds see a refund or a payout through. What is
    made ahead for readers is made in the last one.
    """
    for number in range(ROUNDS):
        outbox.drain(reactions.REACTIONS)
        timers.run_all(but=frozenset() if number == ROUNDS - 1 else timers.AHEAD)
    outbox.drain(reactions.REACTIONS)
    consumers.drain()


def keep_up(*, is_leaping: bool = False) -> None:
    """Deliver what is due and run the timers whose time has come, once: what a worker does, for a clock that moves in leaps.

    ``is_leaping``: more leaps follow, so what is made ahead for readers is left for the last of them.
    """
    outbox.drain(reactions.REACTIONS)
    timers.run_due(but=timers.AHEAD if is_leaping else frozenset())
    outbox.drain(reactions.REACTIONS)
    consumers.drain()


def stop_on_signals() -> threading.Event:
    """Return an event that SIGTERM and Ctrl-C set, so that the worker finishes what it has begun."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping


def _beat(beaten_at: datetime | None) -> datetime | None:
    """Give a sign of life every few seconds, also when the clock was turned back; None when this machine's clock cannot be right."""
    moment = clock.now()
    if beaten_at is not None and timedelta(0) <= moment - beaten_at < BEAT_EVERY:
        return beaten_at
    off = _off_the_database()
    if abs(off) > CLOCK_TOLERANCE:
        logger.error("%s (%s off)", WRONG_CLOCK, off)
        outbox.raise_alert(CLOCK_ALERT, WORKER, f"{off} off")
        return None
    if beaten_at is None:
        outbox.resolve_alerts(CLOCK_ALERT, [WORKER])
    Heartbeat.objects.update_or_create(pk=WORKER, defaults={"at": moment})
    return moment


def _look_at_indexes(looked_at: datetime | None) -> datetime:
    """Let the database look at its indexes now and then, when there is nothing else to do; return when it last did, or tried to."""
    moment = clock.now()
    if looked_at is not None and timedelta(0) <= moment - looked_at < LOOK_EVERY:
        return looked_at
    try:
        refresh_statistics()
    except Error:
        # The shop goes on with what was known before: it is only slower.
        logger.exception("the database could not look at its indexes; it is asked again in %s", LOOK_EVERY)
    return moment


def _off_the_database() -> timedelta:
    """How far this machine's clock is ahead of the database's, which all machines share; SQLite's is our own."""
    if connection.vendor != "postgresql":
        return timedelta(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    return clock.now() - there
