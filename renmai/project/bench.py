"""How fast the shop answers: the demo's world on a database of its own, asked over HTTP as browsers ask.

The pages are those that the home page links to, at most ``PAGES_PER_KIND`` of each kind, so that a new page is measured without
being listed here. The database keeps every promise of a real one (fsync); the folder of the bench is removed afterwards.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from renmai.project import children, postgres
from renmai.project.problems import Problem

PAGES_PER_KIND = 3
REQUESTS_PER_PAGE = 40
CLIENTS = 8
TIMEOUT_SECONDS = 30
LINK = re.compile(rb'href="(/[^"#?]*)"')
NOT_PAGES = ("/static/", "/media/", "/pictures/", "/i18n/")


@dataclass(frozen=True)
class Figure:
    """How long the pages of one kind take for one visitor at a time, in milliseconds."""

    kind: str
    requests: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Result:
    """What a run found: a figure per kind of page, and requests per second with ``CLIENTS`` visitors at once."""

    figures: tuple[Figure, ...]
    per_second: float


@contextmanager
def shop(database: str) -> Iterator[str]:
    """Serve a fresh demo on ``database`` (``sqlite`` or ``postgres``) for the length of the block; give its address."""
    with ExitStack() as stack:
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="renmai-bench-", ignore_cleanup_errors=True))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("RENMAI_", "DATABASE_URL"))}
        environ = {**kept, "RENMAI_HOME": home}
        if database == "postgres":
            environ["DATABASE_URL"] = stack.enter_context(postgres.throwaway_server(durable=True)).url
        command = [sys.executable, "-m", "renmai", "demo", "--no-browser", "--port", "0"]
        with tempfile.TemporaryFile() as said:
            demo = children.start(command, environ=environ, output=said)
            stack.callback(children.stop, demo)
            yield _wait_until_ready(demo, said.fileno())


def measure(address: str, *, seconds: float) -> Result:
    """Ask every kind of page in turn, then all of them at once for ``seconds``."""
    kinds = _kinds(address)
    figures = []
    for kind, pages in sorted(kinds.items()):
        times = [_ask(address, pages[number % len(pages)])[0] * 1000 for number in range(REQUESTS_PER_PAGE)]
        figures.append(Figure(kind, len(times), statistics.median(times), statistics.quantiles(times, n=20)[-1]))
    return Result(tuple(figures), _throughput(address, [page for pages in kinds.values() for page in pages], seconds))


def _wait_until_ready(demo: subprocess.Popen[bytes], said: int) -> str:
    while demo.poll() is None:
        found = re.search(rb"^ready (\S+)", os.pread(said, 1_000_000, 0), re.MULTILINE)
        if found:
            return found.group(1).decode()
        time.sleep(0.2)
    raise Problem(f"the demo did not start: {os.pread(said, 1_000_000, 0).decode(errors='replace').strip()[-400:]}")


def _kinds(address: str) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = defaultdict(list)
    kinds["/"].append("/")
    for link in dict.fromkeys(LINK.findall(_ask(address, "/")[1])):
        page = link.decode()
        kind = "/" + page.split("/")[1]
        if page == "/" or page.startswith(NOT_PAGES) or len(kinds[kind]) >= PAGES_PER_KIND:
            continue
        kinds[kind].append(page)
    return {kind: pages for kind, pages in kinds.items() if pages}


def _ask(address: str, page: str) -> tuple[float, bytes]:
    parts = urlsplit(address)
    with closing(http.client.HTTPConnection("127.0.0.1", parts.port, timeout=TIMEOUT_SECONDS)) as connection:
        began = time.perf_counter()
        connection.request("GET", page, headers={"Host": parts.netloc})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Problem(f"{page} answered {answer.status}.")
        return time.perf_counter() - began, body


def _throughput(address: str, pages: list[str], seconds: float) -> float:
    counts: list[int] = []
    began = time.perf_counter()

    def visit(start: int) -> None:
        count = 0
        while time.perf_counter() - began < seconds:
            _ask(address, pages[(start + count) % len(pages)])
            count += 1
        counts.append(count)

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(CLIENTS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    if len(counts) < CLIENTS:
        raise Problem("a page failed while many visitors asked at once; its reason stands above.")
    return sum(counts) / (time.perf_counter() - began)
