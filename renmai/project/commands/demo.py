"""``renmai demo``: a shop full of life on this machine, with sign-ins to try."""

import argparse
import os
import secrets

HELP = "Build the demo's world when there is none yet, and serve it."
EXAMPLE = "renmai demo --port 8080 --fresh"
HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TO_TRY = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to begin anew."""
    parser.add_argument("--port", type=int, help="port to listen on (default: 8000, or the next free one)")
    parser.add_argument("--fresh", action="store_true", help="throw the demo's world away and build it again")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--only-build", action="store_true", help="build the world and end, without serving it")


def prepare(options: argparse.Namespace) -> None:
    """Choose the port and keep a key of the demo's own, before the settings are read."""
    from renmai.project import environment, serving

    tries = 1 if options.port is not None else PORTS_TO_TRY
    wanted = FIRST_PORT if options.port is None else options.port
    if not options.only_build:
        options.port = serving.free_port(HOST, wanted, tries=tries)
        os.environ.setdefault("RENMAI_BASE_URL", f"http://localhost:{options.port}")
    os.environ.setdefault("RENMAI_DEMO", "1")
    os.environ.setdefault("RENMAI_LOG_LEVEL", "WARNING")
    here = environment.current()
    if not here.secret_key:
        environment.keep_secret_key(here.home, secrets.token_urlsafe(48))


def run(options: argparse.Namespace) -> int:
    """Build and serve; when pages answer, print ``ready`` and the address, then the sign-ins."""
    from renmai.demo import world
    from renmai.project import demo_database, serving

    demo_database.prepare(fresh=options.fresh)
    if options.only_build:
        return 0
    place = serving.Place(HOST, options.port, serving.default_processes())
    lines = [f"ready {place.address}", *world.sign_ins(place.address), "Ctrl-C stops it."]
    return serving.serve(place, announcement=lines, opens_browser=not options.no_browser)
