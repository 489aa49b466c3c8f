"""The customers: so many at once for so many seconds, in a process beside the shop. Its own share of the cores is measured too.

Every purchase, and every guest who opens a link, is another person; a connection is kept for one purchase or for fifty pages.
"""

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field, replace
from statistics import median
from typing import Any

from renmai.project.bench import machine
from renmai.project.bench.buying import BUYING, Provider, Steps, Way
from renmai.project.bench.stage import Stage
from renmai.project.bench.wire import Browser, Connection
from renmai.project.problems import Problem

PAGES_PER_CONNECTION = 50

Work = Callable[[int], tuple[float, Steps | None]]
"""Does one unit of work by its number and says how many milliseconds it took."""


@dataclass(frozen=True)
class Job:
    """So many at once for so long: looking at ``addresses``, or, where there are none, buying by ``way``. ``first`` is the first's turn."""

    clients: int
    seconds: float
    first: int = 0
    way: Way = "pages"
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Load:
    """What a round came to. ``cpu_share`` is what the customers themselves took of one core."""

    count: int
    seconds: float
    cpu_share: float
    taken_ms: tuple[float, ...]
    steps_ms: dict[str, float]
    cpu_ms: dict[str, float] = field(default_factory=dict)
    """What one unit of work cost the processor, by the processes that worked for it."""

    @property
    def per_second(self) -> float:
        """Units of work per second."""
        return self.count / self.seconds


@contextmanager
def buying(stage: Stage, port: int, *, way: Way) -> Iterator[Work]:
    """Give what one customer does: a purchase, whole."""
    buy, provider = BUYING[way], sandbox()

    def work(number: int) -> tuple[float, Steps]:
        member, good = stage.turn(number)
        began = time.perf_counter()
        browser = Browser(Connection(port), headers=coming_from(number))
        try:
            steps = buy(browser, member, good, provider)
        finally:
            browser.transport.close()
        return (time.perf_counter() - began) * 1000, steps

    yield work


@contextmanager
def looking(port: int, addresses: Sequence[str]) -> Iterator[Work]:
    """Give what one guest after the other does: look at one of ``addresses``, without cookies."""
    kept: list[Browser] = []
    asked = itertools.count()

    def hang_up() -> None:
        for browser in kept:
            browser.transport.close()

    def work(number: int) -> tuple[float, None]:
        if next(asked) % PAGES_PER_CONNECTION == 0:
            hang_up()
            kept[:] = [Browser(Connection(port))]
        browser = kept[0]
        browser.cookies.clear()
        browser.headers = coming_from(number)
        began = time.perf_counter()
        browser.get(addresses[number % len(addresses)])
        return (time.perf_counter() - began) * 1000, None

    try:
        yield work
    finally:
        hang_up()


def coming_from(number: int) -> dict[str, str]:
    """Return the header by which a proxy tells where somebody comes from: everybody from an address of her own."""
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def run(job: Job, stage: Stage, port: int, *, watched: int) -> Load:
    """Do a job and return what it came to; ``watched`` is the process below which the shop runs."""

    def client() -> AbstractContextManager[Work]:
        return looking(port, job.addresses) if job.addresses else buying(stage, port, way=job.way)

    before = machine.cpu_seconds(watched)
    done = _run(client, clients=job.clients, seconds=job.seconds, first=job.first)
    after = machine.cpu_seconds(watched)
    cost = {name: (taken - before.get(name, 0.0)) * 1000 / max(1, done.count) for name, taken in after.items()}
    return replace(done, cpu_ms=cost)


def sandbox() -> Provider:
    """Return what the provider sends when it has been paid. It knows a trade from its own book, which is in the shop's database."""
    from renmai.payments.models import SandboxTrade
    from renmai.payments.providers.base import Answer, Outcome, Subject
    from renmai.payments.providers.sandbox import signing
    from renmai.payments.providers.sandbox.provider import notice_body

    def notice(trade: str) -> tuple[bytes, dict[str, str]]:
        number, amount_fen, currency = SandboxTrade.objects.values_list("number", "amount_fen", "currency").get(trade=trade)
        answer = Answer(
            subject=Subject.PAYMENT,
            number=number,
            outcome=Outcome.SUCCEEDED,
            provider_id=trade,
            amount_fen=amount_fen,
            currency=currency,
        )
        body = notice_body(answer).encode()
        return body, signing.signed_headers(body)

    return notice


def as_json(load: Load) -> dict[str, Any]:
    """Return a load as it travels between processes."""
    return asdict(load)


def from_json(said: dict[str, Any]) -> Load:
    """Read what ``as_json`` wrote."""
    return Load(**{**said, "taken_ms": tuple(said["taken_ms"])})


def _run(client: Callable[[], AbstractContextManager[Work]], *, clients: int, seconds: float, first: int) -> Load:
    taken: list[float] = []
    steps: dict[str, list[float]] = defaultdict(list)
    failures: list[Exception] = []
    numbers = itertools.count(first)
    cpu, began = time.process_time(), time.perf_counter()

    def run() -> None:
        try:
            with client() as work:
                while time.perf_counter() - began < seconds and not failures:
                    took, parts = work(next(numbers))
                    taken.append(took)
                    for name, part in (parts.taken_ms if parts else {}).items():
                        steps[name].append(part)
        except Exception as error:  # noqa: BLE001  the first failure ends the round and is told below
            failures.append(error)

    threads = [threading.Thread(target=run) for _client in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise Problem(str(failures[0])) from failures[0]
    wall = time.perf_counter() - began
    share = (time.process_time() - cpu) / wall
    return Load(len(taken), wall, share, tuple(taken), {name: median(parts) for name, parts in steps.items()})
