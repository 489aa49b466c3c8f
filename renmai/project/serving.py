"""Serves the shop: web processes (Granian) and one worker, started and stopped together.

Watching them needs no Django, so ``serve`` becomes ``python -m renmai.project.serving``: a process of the same number that has loaded
nothing but this file, and takes a few megabytes instead of fifty for as long as the shop runs.
"""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from types import FrameType

from renmai.project import children
from renmai.project.problems import Problem

EXIT_REFUSED = 2
START_TIMEOUT_SECONDS = 60
PAGE_TIMEOUT_SECONDS = 10
LOOK_EVERY_SECONDS = 0.1
RESTART_AFTER_SECONDS = 2
# Requests spend their time in the database and in Python; more at once than this only wait for each other (places.py).
THREADS_PER_PROCESS = 8
# A live stream waits in a thread of its own; ``alerts.live`` opens no more than this.
STREAMS_PER_PROCESS = 512
PROCESSES_MAX = 4
FIRST_PAGES = ("/readyz", "/")
WORKER_COMMAND = (sys.executable, "-m", "renmai", "worker")


@dataclass(frozen=True)
class Place:
    """Where the shop listens, and with how many web processes."""

    host: str
    port: int
    processes: int

    @property
    def address(self) -> str:
        """The address for a browser on this machine."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", ""} else self.host  # noqa: S104  compared only  # nosec B104
        return f"http://{host}:{self.port}/"


def default_processes() -> int:
    """Return how many web processes this machine can feed."""
    return max(1, min(PROCESSES_MAX, os.cpu_count() or 1))


def free_port(host: str, wanted: int, *, tries: int = 1) -> int:
    """Return ``wanted`` or one of the following ``tries - 1`` ports, whichever is free first; 0 lets the system choose.

    Raises ``Problem`` when all are taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, wanted + tries):
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Problem(f"port {wanted} on {host} is taken or not allowed; choose another with --port.")


def serve(place: Place, *, announcement: Sequence[str], opens_browser: bool = False) -> int:
    """Become the process that serves until Ctrl-C or SIGTERM; once pages answer it prints the lines of ``announcement``.

    It ends with status 0 after a signal, and with 2 and a sentence when the web processes do not start or end by themselves.
    A worker that dies is started again.
    """
    _collect_static_files()
    options = {"host": place.host, "port": str(place.port), "processes": str(place.processes)}
    flags = [f"--{name}={value}" for name, value in options.items()] + [f"--line={line}" for line in announcement]
    command = [sys.executable, "-m", "renmai.project.serving", *flags, *(["--opens-browser"] if opens_browser else [])]
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command)  # noqa: S606  # nosec B606  # our own interpreter, without a shell
    return EXIT_REFUSED


def main(arguments: Sequence[str] | None = None) -> int:
    """Be that process."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--processes", type=int)
    parser.add_argument("--line", action="append", default=[])
    parser.add_argument("--opens-browser", action="store_true")
    options = parser.parse_args(arguments)
    place = Place(options.host, options.port, options.processes)
    try:
        return _supervise(place, announcement=options.line, opens_browser=options.opens_browser)
    except Problem as problem:
        print(f"renmai: {problem}", file=sys.stderr)
        return EXIT_REFUSED


def _supervise(place: Place, *, announcement: Sequence[str], opens_browser: bool) -> int:
    stopping = _stop_on_signals()
    web = children.start(_web_command(place))
    worker = children.start(WORKER_COMMAND)
    try:
        if _wait_until_pages_answer(place, web, stopping):
            print("\n".join(announcement), flush=True)
            if opens_browser:
                _open_browser(place.address)
        while not stopping.wait(LOOK_EVERY_SECONDS):
            if web.poll() is not None:
                raise Problem(f"the web server ended by itself with status {web.returncode}.")
            if worker.poll() is not None:
                print(f"renmai: the worker ended with status {worker.returncode}; starting it again.", file=sys.stderr)
                children.stop(worker)
                stopping.wait(RESTART_AFTER_SECONDS)
                worker = children.start(WORKER_COMMAND)
    finally:
        children.stop(web)
        children.stop(worker)
    print("stopped", flush=True)
    return 0


def _open_browser(address: str) -> None:
    """Open the person's browser where there is a screen; elsewhere the printed address has to do."""
    has_screen = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if has_screen:
        webbrowser.open(address)


def _web_command(place: Place) -> list[str]:
    options = {
        "interface": "wsgi",
        "host": place.host,
        "port": place.port,
        "workers": place.processes,
        "blocking-threads": THREADS_PER_PROCESS + STREAMS_PER_PROCESS,
        "backpressure": 2 * (THREADS_PER_PROCESS + STREAMS_PER_PROCESS),
        "workers-kill-timeout": children.STOP_TIMEOUT_SECONDS // 2,
        "log-level": "error",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    flags += ["--respawn-failed-workers", "--no-ws"]
    return [sys.executable, "-m", "granian", *flags, "renmai.project.server:application"]


def _wait_until_pages_answer(place: Place, web: subprocess.Popen[bytes], stopping: threading.Event) -> bool:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    waiting_for = list(FIRST_PAGES)
    while waiting_for and not stopping.wait(LOOK_EVERY_SECONDS):
        if web.poll() is not None:
            raise Problem(f"the web server did not start (status {web.returncode}); its reason stands above.")
        if time.monotonic() > deadline:
            raise Problem(f"{waiting_for[0]} did not answer within {START_TIMEOUT_SECONDS} seconds.")
        if _answers(place, waiting_for[0]):
            waiting_for.pop(0)
    return not waiting_for


def _answers(place: Place, page: str) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(place.host, place.host)  # noqa: S104  compared only  # nosec B104
    with closing(http.client.HTTPConnection(host, place.port, timeout=PAGE_TIMEOUT_SECONDS)) as asking:
        try:
            asking.request("GET", page, headers={"Host": "localhost"})
            return asking.getresponse().status < http.HTTPStatus.BAD_REQUEST
        except OSError:
            return False


def _collect_static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping


if __name__ == "__main__":
    raise SystemExit(main())
