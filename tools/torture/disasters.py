"""Machines that fail under the shop: its database crashes and comes back, its disks fill up and are emptied again.

``crashable_shop`` has a PostgreSQL of its own that can be killed; ``serving`` puts the real processes on it (``renmai up``), and a
``Shopper`` buys there over HTTP and does not give up: it repeats every step, with the same keys, until the shop has taken it.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.db import InterfaceError, OperationalError, connections

from renmai.kernel import clock
from renmai.project import children, postgres, worker
from renmai.project.postgres import Server
from renmai.project.problems import Problem
from tools.torture.kills import UNTIL_RECOVERY, Case, Fate, FirstCommit, Flow, look
from tools.torture.shop import ROOT, Place

START_TIMEOUT_SECONDS = 120
ASK_TIMEOUT_SECONDS = 30
PATIENCE_SECONDS = 120
PAUSE_SECONDS = 0.05
OUTAGE_CODES = frozenset({"storage.away", "storage.full"})
MOST_ACTS = 400
BALLAST = bytes(64 * 1024)


@contextmanager
def crashable_shop(place: Path | None = None) -> Iterator[tuple[Server, Place]]:
    """Give a migrated shop on a durable PostgreSQL of its own, below the folder ``place`` if there is one; and that server."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="renmai-torture-", ignore_cleanup_errors=True)))
        server = stack.enter_context(postgres.throwaway_server(durable=True, place=place))
        shop = Place("postgres", home, server.url)
        subprocess.run([sys.executable, "-m", "renmai", "migrate"], cwd=ROOT, env=shop.environ(), check=True, capture_output=True)
        yield server, shop


@contextmanager
def serving(place: Place) -> Iterator[int]:
    """Run the real processes, web and worker, on ``place`` and give their port. Raises ``Problem`` when they do not start."""
    command = [sys.executable, "-m", "renmai", "up", "--port", "0", "--workers", "1"]
    with tempfile.TemporaryFile() as said:
        process = children.start(command, environ=place.environ() | {"RENMAI_LIMITS": "0"}, output=said)
        try:
            yield _port_when_ready(process, said.fileno())
        finally:
            children.stop(process)


def _port_when_ready(process: "subprocess.Popen[bytes]", said: int) -> int:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        found = re.search(rb"^ready (\S+)", os.pread(said, 100_000, 0), re.MULTILINE)
        if found:
            return urlsplit(found.group(1).decode()).port or 80
        time.sleep(PAUSE_SECONDS)
    raise Problem(f"the shop did not start: {os.pread(said, 100_000, 0).decode(errors='replace')[-1000:]}")


@dataclass(frozen=True)
class Answer:
    """What the shop answered over HTTP."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def code(self) -> str:
        """The code of a refusal, from JSON or from the foot of a page; nothing when there is none."""
        if self.headers.get("content-type", "").startswith("application/json"):
            return str(json.loads(self.text).get("code", ""))
        found = re.search(r"storage\.[a-z]+", self.text)
        return found.group() if found else ""


def ask(port: int, method: str, path: str, *, body: str = "", headers: Mapping[str, str] | None = None) -> Answer:
    """Ask the shop once and return whatever it answers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=ASK_TIMEOUT_SECONDS)) as connection:
        connection.request(method, path, body=body.encode(), headers={"Host": "localhost", **(headers or {})})
        answer = connection.getresponse()
        sent = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, sent, answer.read().decode())


@dataclass
class Shopper:
    """A customer's program that buys over HTTP, step by step, each until it is done. ``outages`` are the answers that told it to wait."""

    port: int
    token: str
    address: int
    outages: list[Answer] = field(default_factory=list)

    def buy(self, sku: int, *, key: str) -> str:
        """Buy one piece and return the number of the paid order."""
        wanted = {"lines": [{"sku_id": sku, "quantity": 1}], "address_id": self.address}
        placed = self._call("POST", "/api/v1/orders", wanted, expect=201, headers={"Idempotency-Key": key})
        number = str(json.loads(placed.text)["order"]["number"])
        begun = self._call("POST", f"/api/v1/orders/{number}/payment", {}, expect=201)
        self._pay_at_cashier(urlsplit(json.loads(begun.text)["cashier_url"]).path)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            order = json.loads(self._call("GET", f"/api/v1/orders/{number}", None, expect=200).text)
            if order["order"]["status"] == "paid":
                return number
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"order {number} is never paid")

    def buy_until(self, enough: threading.Event, sku: int) -> list[str]:
        """Buy one piece after the other until it is enough, at least one; return the numbers of the paid orders."""
        numbers = [self.buy(sku, key=f"purchase-{self.address}-0")]
        while not enough.wait(PAUSE_SECONDS) and len(numbers) < MOST_ACTS:
            numbers.append(self.buy(sku, key=f"purchase-{self.address}-{len(numbers)}"))
        return numbers

    def _pay_at_cashier(self, path: str) -> None:
        page = self._until(lambda: ask(self.port, "GET", path), 200)
        cookie = re.search(r"csrftoken=([^;]+)", page.headers["set-cookie"])
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert cookie is not None
        assert token is not None
        form = urlencode({"csrfmiddlewaretoken": token.group(1), "behaviour": "pay"})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={cookie.group(1)}"}
        self._until(lambda: ask(self.port, "POST", path, body=form, headers=headers), 302)

    def _call(self, method: str, path: str, body: object, *, expect: int, headers: Mapping[str, str] | None = None) -> Answer:
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **(headers or {})}
        text = "" if body is None else json.dumps(body)
        return self._until(lambda: ask(self.port, method, path, body=text, headers=sent), expect)

    def _until(self, step: Callable[[], Answer], expect: int) -> Answer:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            answer = step()
            if answer.status == expect:
                return answer
            is_outage = answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE and answer.code in OUTAGE_CODES
            assert is_outage, f"{answer.status}: {answer.text[:2000]}"
            self.outages.append(answer)
            time.sleep(PAUSE_SECONDS)
        raise AssertionError("the shop never takes this step")


def restart_at_commit(server: Server, flow: Flow) -> int:
    """Crash and restart the database before and after the first commit of a case of ``flow``; return how often that interrupted it.

    What is in flight breaks, as the view or the worker around it would see; it is done again on a fresh connection, as they would.
    """
    struck = interrupted = 0

    def strike() -> None:
        nonlocal struck
        struck += 1
        server.crash()
        server.start()

    for point in (FirstCommit(is_after=False), FirstCommit(is_after=True)):
        case = flow()
        try:
            with Fate(point, strike).watching():
                case.act()
        except (OperationalError, InterfaceError):
            interrupted += 1
        connections.close_all()
        look([point], "right after the database came back")
        recover([case])
    assert struck == 2, f"the database crashed {struck} times instead of twice"
    return interrupted


def act_until_full(flow: Flow) -> tuple[list[Case], Exception]:
    """Act case after case until the disk is full; return the cases and what the last one broke with."""
    cases: list[Case] = []
    for _number in range(MOST_ACTS):
        try:
            cases.append(flow())
            cases[-1].act()
        except OperationalError as error:
            return cases, error
    raise AssertionError("the disk never fills up")


def recover(cases: Sequence[Case]) -> None:
    """Let everything be done again and a worker catch up; the audit finds nothing, and each case has happened once."""
    for case in cases:
        case.again()
    with clock.travel(clock.now() + UNTIL_RECOVERY):
        worker.settle()
        look([], "after recovery")
        for case in cases:
            case.has_happened_once()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Mount a disk of its own of that size, in memory. Raises ``Problem`` where that is not allowed: only root may mount."""
    with tempfile.TemporaryDirectory(prefix="renmai-disk-") as name:
        folder = Path(name)
        mounted = _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", name)
        if mounted.returncode:
            raise Problem(f"a small disk cannot be mounted here: {mounted.stderr.strip() or 'not root'}")
        try:
            yield folder
        finally:
            _run("umount", "--lazy", name)


@contextmanager
def filled(disk: Path, *, left_bytes: int = 0) -> Iterator[None]:
    """Take the room of ``disk`` away, but for ``left_bytes``, inside the block."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        # Others may be writing at the same time, so it is filled by trying.
        with suppress(OSError):
            while True:
                file.write(BALLAST)
        file.truncate(max(0, file.tell() - left_bytes))
    try:
        yield
    finally:
        ballast.unlink()


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))
