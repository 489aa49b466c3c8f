"""``./run test``: every test on SQLite, those that touch the database again on PostgreSQL, and then those with a real browser.

Arguments go on to pytest, so ``./run test renmai/ledger -k overdraw`` runs those on both databases.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from renmai.project import postgres
from renmai.project.problems import Problem
from tools.testing.chromium import MISSING, find_chromium

ROOT = Path(__file__).resolve().parents[1]
FORGETFUL = "PYTHONDONTWRITEBYTECODE"
"""With it every worker of every part would translate all tests, and whatever they start, once more: a quarter of a minute each."""

PYTEST_NOTHING_FOUND = 5


@dataclass(frozen=True)
class Part:
    """One run of pytest, or the reason why it cannot be."""

    title: str
    arguments: tuple[str, ...]
    skipped_because: str = ""


def parts() -> list[Part]:
    """Return what is to be run on this machine."""
    try:
        postgres.find_binaries()
        no_postgres = ""
    except Problem as problem:
        no_postgres = str(problem)
    no_chromium = "" if find_chromium() else MISSING
    return [
        Part("SQLite", ("-m", "not browser", "--database", "sqlite")),
        Part("PostgreSQL", ("-m", "not browser", "--database", "postgres", "--only-with-database"), no_postgres),
        Part("browser", ("-m", "browser", "--database", "sqlite"), no_chromium),
    ]


def main(arguments: list[str]) -> int:
    """Run the parts one after the other; 0 only when none failed and something was tested."""
    outcomes: list[tuple[str, str]] = []
    environ = {name: value for name, value in os.environ.items() if name != FORGETFUL}
    statuses = []
    for part in parts():
        print(f"\n== tests: {part.title}", flush=True)
        if part.skipped_because:
            print(f"skipped: {part.skipped_because}", flush=True)
            outcomes.append((part.title, f"skipped: {part.skipped_because}"))
            continue
        command = [sys.executable, "-m", "pytest", "-n", "auto", *part.arguments, *arguments]
        status = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode
        statuses.append(status)
        words = {0: "passed", PYTEST_NOTHING_FOUND: "nothing to test"}
        outcomes.append((part.title, words.get(status, f"FAILED (status {status})")))
    print("\n== summary")
    for title, outcome in outcomes:
        print(f"{title}: {outcome}")
    failed = [status for status in statuses if status not in {0, PYTEST_NOTHING_FOUND}]
    if failed:
        return failed[0]
    return 0 if 0 in statuses else 1


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
