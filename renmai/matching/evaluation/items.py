"""``renmai evaluate items``: what will somebody buy?"""

import argparse

from renmai.matching.evaluation import running

HELP = "What people buy: lines of person and good; with --friends also who knows whom and what was shared."
EXAMPLE = "renmai evaluate items --train data.train.xz --test data.val.xz --friends social.share.xz --per-positive 100"

arguments = running.arguments


def run(options: argparse.Namespace) -> int:
    """Read the purchases and evaluate."""
    from renmai.matching.evaluation import logs

    return running.run(options, logs.items_log, wishes_are_hers=False)
