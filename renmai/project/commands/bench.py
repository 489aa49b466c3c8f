"""``renmai bench``: how fast the shop is on this machine."""

import argparse
from pathlib import Path

HELP = "Measure how fast the shop is on this machine, and how fast its database could be at most."
EXAMPLE = "renmai bench --quick --database postgres --json figures.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long, on which database, and where the figures go."""
    from renmai.project.bench import SUITES

    parser.add_argument(
        "--quick", action="store_true", help="a minute and a half instead of a quarter of an hour, smaller and rougher"
    )
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both", help="where (default: both)")
    parser.add_argument("--only", action="append", choices=SUITES, help="only this part; may be given several times")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure as JSON")


def run(options: argparse.Namespace) -> int:
    """Measure and print the table; 0 also when an aim is missed, for a figure is no failure."""
    from rich.console import Console

    from renmai.project.bench import plan, report, suites
    from renmai.project.bench.world import Vendor

    vendors: tuple[Vendor, ...] = ("postgres", "sqlite") if options.database == "both" else (options.database,)
    told = Console(stderr=True)
    wanted = plan.Options(
        vendors, is_quick=options.quick, only=frozenset(options.only or ()), say=lambda text: told.print(f"… {text}", style="dim")
    )
    found = suites.run(wanted)
    report.show(found, Console(width=None if Console().is_terminal else 160))
    if options.json is not None:
        report.write_json(found, options.json)
    return 0
