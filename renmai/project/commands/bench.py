"""``renmai bench``: how fast the shop is on this machine."""

import argparse
import time
from pathlib import Path

HELP = "Measure how fast the shop is on this machine, and how fast its database could be at most."
EXIT_BROKEN = 2
EXAMPLE = "renmai bench --quick --database postgres --json figures.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long, on which database, and where the figures go."""
    from renmai.project.bench import SUITES, WITHOUT_A_SHOP

    parser.add_argument(
        "--quick", action="store_true", help="a minute and a half instead of a quarter of an hour, smaller and rougher"
    )
    where = "where (default: both, with --quick only PostgreSQL)"
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), help=where)
    parser.add_argument(
        "--only", action="append", choices=(*SUITES, *WITHOUT_A_SHOP), help="only this part; may be given several times"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure as JSON")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the table as Markdown")


def run(options: argparse.Namespace) -> int:
    """Measure and print the table; 0 also when an aim is missed, for a figure is no failure. 2 when the run broke off."""
    from rich.console import Console

    from renmai.project.bench import plan, report, suites
    from renmai.project.bench.world import Vendor

    vendors: dict[str, tuple[Vendor, ...]] = {"both": ("postgres", "sqlite"), "postgres": ("postgres",), "sqlite": ("sqlite",)}
    where = vendors[options.database or ("postgres" if options.quick else "both")]
    told, began = Console(stderr=True), time.monotonic()

    def say(text: str) -> None:
        told.print(f"{time.monotonic() - began:4.0f} s  {text}", style="dim", highlight=False)

    wanted = plan.Options(where, is_quick=options.quick, only=frozenset(options.only or ()), say=say)
    found = suites.run(wanted)
    report.show(found, Console(width=None if Console().is_terminal else 160))
    if options.json is not None:
        report.write_json(found, options.json)
    if options.markdown is not None:
        options.markdown.write_text(report.markdown(found), encoding="utf-8")
    return EXIT_BROKEN if found.broken_by else 0
