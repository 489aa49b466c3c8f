"""``renmai up``: serve the shop."""

import argparse
import sys

HELP = "Serve the shop: web processes and the worker, until Ctrl-C."
EXAMPLE = "renmai up --host 0.0.0.0 --port 8000 --workers 4"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many web processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, help="web processes (default: one per core, at most 4)")


def run(options: argparse.Namespace) -> int:
    """Refuse to serve on a database that is not up to date; say when no real money can come in; then serve."""
    from renmai.project import environment, migrations_state, serving

    environment.current().require_secret_key()
    migrations_state.require_up_to_date()
    print(_about_money(), end="", file=sys.stderr, flush=True)
    place = serving.Place(
        options.host, serving.free_port(options.host, options.port), options.workers or serving.default_processes()
    )
    return serving.serve(place, announcement=[f"ready {place.address}"])


def _about_money() -> str:
    """Return what an operator must know of the cashier: with the sandbox, whoever stands there decides that she has paid."""
    from django.conf import settings

    if settings.RENMAI_DEMO or "sandbox" not in settings.RENMAI_PAYMENT_PROVIDERS:
        return ""
    return "renmai: the sandbox cashier takes no money; install a payment provider before you sell (docs/recipes).\n"
