"""``renmai evaluate``: how well the models do on logs of which they have not seen the end."""

import argparse
import importlib
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType
from typing import Final

HELP = "Fit models on some files of a log and measure them on another that they have not seen, beside the baselines."
EXAMPLE = "renmai evaluate items --train data.train.xz --test data.val.xz --per-positive 99"

# What can be evaluated, and the module that does it. Like a command it has HELP, EXAMPLE, ``arguments(parser)`` and
# ``run(options) -> int``, and it is imported to print the help: whatever counts (numpy, scipy) or needs models is imported in
# its ``run``.
KINDS: Final = {
    "groups": "renmai.matching.evaluation.groups",
    "items": "renmai.matching.evaluation.items",
    "next": "renmai.matching.evaluation.following",
    "lifetime": "renmai.insight.value.evaluation",
    "intent": "renmai.alerts.evaluation",
    "trust": "renmai.trust.evaluation",
}


def kinds() -> Iterator[tuple[str, ModuleType]]:
    """Yield the kinds that this installation has, in the order of the table."""
    for kind, name in KINDS.items():
        if find_spec(name) is not None:
            yield kind, importlib.import_module(name)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to evaluate; the rest is said by its own module."""
    choices = parser.add_subparsers(dest="kind", metavar="KIND", required=True, help="what is predicted")
    for kind, module in kinds():
        child = choices.add_parser(
            kind,
            help=module.HELP,
            description=module.HELP,
            epilog=f"example:\n  {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(child)
        child.set_defaults(evaluation=module)


def run(options: argparse.Namespace) -> int:
    """Evaluate, and return what the kind's own module returns."""
    return int(options.evaluation.run(options))
