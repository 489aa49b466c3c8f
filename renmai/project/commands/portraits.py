"""``renmai portraits``: count the portraits of all customers anew, from rows and events alone."""

import argparse
import time

HELP = "Count the portraits of all customers anew."
EXAMPLE = "renmai portraits"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: everybody is counted."""
    del parser


def run(options: argparse.Namespace) -> int:
    """Count them and say how many. The shop stays open meanwhile."""
    del options
    from renmai.insight.portraits import actions
    from renmai.project.progress import progress

    began = time.monotonic()
    with progress("portraits") as advance:
        count = actions.rebuild(progress=advance)
    print(f"{count} portraits counted in {time.monotonic() - began:.1f} s")
    return 0
