"""The shop of the bench while it is measured: rounds of customers, one after the other, and what is left when they have gone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from statistics import median

from renmai.project.bench import load, stage
from renmai.project.bench.buying import Way
from renmai.project.bench.load import Job, Load
from renmai.project.bench.stage import Stage
from renmai.project.bench.world import WEB_PROCESSES, Served, World
from renmai.project.problems import Problem

DRAIN_TIMEOUT_SECONDS = 180
LOOK_EVERY_SECONDS = 0.1
STANDING = """
    SELECT (SELECT count(*) FROM ordering_order),
           (SELECT count(*) FROM ordering_order WHERE paid_at IS NOT NULL),
           (SELECT count(*) FROM kernel_outboxevent WHERE status = 'pending'),
           (SELECT count(*) FROM kernel_alert),
           (SELECT count(*) FROM sharing_visit)
"""


@dataclass(frozen=True)
class Rounds:
    """Several rounds of the same: the middle one counts, for the machine has other things to do as well."""

    loads: tuple[Load, ...]

    @property
    def per_second(self) -> float:
        """The median of the rounds."""
        return median(load.per_second for load in self.loads)

    @property
    def taken_ms(self) -> list[float]:
        """Every duration of every round."""
        return [taken for load in self.loads for taken in load.taken_ms]

    @property
    def cpu_share(self) -> float:
        """What the customers themselves took of one core."""
        return median(load.cpu_share for load in self.loads)

    def cost(self, *names: str) -> float:
        """Return the milliseconds of processor time that one unit of work cost these kinds of processes."""
        return median(sum(load.cpu_ms.get(name, 0.0) for name in names) for load in self.loads)

    def steps(self) -> str:
        """Return how long each request took, in words."""
        names = self.loads[0].steps_ms
        middle = {name: median(load.steps_ms.get(name, 0.0) for load in self.loads) for name in names}
        return ", ".join(f"{name} {taken:.0f}" for name, taken in middle.items())


@dataclass(frozen=True)
class Standing:
    """How many orders there are, how many are paid, how many events wait for their reactions, alerts, visits."""

    orders: int
    paid: int
    waiting: int
    alerts: int
    visits: int


@dataclass
class Shop:
    """A served shop and whose turn it is."""

    world: World
    served: Served
    stage: Stage
    next_turn: int = 0

    def work(self, *jobs: Job) -> list[Load]:
        """Let customers come, one job after the other, from a process beside the shop."""
        said = self.world.do("load", port=self.served.port, jobs=[asdict(job) for job in jobs])
        return [load.from_json(one) for one in said]

    def buy(self, *, clients: int, seconds: float, way: Way = "pages") -> Load:
        """Let customers buy for a while."""
        (done,) = self.work(Job(clients, seconds, first=self.next_turn, way=way))
        self.next_turn += done.count + clients
        return done

    def come_to_rest(self) -> float:
        """Wait until every reaction has happened; return how many seconds that took."""
        began = time.monotonic()
        while standing(self.world).waiting:
            if time.monotonic() - began > DRAIN_TIMEOUT_SECONDS:
                raise Problem("the worker does not catch up with what was bought.")
            time.sleep(LOOK_EVERY_SECONDS)
        return time.monotonic() - began


def standing(world: World) -> Standing:
    """Return how things stand."""
    return Standing(*world.ask(STANDING))


def make(world: World, *, members: int) -> float:
    """Fill an empty world with the shop of the bench; return how many seconds passed before its first, empty page answered."""
    began = time.perf_counter()
    world.command("migrate")
    with world.serve():
        seconds = time.perf_counter() - began
    world.do("build_stage", members=members)
    return seconds


@contextmanager
def opened(world: World, *, processes: int = WEB_PROCESSES) -> Iterator[Shop]:
    """Serve the shop of ``world`` for the length of the block."""
    here = stage.load(world.home)
    with world.serve(processes=processes) as served:
        yield Shop(world, served, here)
