"""``./run torture``: scenario after scenario with new seeds until the time is up, or until one finds something.

Each turn is a process of its own. It prints its seed before it begins, so that also a turn which never ends can be repeated.
"""

import argparse
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from renmai.project import postgres
from renmai.project.problems import Problem
from tools.torture.model import Broken
from tools.torture.scenarios import ROOT, TABLE, Failed, Scenario, Turn

INTERRUPTED = 130
STOP_SECONDS = 30
SEEDS = 10**9


@dataclass
class Row:
    """What one scenario on one database came to."""

    scenario: Scenario
    vendor: str
    turns: int = 0
    seconds: float = 0.0
    said: str = ""


@dataclass
class Torture:
    """One run of the command."""

    rows: list[Row]
    seed: int
    seconds: float

    def run(self) -> int:
        """Take turns until the time is up; 1 at the first one that finds something."""
        began = time.monotonic()
        while time.monotonic() - began < self.seconds:
            row = min(self.rows, key=lambda row: (row.seconds / row.scenario.share, row.turns))
            if status := self._turn(row):
                return status
        return 0

    def summary(self) -> str:
        """Return the table of what was done."""
        lines = ["", f"{'scenario':<12} {'database':<9} {'turns':>5} {'seconds':>8}  the last one said"]
        lines += [
            f"{row.scenario.name:<12} {row.vendor:<9} {row.turns:>5} {row.seconds:>8.0f}  {row.said}"
            for row in self.rows
            if row.turns
        ]
        return "\n".join(lines)

    def _turn(self, row: Row) -> int:
        seed = self.seed + row.turns
        print(f"{datetime.now(tz=UTC):%H:%M:%S} {row.scenario.name} {row.vendor} seed {seed} …", flush=True)
        began = time.monotonic()
        status, said = _in_a_process(row, seed)
        row.turns, row.seconds, row.said = row.turns + 1, row.seconds + time.monotonic() - began, said
        print(f"         {said}", flush=True)
        if status:
            again = f"./run torture --only {row.scenario.name} --database {row.vendor} --seed {seed} --minutes 0.01"
            print(f"\nFOUND something. To see it again:\n  {again}", flush=True)
            row.said = f"FOUND something with seed {seed}"
        return status


def _in_a_process(row: Row, seed: int) -> tuple[int, str]:
    command = [sys.executable, "-m", "tools.torture", "--turn", row.scenario.name, "--database", row.vendor, "--seed", str(seed)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        said, _nothing = child.communicate()
    except KeyboardInterrupt:
        # The terminal has told the child too, unless the signal was for this process alone.
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
        raise
    return (1 if child.returncode else 0), said.strip() or f"ended with status {child.returncode}"


def _one_turn(scenario: Scenario, turn: Turn) -> int:
    try:
        print(scenario.turn(turn), flush=True)
    except (Broken, AssertionError, Failed, Problem) as found:
        if not isinstance(found, Failed | Problem):
            traceback.print_exc()
        print(f"{type(found).__name__}: {found}", flush=True)
        return 1
    return 0


def _vendors(wanted: str) -> tuple[str, ...]:
    if wanted != "both":
        return (wanted,)
    try:
        postgres.find_binaries()
    except Problem as problem:
        print(f"only on SQLite: {problem}", flush=True)
        return ("sqlite",)
    return ("sqlite", "postgres")


def _parser() -> argparse.ArgumentParser:
    lines = [f"  {row.name:<10} {row.share:>3} %  {row.says}" for row in TABLE]
    parser = argparse.ArgumentParser(
        prog="./run torture",
        description="Attack the selling loop for as long as you like; docs/torture.md says how to read it.",
        epilog="scenarios, with their share of the time:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [row.name for row in TABLE]
    parser.add_argument("--minutes", type=float, default=10, help="how long; turns that have begun are finished (default: 10)")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both", help="default: both")
    parser.add_argument(
        "--seed", type=int, help="seed of each scenario's first turn; the next ones count on (default: a new one)"
    )
    parser.add_argument("--only", choices=names, help="only this scenario")
    parser.add_argument("--turn", choices=names, help=argparse.SUPPRESS)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 when nothing was found, 1 when something was, 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    if options.turn:
        scenario = next(row for row in TABLE if row.name == options.turn)
        return _one_turn(scenario, Turn(options.database, options.seed))
    scenarios = [row for row in TABLE if options.only in {None, row.name}]
    seed = random.SystemRandom().randrange(SEEDS) if options.seed is None else options.seed
    print(f"seed {seed}", flush=True)
    rows = [Row(scenario, vendor) for scenario in scenarios for vendor in _vendors(options.database)]
    torture = Torture(rows, seed, options.minutes * 60)
    try:
        return torture.run()
    except KeyboardInterrupt:
        print("\nstopped by Ctrl-C", flush=True)
        return INTERRUPTED
    finally:
        print(torture.summary(), flush=True)


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
