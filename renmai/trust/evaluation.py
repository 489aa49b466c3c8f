"""``renmai evaluate trust``: simulated ties: ways of sending compared, and how well beliefs foretell. Reads no file and no database."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from renmai.trust.pledges import Calibration
    from renmai.trust.simulation.outcomes import Foretold
    from renmai.trust.simulation.world import Outcome

HELP = "Compare ways of sending, and of believing, in simulated worlds of ties."
EXAMPLE = "renmai evaluate trust --seeds 3 --json trust.json"
STRICTNESS = (1.0, 1.5, 2.0, 2.5, 3.0)


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large the worlds are and how many of them."""
    parser.add_argument("--ties", type=int, default=6000, metavar="N", help="ties of a world (6000)")
    parser.add_argument("--days", type=int, default=180, metavar="N", help="days they live (180)")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="worlds, each with other chances (3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure as JSON")


def run(options: argparse.Namespace) -> int:
    """Print one table for each question; return 0."""
    from renmai.trust.simulation.outcomes import foretell
    from renmai.trust.simulation.pledges import foretell_pledges
    from renmai.trust.simulation.policies import compared, through_gate

    found: dict[str, dict[str, dict[str, float]]] = {}
    for seed in range(1, options.seeds + 1):
        world = {"count": options.ties, "days": options.days, "seed": seed}
        sent = compared(**world)
        sent |= {f"gate × {strict:g}": through_gate(strictness=strict, **world) for strict in STRICTNESS[1:]}
        believed = {
            "decayed": foretell(seed=seed),
            "not decayed": foretell(seed=seed, half_life_days=1e9),
            "people unknown": foretell(seed=seed, knows_people=False),
        }
        pledged = foretell_pledges(seed=seed)
        _print(seed, sent, believed)
        _print_pledged(pledged)
        found[f"seed {seed}"] = {name: asdict(row) for name, row in (sent | believed | {"pledges": pledged}).items()}
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


def _print(seed: int, sent: "dict[str, Outcome]", believed: "dict[str, Foretold]") -> None:
    lines = [f"world {seed}", f"  {'sending':<16} {'margin per tie':>14} {'muted':>8} {'sent per tie':>13}"]
    lines += [
        f"  {name:<16} {row.margin_per_tie:>14.2f} {row.muted_share:>8.1%} {row.sent_per_tie:>13.1f}"
        for name, row in sent.items()
    ]
    lines.append(f"  {'believing':<16} {'log-loss':>14} {'ECE':>8} {'outcomes':>13}")
    lines += [
        f"  {name:<16} {row.log_loss:>14.4f} {row.calibration_error:>8.4f} {row.count:>13}" for name, row in believed.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _print_pledged(row: "Calibration") -> None:
    head = f"  {'pledges':<16} {'said':>14} {'ECE':>8} {'outcomes':>13}"
    line = f"  {'kept ' + format(row.kept, '.4f'):<16} {row.said:>14.4f} {row.error:>8.4f} {row.outcomes:>13}"
    sys.stdout.write(f"{head}\n{line}\n")
