"""``renmai audit``: prove that no fen and no piece of stock went astray."""

import argparse
from pathlib import Path

HELP = "Recompute every invariant of money and stock; exits 0 only when none is violated."
EXAMPLE = "renmai audit --journal books.journal"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the journal goes, if it is wanted."""
    parser.add_argument("--journal", type=Path, metavar="FILE", help="also write every transfer as a journal that hledger reads")


def run(options: argparse.Namespace) -> int:
    """Print each violation and, last, how many there are."""
    from renmai.project import audit, migrations_state

    migrations_state.require_up_to_date()
    if options.journal is not None:
        _write_journal(options.journal)
    count = 0
    for violation in audit.all_violations():
        print(violation)
        count += 1
    print(f"{count} violations")
    return 1 if count else 0


def _write_journal(path: Path) -> None:
    from renmai.ledger.journal import journal
    from renmai.project.problems import Problem

    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in journal())
    except OSError as error:
        raise Problem(f"the journal cannot be written to {path} ({error.strerror}).") from error
