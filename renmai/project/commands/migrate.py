"""``renmai migrate``: bring the database to the present form."""

import argparse

HELP = "Prepare the database, or bring it up to date."
EXAMPLE = "DATABASE_URL=postgres://renmai@localhost/renmai renmai migrate"


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--check`` only says whether something is to be done."""
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when migrations are missing")


def run(options: argparse.Namespace) -> int:
    """Apply what is missing; a second run changes nothing."""
    from django.core.management import call_command

    if options.check:
        call_command("migrate", check_unapplied=True, verbosity=1)
    else:
        call_command("migrate", interactive=False, verbosity=1)
    return 0
