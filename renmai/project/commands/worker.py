"""``renmai worker``: the background process by itself, for a machine of its own."""

import argparse

HELP = "Deliver events and run timers; `renmai up` starts one of these itself."
EXAMPLE = "renmai worker --once"


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--once`` ends when nothing is due; ``--retry-dead`` is for after a fault was repaired."""
    parser.add_argument("--once", action="store_true", help="end as soon as nothing is due")
    parser.add_argument("--retry-dead", action="store_true", help="first make the events due again that were given up")


def run(options: argparse.Namespace) -> int:
    """Work until asked to stop."""
    from renmai.kernel import outbox
    from renmai.project import environment, worker

    environment.current().require_secret_key()
    if options.retry_dead:
        print(f"{outbox.try_dead_again()} events are tried again")
    total = worker.run(once=options.once, stop=worker.stop_on_signals())
    if options.once:
        print(f"{total} done")
    return 0
