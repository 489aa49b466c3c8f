"""``renmai evaluate groups``: what will somebody launch as a group buy?"""

import argparse

from renmai.matching.evaluation import running

HELP = "What people launch as a group buy: lines of initiator, good, participants; lines of two fields are launches that failed."
EXAMPLE = "renmai evaluate groups --train tune.txt.xz invalid.txt.xz --test test.txt.xz --json figures.json"

arguments = running.arguments


def run(options: argparse.Namespace) -> int:
    """Read the groups and evaluate."""
    from renmai.matching.evaluation import logs

    return running.run(options, logs.groups_log, wishes_are_hers=True)
