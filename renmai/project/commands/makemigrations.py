"""``renmai makemigrations``: write migrations after a change of models."""

import argparse

HELP = "Write the migrations that a change of models needs."
EXAMPLE = "renmai makemigrations ordering --name add_pickup_point"
HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    """The rooms to look at; none means all."""
    parser.add_argument("room", nargs="*", help="label of a room, such as ordering")
    parser.add_argument("--name", help="name of the migration")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when one is missing")


def run(options: argparse.Namespace) -> int:
    """Write them, or with ``--check`` only look."""
    from django.core.management import call_command

    call_command(
        "makemigrations",
        *options.room,
        name=options.name,
        check_changes=options.check,
        dry_run=options.check,
        interactive=False,
        verbosity=1,
    )
    return 0
