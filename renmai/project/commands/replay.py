"""``renmai replay``: a real log lived through again by a play's own actions, under a moving clock."""

import argparse
import os
from itertools import count
from pathlib import Path

HELP = "Live through the log of a real shop with a play's own actions; the shop must be empty."
EXAMPLE = "renmai replay groupbuy FOLDER --limit 2000"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which play, which log, how much of it."""
    parser.add_argument("play", metavar="PLAY", help="the play whose log it is, such as groupbuy")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the log; docs/replay.md says what is in it")
    parser.add_argument("--limit", type=int, metavar="N", help="only so many launches, drawn evenly from the log")
    parser.add_argument(
        "--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="how many work at once (SQLite: 1)"
    )


def run(options: argparse.Namespace) -> int:
    """Replay, or go on where the last run of the same log stopped; print last how the launches add up. 1 when an outcome is wrong."""
    from django.conf import settings
    from django.db import connection

    from renmai.campaigns import plays
    from renmai.campaigns.replaying import Replay, ReplayError
    from renmai.project import migrations_state
    from renmai.project.problems import Problem
    from renmai.project.progress import progress

    found = plays.modules("replay")
    if options.play not in found:
        raise Problem(f"no play called {options.play} can replay a log; these can: {', '.join(found) or 'none'}.")
    if (options.limit is not None and options.limit < 1) or options.processes < 1:
        raise Problem("--limit and --processes are 1 at least.")
    migrations_state.require_up_to_date()
    processes = 1 if connection.vendor == "sqlite" else options.processes
    task = Replay(
        folder=options.folder,
        home=settings.RENMAI_HOME,
        limit=options.limit,
        processes=processes,
        progress=progress,
        work=_work,
    )
    try:
        is_right, lines = found[options.play].run(task)
    except ReplayError as error:
        raise Problem(str(error)) from error
    print("\n".join(lines))
    return 0 if is_right else 1


def _work() -> None:
    """Do what a worker does of its own accord: look at the indexes that have grown, deliver what waits."""
    from renmai.kernel import outbox
    from renmai.project import reactions
    from renmai.project.statistics import refresh_statistics

    refresh_statistics()
    # A day of a large log leaves more events than a count of rounds could foresee.
    outbox.drain(reactions.reactions_now(), rounds=count())
