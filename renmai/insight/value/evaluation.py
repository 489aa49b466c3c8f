"""``renmai evaluate lifetime``: fits the models of lifetime value to the beginning of a log and measures them on its end."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renmai.insight.value.holdout import Measured

HELP = "Fit lifetime value to the purchases up to a day and compare what it expects after that day with what happened."
EXAMPLE = "renmai evaluate lifetime CDNOW_sample.txt.xz --calibrate-until 1997-09-30"
EXIT_UNUSABLE = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which purchases, and where the past ends."""
    parser.add_argument("file", type=Path, metavar="FILE", help="purchases as in CDNOW or in UCI online retail, plain or xz")
    parser.add_argument(
        "--calibrate-until", type=date.fromisoformat, required=True, metavar="DATE", help="the last day the models may see"
    )
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write every figure as JSON")


def run(options: argparse.Namespace) -> int:
    """Print parameters with intervals, the log-likelihoods, and the held-out errors beside the baselines; 2 for an unusable file."""
    from renmai.insight.value import holdout, purchase_files
    from renmai.insight.value.fitting import UnfitError

    try:
        rows = purchase_files.read(options.file)
        found = holdout.measure(rows, until=options.calibrate_until)
    except (ValueError, UnfitError, OSError) as error:
        print(f"renmai: {error}.", file=sys.stderr)
        return EXIT_UNUSABLE
    print("\n".join(lines(found)))
    if options.json is not None:
        options.json.write_text(json.dumps(asdict(found), default=str, indent=1) + "\n", encoding="utf-8")
    return 0


def lines(found: "Measured") -> list[str]:
    """Return the report as lines of text."""
    fitted = f"fitted to {found.known:,} customers until {found.until} in {found.fit_seconds:.2f} s"
    said = [
        f"{found.purchases:,} purchases of {found.customers:,} customers, {found.first} to {found.last}",
        f"{fitted}; held out: the {found.weeks_held_out:.1f} weeks after it",
    ]
    for title, fit in (("how often, BG/NBD (weeks)", found.orders), ("how much, Gamma-Gamma", found.spending)):
        if fit is None:
            said += ["", f"{title}: not determined by these purchases; the mean is used"]
            continue
        steadied = "; steadied by a mild belief, the data alone have no maximum" if fit.is_steadied else ""
        said += ["", f"{title}: log-likelihood {fit.log_likelihood:.1f}, {fit.people:,} customers{steadied}"]
        for each in fit.parameters:
            said.append(f"  {each.name:<6} {each.value:10.3f}   95 % [{each.low:.3f}, {each.high:.3f}]")
    said += ["", f"{'held out':<32}{'orders':>10}{'error':>9}{'each ±':>9}{'spent':>14}{'error':>9}"]
    said.append(f"  {'what happened':<30}{found.true_orders:>10,.0f}{'':>18}{found.true_spent:>14,.0f}")
    for row in found.rows:
        spent = "" if row.spent is None else f"{row.spent:>14,.0f}{row.spent_error:>+9.1%}"
        said.append(f"  {row.name:<30}{row.orders:>10,.0f}{row.orders_error:>+9.1%}{row.mean_absolute:>9.3f}{spent}")
    low, high = found.total_interval
    total = f"95 % interval of all orders held out [{low:,.0f}, {high:,.0f}]"
    said += ["", f"{total}; of the customers {found.covered:.1%} lie in their own 80 % interval"]
    return said
