"""``renmai worker``: the background process by itself, for a machine of its own."""

import argparse

HELP = "Deliver events and run timers; `renmai up` starts one of these itself."
EXAMPLE = "renmai worker --once"


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` ends when nothing is due."""
    parser.add_argument("--once", action="store_true", help="end as soon as nothing is due")


def run(options: argparse.Namespace) -> int:
    """Work until asked to stop."""
    from renmai.project import environment, worker

    environment.current().require_secret_key()
    total = worker.run(once=options.once, stop=worker.stop_on_signals())
    if options.once:
        print(f"{total} done")
    return 0
