"""What a purchase costs in a shop with a past: a thousand orders, and a million."""

import time
from contextlib import ExitStack
from typing import Final

from renmai.project.bench import shop
from renmai.project.bench.load import Load
from renmai.project.bench.plan import CROWD, OURS, Bench, cost
from renmai.project.bench.report import Aim, number, summary
from renmai.project.bench.shop import Rounds, Shop
from renmai.project.bench.world import World
from renmai.project.problems import Problem

FEW: Final = 1_000
MANY: Final = 1_000_000
QUICK_MANY: Final = 100_000
SQLITE_MANY: Final = 100_000
THE_SAME: Final = 1.1
"""A tenth more is within what two rounds of the same differ by on a machine with other things to do."""


def run(bench: Bench, fresh: World) -> None:
    """Measure purchases with few and with many past orders, in turns, in two shops like ``fresh``."""
    if not bench.wants("past"):
        return
    many = SQLITE_MANY if bench.ground.vendor == "sqlite" else QUICK_MANY if bench.options.is_quick else MANY
    with ExitStack() as stack:
        shops: dict[int, Shop] = {}
        statements: dict[int, int] = {}
        for orders in (FEW, many):
            bench.say(f"{number(orders)} past orders")
            world = bench.ground.copy(fresh, f"past{orders}")
            began = time.monotonic()
            rows = world.do("fill_past", copies=orders)
            statements[orders] = world.do("record", way="pages", keep=False)["statements"]
            bench.say(f"{rows} rows each, {time.monotonic() - began:.0f} s")
            shops[orders] = stack.enter_context(shop.opened(world))
        bench.say("purchases with a past")
        rounds = _in_turns(bench, shops)
        for here in shops.values():
            _all_paid(here)
    for orders, found in rounds.items():
        detail = f"{statements[orders]} statements; {summary(found.taken_ms)}; {cost(found)}"
        bench.add(f"purchase after {number(orders)} past orders, {CROWD} clients", found.per_second, "/s", detail=detail)
    ratio = rounds[many].cost(*OURS) / rounds[FEW].cost(*OURS)
    says = f"processor time with {number(many)} past orders to that with {number(FEW)}"
    bench.add("cost of a purchase, long past : short past", ratio, "", aim=Aim(THE_SAME, at_most=True), detail=says)


def _in_turns(bench: Bench, shops: dict[int, Shop]) -> dict[int, Rounds]:
    for here in shops.values():
        here.buy(clients=2, seconds=0.5)
    found: dict[int, list[Load]] = {orders: [] for orders in shops}
    for _round in range(min(3, bench.options.rounds)):
        for orders, here in shops.items():
            found[orders].append(here.buy(clients=CROWD, seconds=bench.options.seconds))
            here.come_to_rest()
    return {orders: Rounds(tuple(loads)) for orders, loads in found.items()}


def _all_paid(here: Shop) -> None:
    found = shop.standing(here.world)
    if found.paid != found.orders:
        raise Problem(f"of {found.orders} orders {found.paid} are paid.")
