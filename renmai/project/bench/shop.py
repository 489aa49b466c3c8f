"""The shop of the bench while it is measured: rounds of customers, one after the other, and what is left when they have gone."""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median

from renmai.project.bench import load, machine, stage
from renmai.project.bench.buying import Way
from renmai.project.bench.load import Load
from renmai.project.bench.stage import Stage
from renmai.project.bench.world import Served, World
from renmai.project.problems import Problem

DRAIN_TIMEOUT_SECONDS = 180
LOOK_EVERY_SECONDS = 0.25


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


@dataclass
class Shop:
    """A served shop and whose turn it is."""

    world: World
    served: Served
    stage: Stage
    bought: int = 0
    next_turn: int = 0
    drained_seconds: list[float] = field(default_factory=list)

    def buy(self, *, clients: int, seconds: float, way: Way = "pages") -> Load:
        """Let customers buy for a while."""
        done = self._load("load_purchases", way=way, clients=clients, seconds=seconds, first=self.next_turn)
        self.bought += done.count
        self.next_turn += done.count + clients
        return done

    def look(self, addresses: Sequence[str], *, clients: int, seconds: float) -> Load:
        """Let guests look at pages for a while."""
        return self._load("load_pages", addresses=list(addresses), clients=clients, seconds=seconds)

    def _load(self, task: str, **given: object) -> Load:
        before = machine.cpu_seconds(os.getpid())
        done = load.from_json(self.world.do(task, port=self.served.port, **given))
        after = machine.cpu_seconds(os.getpid())
        cost = {name: (taken - before.get(name, 0.0)) * 1000 / max(1, done.count) for name, taken in after.items()}
        return replace(done, cpu_ms=cost)

    def come_to_rest(self) -> float:
        """Wait until every reaction has happened; return how many seconds that took."""
        began = time.monotonic()
        while self.world.do("standing")["waiting"]:
            if time.monotonic() - began > DRAIN_TIMEOUT_SECONDS:
                raise Problem("the worker does not catch up with what was bought.")
            time.sleep(LOOK_EVERY_SECONDS)
        return time.monotonic() - began


def make(world: World, *, members: int) -> Stage:
    """Fill an empty world with the shop of the bench."""
    world.command("migrate")
    world.do("spread_ids")
    world.do("build_stage", members=members)
    return stage.load(world.home)


@contextmanager
def opened(world: World) -> Iterator[Shop]:
    """Serve the shop of ``world`` for the length of the block."""
    here = stage.load(world.home)
    with world.serve() as served:
        yield Shop(world, served, here)
