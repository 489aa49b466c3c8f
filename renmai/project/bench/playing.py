"""Plays under a crowd: places in one flash sale, and joins of one hot group, beside the plain decrement of a row in the same run.

Only on PostgreSQL: SQLite has one writer, so there is nothing to crowd about.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from renmai.project.bench import crowd, limit, pgbench
from renmai.project.bench.plan import Bench
from renmai.project.bench.report import Aim, number, percentile
from renmai.project.bench.world import World
from renmai.project.postgres import find_binaries
from renmai.project.problems import Problem

LOADS: Final = (16, 200, 2000)
QUICK_LOADS: Final = (16, 200)
PEOPLE: Final = 12_000
FEW_PIECES: Final = 500
FEW_PEOPLE: Final = 1_500
MOST_SECONDS: Final = 60.0
BUCKETS: Final = 16
LIMIT_CLIENTS: Final = (16, 200)
OF_LIMIT: Final = 0.5
OF_CROWD: Final = 0.8
START_SECONDS: Final = 6.0
"""How long the processes of a crowd take to be there and ready."""

TABLES: Final = """
CREATE TABLE bench_row (id int PRIMARY KEY, free bigint CHECK (free >= 0), reserved bigint) WITH (fillfactor = 50);
INSERT INTO bench_row SELECT number, 1000000000, 0 FROM generate_series(0, 15) number;
"""
ONE_ROW: Final = "UPDATE bench_row SET free = free - 1, reserved = reserved + 1 WHERE id = 0 AND free >= 1;\n"
MANY_ROWS: Final = (
    f"\\set bucket random(0, {BUCKETS - 1})\n"  # nosec B608  # figures of our own
    "UPDATE bench_row SET free = free - 1, reserved = reserved + 1 WHERE id = :bucket AND free >= 1;\n"
)
HELD: Final = "SELECT count(*) FROM flash_ticket WHERE campaign_id = {campaign} AND held_at IS NOT NULL"
RESERVED: Final = (
    "SELECT coalesce(sum(reserved), 0), coalesce(sum(free), 0) FROM catalogue_poolbucket b"
    " JOIN flash_sale s ON s.pool_id = b.pool_id WHERE s.campaign_id = {campaign}"
)
SEATS: Final = "SELECT count(*), coalesce(max(joined - size), 0) FROM groupbuy_group WHERE joined > size"


@dataclass(frozen=True)
class Rush:
    """What came of a crowd: how many got what they came for per second, and how long every answer took in milliseconds."""

    goodput: float
    taken_ms: tuple[float, ...]
    said: dict[str, int]

    @property
    def p99_ms(self) -> float:
        """What 99 of 100 answers do not exceed."""
        return percentile(sorted(self.taken_ms), 99) if self.taken_ms else 0.0


def run(bench: Bench, fresh: World) -> None:
    """Measure both plays in a shop like ``fresh``."""
    if not bench.wants("plays") or bench.ground.vendor == "sqlite":
        return
    world = bench.ground.copy(fresh, "plays")
    limits = _limits(bench, world)
    crowd_of = world.do("people", most=PEOPLE)
    _flash(bench, world, limits, crowd_of)
    _last_pieces(bench, world, crowd_of)
    _joins(bench, world, limits)


def _limits(bench: Bench, world: World) -> dict[tuple[int, bool], float]:
    """Measure the plain conditional decrement, of one row and of one in sixteen."""
    if not limit.has_pgbench():
        bench.say("no pgbench here: the decrement's limit is not measured")
        return {}
    bench.say("the plain decrement")
    import psycopg

    with psycopg.connect(world.url, autocommit=True) as server:
        server.execute(TABLES.encode())
    found: dict[tuple[int, bool], float] = {}
    for has_buckets, script in ((False, ONE_ROW), (True, MANY_ROWS)):
        path = world.home / "decrement.sql"
        path.write_text(script, encoding="utf-8")
        for clients in LIMIT_CLIENTS:
            rounds = [
                pgbench.run(find_binaries(), world.url, path, clients=clients, seconds=bench.options.seconds).per_second
                for _round in range(min(3, bench.options.rounds))
            ]
            found[clients, has_buckets] = median(rounds)
            where = f"one of {BUCKETS} rows" if has_buckets else "one row"
            bench.add(f"limit: decrement of {where}, {clients} clients", median(rounds), "/s", detail="pgbench, real decrements")
    return found


def _flash(bench: Bench, world: World, limits: dict[tuple[int, bool], float], crowd_of: dict[str, int]) -> None:
    loads = QUICK_LOADS if bench.options.is_quick else LOADS
    rushes: dict[int, list[Rush]] = {clients: [] for clients in loads}
    oversold = 0
    # In turns, so that a machine that becomes slower while this runs is no slower for the larger crowd.
    for _round in range(min(3, bench.options.rounds)):
        for clients in loads:
            bench.say(f"flash sale, {clients} clients")
            campaign = world.do("sale")
            rushes[clients].append(_rush(world, "grab", _shares(crowd_of, campaign), clients, bench.options.seconds, good="held"))
            oversold += _oversold(world, campaign)
    goodput = {clients: median(rush.goodput for rush in each) for clients, each in rushes.items()}
    for clients, each in rushes.items():
        p99 = median(rush.p99_ms for rush in each)
        said = f"p99 {number(p99)} ms{_beside(limits, clients, goodput[clients])}"
        bench.add(f"flash sale of one SKU, {clients} clients", goodput[clients], "tickets/s", detail=said)
    if (200, False) in limits:
        ratio = goodput[200] / limits[200, False]
        says = "with a piece each, of pgbench's decrements of one row at 200 clients"
        bench.add("flash sale : plain decrement, 200 clients", ratio, "", aim=Aim(OF_LIMIT), detail=says)
    if 2000 in goodput:
        says = "goodput does not break down under the crowd"
        bench.add("flash sale, 2,000 clients : 200", goodput[2000] / goodput[200], "", aim=Aim(OF_CROWD), detail=says)
    bench.add("oversold pieces", oversold, "", aim=Aim(0, at_most=True), detail="tickets with a piece against the pool's columns")


def _last_pieces(bench: Bench, world: World, crowd_of: dict[str, int]) -> None:
    """Few pieces and many people: exactly as many tickets as pieces, everybody else in line."""
    campaign = world.do("sale", pieces=FEW_PIECES)
    rush = _rush(world, "grab", _shares({**crowd_of, "users": FEW_PEOPLE}, campaign), 200, MOST_SECONDS, good="held")
    held = world.ask(HELD.format(campaign=campaign))[0]
    if held != FEW_PIECES and sum(rush.said.values()) >= FEW_PIECES:
        raise Problem(f"{held} tickets have one of {FEW_PIECES} pieces.")
    said = ", ".join(f"{number(count)} {word}" for word, count in sorted(rush.said.items()))
    detail = f"{FEW_PIECES} pieces, {number(sum(rush.said.values()))} people: {said}"
    bench.add("pieces too many, the last ones", _oversold(world, campaign), "", aim=Aim(0, at_most=True), detail=detail)


def _joins(bench: Bench, world: World, limits: dict[tuple[int, bool], float]) -> None:
    loads = QUICK_LOADS if bench.options.is_quick else LOADS
    bench.say("people order places in groups")
    places = world.do("groups", sizes=[400] * (2 if bench.options.is_quick else 6))
    each, goodput = places // len(loads), dict[int, float]()
    for clients in loads:
        bench.say(f"joining one hot group, {clients} clients")
        half = each // crowd.PROCESSES
        shares = [{"first": number_ * half, "most": half} for number_ in range(crowd.PROCESSES)]
        rush = _rush(world, "join", shares, clients, MOST_SECONDS, good="paid")
        said = f"p99 {number(rush.p99_ms)} ms{_beside(limits, clients, rush.goodput)}; the whole capture: payment, books, order, seat, stock"
        bench.add(f"joins of a hot group, {clients} clients", rush.goodput, "/s", detail=said)
        goodput[clients] = rush.goodput
    if (200, False) in limits:
        ratio = goodput[200] / limits[200, False]
        says = "whole captures, of pgbench's decrements of one row at 200 clients"
        bench.add("joins : plain decrement, 200 clients", ratio, "", aim=Aim(OF_LIMIT), detail=says)
    if 2000 in goodput:
        bench.add("joins, 2,000 clients : 200", goodput[2000] / goodput[200], "", aim=Aim(OF_CROWD))
    overfilled = world.ask(SEATS)[0]
    bench.add("groups with too many people", overfilled, "", aim=Aim(0, at_most=True))


def _shares(crowd_of: dict[str, int], campaign: int) -> list[dict[str, Any]]:
    half = crowd_of["users"] // crowd.PROCESSES
    return [
        {"campaign_id": campaign, "first_user": crowd_of["first_user"] + number_ * half, "users": half}
        for number_ in range(crowd.PROCESSES)
    ]


def _rush(world: World, task: str, shares: Sequence[dict[str, Any]], clients: int, seconds: float, *, good: str) -> Rush:
    """Let the processes of a crowd come together and put what they saw into one."""
    wanted = {"clients": clients // len(shares), "seconds": seconds, "starts_at": time.time() + START_SECONDS}
    with ThreadPoolExecutor(len(shares)) as pool:
        said = list(pool.map(lambda share: world.do(task, wanted=wanted, **share), shares))
    words: dict[str, int] = {}
    for one in said:
        for word, times in one["said"].items():
            words[word] = words.get(word, 0) + times
    goods = sum(one["said"].get(good, 0) / max(one["seconds"], 0.001) for one in said)
    return Rush(goods, tuple(taken for one in said for taken in one["taken_ms"]), words)


def _oversold(world: World, campaign: int) -> int:
    held = world.ask(HELD.format(campaign=campaign))[0]
    reserved, free = world.ask(RESERVED.format(campaign=campaign))
    return abs(int(held) - int(reserved)) + max(0, -int(free))


def _beside(limits: dict[tuple[int, bool], float], clients: int, goodput: float) -> str:
    one_row, buckets = limits.get((clients, False)), limits.get((clients, True))
    if not one_row or not buckets:
        return ""
    return f"; {number(goodput / one_row)} of one row's limit, {number(goodput / buckets)} of the buckets'"
