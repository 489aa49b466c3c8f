"""``renmai up``: serve the shop."""

import argparse

HELP = "Serve the shop: web processes and the worker, until Ctrl-C."
EXAMPLE = "renmai up --host 0.0.0.0 --port 8000 --workers 4"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many web processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, help="web processes (default: one per core, at most 4)")


def run(options: argparse.Namespace) -> int:
    """Refuse to serve on a database that is not up to date; then serve."""
    from renmai.project import environment, migrations_state, serving

    environment.current().require_secret_key()
    migrations_state.require_up_to_date()
    place = serving.Place(
        options.host, serving.free_port(options.host, options.port), options.workers or serving.default_processes()
    )
    return serving.serve(place, when_ready=lambda: print(f"ready {place.address}", flush=True))
