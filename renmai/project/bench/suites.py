"""What is measured, in the order of the table. Each suite takes a place for worlds and gives rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from renmai.project.bench import limit, machine, shop, stage
from renmai.project.bench.limit import Limit
from renmai.project.bench.report import Aim, Report, Row, number, summary
from renmai.project.bench.shop import Rounds, Shop
from renmai.project.bench.world import Ground, Vendor, World, ground
from renmai.project.problems import Problem

CROWD = 8
OURS = ("web", "database")
MEMBERS = 400
RIVALS_PER_SECOND = 7
RIVALS = "four well-known platforms, measured by us on such a machine before this run; 210 to 300 statements"


@dataclass(frozen=True)
class Options:
    """What is wanted of a run."""

    vendors: tuple[Vendor, ...]
    is_quick: bool
    only: frozenset[str] = frozenset()
    say: Callable[[str], None] = field(default=lambda _text: None)

    def wants(self, suite: str) -> bool:
        """Whether a suite is wanted."""
        return not self.only or suite in self.only

    @property
    def rounds(self) -> int:
        """How often each thing is measured."""
        return 2 if self.is_quick else 5

    @property
    def seconds(self) -> float:
        """How long one round takes."""
        return 2.0 if self.is_quick else 4.0


@dataclass
class Bench:
    """One database's run."""

    options: Options
    ground: Ground
    rows: list[Row] = field(default_factory=list)

    def add(self, what: str, figure: float, unit: str, *, aim: Aim | None = None, detail: str = "") -> None:
        """Add a figure to the table."""
        self.rows.append(Row(NAMES[self.ground.vendor], what, figure, unit, aim, detail))

    def say(self, text: str) -> None:
        """Tell the person who waits."""
        self.options.say(f"{NAMES[self.ground.vendor]}: {text}")


NAMES: dict[Vendor, str] = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
SUITES = ("purchase",)


def run(options: Options) -> Report:
    """Measure what is wanted on every database that is wanted."""
    rows: list[Row] = []
    versions = []
    for vendor in options.vendors:
        with ground(vendor) as place:
            bench = Bench(options, place)
            versions.append(place.version)
            _selling(bench)
            rows += bench.rows
    return Report(machine.describe(tuple(versions)), options.is_quick, tuple(rows))


def _selling(bench: Bench) -> None:
    """Everything about one shop that sells."""
    bench.say("building the shop")
    world = bench.ground.world("shop")
    shop.make(world, members=MEMBERS)
    counted = world.do("record", way="pages")
    world.do("settle")
    world.do("analyse")
    copied = bench.ground.copy(world, "copied")
    with shop.opened(world) as here:
        bench.say("buying")
        _purchases(bench, here, copied, counted)
    _audit(bench, world)


def _purchases(bench: Bench, here: Shop, copied: str, counted: dict[str, int]) -> None:
    options = bench.options
    limits: dict[int, list[Limit]] = {1: [], CROWD: []}
    alone, crowd, rests = [], [], []
    for _round in range(options.rounds):
        for clients, found in limits.items():
            found.append(_limit(bench.ground, here.world, copied, clients=clients, seconds=options.seconds))
        alone.append(here.buy(clients=1, seconds=options.seconds))
        crowd.append(here.buy(clients=CROWD, seconds=options.seconds))
        rests.append(here.come_to_rest())
    one, many = Rounds(tuple(alone)), Rounds(tuple(crowd))
    top = {clients: median(each.per_second for each in found) for clients, found in limits.items()}
    bench.add("purchase, 1 client", one.per_second, "/s", detail=f"{summary(one.taken_ms)}; by request, ms: {one.steps()}")
    bench.add(
        f"purchase, {CROWD} clients", many.per_second, "/s", aim=Aim(100), detail=f"{summary(many.taken_ms)}; {_loader(many)}"
    )
    bench.add("processor time per purchase", many.cost(*OURS), "ms", detail=_cost(many))
    bench.add("statements per purchase", counted["statements"], "", aim=Aim(60, at_most=True), detail="BEGIN, COMMIT not counted")
    bench.add("reactions done after the last purchase", median(rests), "s", detail="by the one worker, beside the customers")
    writes = f"{counted['writes']} writes in {counted['transactions']} transactions, {limits[1][0].measured_by}"
    bench.add("the limit, 1 client", top[1], "/s", detail=writes)
    bench.add(f"the limit, {CROWD} clients", top[CROWD], "/s", detail=writes)
    bench.add("purchase : limit, 1 client", one.per_second / top[1], "")
    bench.add(f"purchase : limit, {CROWD} clients", many.per_second / top[CROWD], "", aim=Aim(0.4))
    bench.add("what rivals manage", RIVALS_PER_SECOND, "/s", detail=RIVALS)


def _limit(place: Ground, world: World, copied: str, *, clients: int, seconds: float) -> Limit:
    ranges = stage.load(world.home).ranges()
    if place.vendor == "sqlite":
        return limit.of_sqlite(world.home, copied, ranges, seconds=seconds)
    return limit.of_postgres(world.home, copied, ranges, clients=clients, seconds=seconds)


def _audit(bench: Bench, world: World) -> None:
    """Every purchase is paid, and no fen went astray; otherwise the run fails."""
    standing = world.do("standing")
    if standing["paid"] != standing["orders"] or standing["alerts"]:
        raise Problem(f"of {standing['orders']} purchases {standing['paid']} are paid; {standing['alerts']} alerts.")
    world.do("close_book")
    last = world.command("audit").strip().splitlines()[-1]
    bench.add("violations found by the audit", int(last.split()[0]), "", aim=Aim(0, at_most=True), detail=_bought(standing))


def _bought(standing: dict[str, int]) -> str:
    return f"{number(standing['orders'])} purchases, all paid"


def _cost(rounds: Rounds) -> str:
    """Say who took the time. It grows less than the clock's when the machine has other things to do."""
    parts = ", ".join(f"{name} {number(rounds.cost(name))}" for name in (*OURS, "worker"))
    return f"{parts} (the worker's comes on top)"


def _loader(rounds: Rounds) -> str:
    return f"the customers took {rounds.cpu_share * 100:.0f} % of a core"
