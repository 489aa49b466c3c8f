"""``renmai audit``: prove that no fen and no piece of stock went astray."""

import argparse

HELP = "Recompute every invariant of money and stock; exits 0 only when none is violated."
EXAMPLE = "renmai audit"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose: everything is checked."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Print each violation and, last, how many there are."""
    from renmai.project import audit, migrations_state

    del options
    migrations_state.require_up_to_date()
    count = 0
    for violation in audit.all_violations():
        print(violation)
        count += 1
    print(f"{count} violations")
    return 1 if count else 0
