"""``renmai import``: goods and past orders of a real shop, from CSV."""

import argparse
import importlib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

HELP = "Import a catalogue, or the orders of the past, from CSV; a second run imports nothing twice."
EXAMPLE = "renmai import catalogue goods.csv"

# What can be imported, and the module whose ``run(options) -> str`` does it and returns the closing line. Modules of rooms are
# looked for by name: they may need Django, which is not ready yet.
KINDS = {
    "catalogue": ("renmai.project.catalogue_import", "goods.csv", "products with their variants; docs/catalogue-csv.md says how"),
    "orders": ("renmai.project.orders_import", "online_retail.csv.xz", "orders of the past with their returns"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to import, and from where."""
    choices = parser.add_subparsers(dest="kind", metavar="KIND", required=True, help="what the file holds")
    for kind, (module, example, says) in KINDS.items():
        if find_spec(module) is None:
            continue
        child = choices.add_parser(
            kind, help=says, description=f"Import {says}.", epilog=f"example:\n  renmai import {kind} {example}"
        )
        child.formatter_class = argparse.RawDescriptionHelpFormatter
        child.add_argument("file", type=Path, metavar="FILE", help="the CSV to read")
        child.add_argument(
            "--quarantine", type=Path, metavar="FILE", help="where lines that cannot be imported go (default: beside FILE)"
        )
        child.add_argument(
            "--as", dest="staff", metavar="USERNAME", help="whose name stands in the log (default: the first owner)"
        )


def run(options: argparse.Namespace) -> int:
    """Import, and print last how the lines read add up."""
    from renmai.project import migrations_state
    from renmai.project.problems import Problem

    if not options.file.is_file():
        raise Problem(f"{options.file} is not a file.")
    migrations_state.require_up_to_date()
    run_import: Callable[[argparse.Namespace], str] = importlib.import_module(KINDS[options.kind][0]).run
    print(run_import(options))
    return 0
