"""One shop that sells: how it starts, its pages, whole purchases beside what the database could do at most, memory."""

from statistics import median
from typing import Final

from renmai.project.bench import limit, machine, shop, stage
from renmai.project.bench.limit import Limit
from renmai.project.bench.load import Job, Load
from renmai.project.bench.plan import CROWD, OURS, Bench, cost, loader
from renmai.project.bench.report import Aim, number, summary
from renmai.project.bench.shop import Rounds, Shop
from renmai.project.bench.world import World
from renmai.project.problems import Problem

MEMORY_MIB: Final = 250
WARM_SECONDS: Final = 5
PAGES_PER_SECOND: Final = 400
PURCHASES_PER_SECOND: Final = 100
STATEMENTS: Final = 60
OF_THE_LIMIT: Final = 0.4
LINK: Final = "product page by a shared link"
RIVALS_PER_SECOND: Final = 7
RIVALS: Final = "four well-known platforms, measured by us earlier on such a machine, not in this run; 210 to 300 statements each"


def run(bench: Bench, fresh: World, *, cold_seconds: float) -> None:
    """Measure everything that is wanted about one shop like ``fresh``, which took so long to start for the first time."""
    if bench.wants("start"):
        _start(bench, fresh, cold_seconds)
    if bench.wants("pages", "purchase", "memory"):
        _serve(bench, bench.ground.copy(fresh, "selling"))


def _start(bench: Bench, world: World, cold_seconds: float) -> None:
    starts = []
    for _round in range(bench.options.rounds):
        with world.serve() as served:
            starts.append(served.seconds_to_start)
    bench.add(
        "cold start", cold_seconds, "s", detail="empty folder: the tables made, static files packed, until the first page answers"
    )
    warm = "renmai up until /readyz and / answer"
    bench.add("warm start", median(starts), "s", aim=Aim(WARM_SECONDS, at_most=True), detail=warm)


def _serve(bench: Bench, world: World) -> None:
    counted = world.do("record", way="pages")
    by_api = world.do("record", way="api", keep=False)
    world.do("analyse")
    beside = bench.ground.copy(world, "beside")
    with shop.opened(world) as here:
        here.come_to_rest()
        if bench.wants("pages"):
            bench.say("pages")
            _pages(bench, here)
        if bench.wants("purchase"):
            bench.say("purchases, and the limit beside them")
            _purchases(bench, here, beside, counted)
            _by_api(bench, here, by_api)
        if bench.wants("memory"):
            _memory(bench, here)
        here.come_to_rest()
    _audit(bench, world)


def _pages(bench: Bench, here: Shop) -> None:
    goods = here.stage.goods
    kinds = {
        LINK: tuple(f"/s/{good.code}" for good in goods),
        "product page": tuple(f"/p/{good.product_id}/" for good in goods),
        "shop page, 20 products": (f"/shop/{here.stage.shop_code}/",),
        "home page": ("/",),
    }
    seconds = bench.options.glance_seconds
    found: dict[str, tuple[list[Load], list[Load]]] = {kind: ([], []) for kind in kinds}
    before = shop.standing(here.world).visits
    # The first page of a kind compiles its templates; nobody is asked to wait for that.
    warm = here.work(*(Job(2, 0.3, addresses=pages) for pages in kinds.values()))
    for _round in range(bench.options.rounds):
        jobs = [Job(clients, seconds, addresses=pages) for pages in kinds.values() for clients in (1, CROWD)]
        loads = iter(here.work(*jobs))
        for alone, crowd in found.values():
            alone.append(next(loads))
            crowd.append(next(loads))
    here.come_to_rest()
    opened = warm[0].count + sum(load.count for loads in found[LINK] for load in loads)
    if (recorded := shop.standing(here.world).visits - before) != opened:
        raise Problem(f"links were opened {opened} times, and {recorded} visits were recorded.")
    for kind, (alone, crowd) in found.items():
        one, many = Rounds(tuple(alone)), Rounds(tuple(crowd))
        aim = Aim(PAGES_PER_SECOND) if kind.startswith("product page") else None
        note = "a new guest each time, every visit recorded; " if kind == LINK else ""
        detail = f"{note}1 client: {summary(one.taken_ms)}; {CROWD}: {summary(many.taken_ms)}; {cost(many)}; {loader(many)}"
        bench.add(f"{kind}, {CROWD} clients", many.per_second, "/s", aim=aim, detail=detail)


def _purchases(bench: Bench, here: Shop, beside: World, counted: dict[str, int]) -> None:
    options = bench.options
    # SQLite lets one write at a time: its limit is the same for any number of clients.
    limits: dict[int, list[Limit]] = {1: []} if bench.ground.vendor == "sqlite" else {1: [], CROWD: []}
    alone, crowd, rests = [], [], []
    here.buy(clients=2, seconds=0.5)
    for _round in range(options.rounds):
        for clients, found in limits.items():
            found.append(_limit(bench, beside, clients=clients))
        alone.append(here.buy(clients=1, seconds=options.seconds))
        crowd.append(here.buy(clients=CROWD, seconds=options.seconds))
        rests.append(here.come_to_rest())
    one, many = Rounds(tuple(alone)), Rounds(tuple(crowd))
    top = {clients: median(each.per_second for each in found) for clients, found in limits.items()}
    bench.add("purchase, 1 client", one.per_second, "/s", detail=f"{summary(one.taken_ms)}; by request, ms: {one.steps()}")
    bench.add(
        f"purchase, {CROWD} clients",
        many.per_second,
        "/s",
        aim=Aim(PURCHASES_PER_SECOND),
        detail=f"{summary(many.taken_ms)}; {loader(many)}",
    )
    worker = f"{cost(many)}; the worker's {number(many.cost('worker'))} come on top"
    bench.add("processor time per purchase", many.cost(*OURS), "ms", detail=worker)
    uncounted = "BEGIN, COMMIT and the sandbox's own book not counted"
    bench.add("statements per purchase", counted["statements"], "", aim=Aim(STATEMENTS, at_most=True), detail=uncounted)
    bench.add(
        "reactions done after the last purchase", median(rests), "s", detail="by one worker, which worked beside the customers"
    )
    writes = f"{counted['writes']} writes in {counted['transactions']} transactions: {limits[1][0].measured_by}"
    for clients, limit_ in top.items():
        bench.add(f"the limit, {_clients(clients)}", limit_, "/s", detail=writes)
    bench.add("purchase : limit, 1 client", one.per_second / top[1], "")
    bench.add(f"purchase : limit, {CROWD} clients", many.per_second / top.get(CROWD, top[1]), "", aim=Aim(OF_THE_LIMIT))
    bench.add("what rivals manage", RIVALS_PER_SECOND, "/s", detail=RIVALS)


def _by_api(bench: Bench, here: Shop, counted: dict[str, int]) -> None:
    count = 1 if bench.options.is_quick else bench.options.rounds
    loads = [here.buy(clients=CROWD, seconds=bench.options.seconds, way="api") for _round in range(count)]
    rounds = Rounds(tuple(loads))
    detail = f"{summary(rounds.taken_ms)}; {counted['statements']} statements; {cost(rounds)}"
    bench.add(f"purchase through the API, {CROWD} clients", rounds.per_second, "/s", detail=detail)


def _limit(bench: Bench, beside: World, *, clients: int) -> Limit:
    ranges, seconds = stage.load(beside.home).ranges(), bench.options.seconds
    if bench.ground.vendor == "sqlite":
        return limit.of_sqlite(beside.home, beside.url, ranges, seconds=seconds)
    return limit.of_postgres(beside.home, beside.url, ranges, clients=clients, seconds=seconds)


def _memory(bench: Bench, here: Shop) -> None:
    processes = machine.processes_below(here.served.pid)
    if not processes:
        return
    each = ", ".join(f"{process.name} {process.pss_mib:.0f} (peak RSS {process.peak_rss_mib:.0f})" for process in processes)
    total = sum(process.pss_mib for process in processes)
    bench.add(
        "memory of all processes", total, "MiB", aim=Aim(MEMORY_MIB, at_most=True), detail=f"PSS after all of the above: {each}"
    )


def _audit(bench: Bench, world: World) -> None:
    """Every purchase is paid, and no fen went astray; otherwise the run fails."""
    found = shop.standing(world)
    if found.paid != found.orders or found.alerts:
        raise Problem(f"of {found.orders} purchases {found.paid} are paid; {found.alerts} alerts are open.")
    world.do("close_book")
    last = world.command("audit").strip().splitlines()[-1]
    bought = f"{number(found.orders)} purchases, every one paid"
    bench.add("violations found by the audit", int(last.split()[0]), "", aim=Aim(0, at_most=True), detail=bought)


def _clients(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients"
