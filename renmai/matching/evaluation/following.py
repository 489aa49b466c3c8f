"""``renmai evaluate next``: what will somebody turn to next that she has not touched yet?"""

import argparse

from renmai.matching.evaluation import running

HELP = "What people turn to next: lines of person, good, perhaps the kind of act, and last when (a number that grows)."
EXAMPLE = "renmai evaluate next --train edges_first_8_days.txt.xz --test edges_9th_day.txt --negatives all"

arguments = running.arguments


def run(options: argparse.Namespace) -> int:
    """Read the steps and evaluate."""
    from renmai.matching.evaluation import logs

    return running.run(options, logs.steps_log, wishes_are_hers=True)
