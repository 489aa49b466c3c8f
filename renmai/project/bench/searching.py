"""Shelves and search on a small and on a large catalogue: the kind of question that takes longest, and its page over HTTP."""

from typing import Any, Final

from renmai.project.bench import shop
from renmai.project.bench.load import Job
from renmai.project.bench.plan import CROWD, Bench, cost, loader
from renmai.project.bench.report import Aim, number, percentile, summary
from renmai.project.bench.shop import Rounds
from renmai.project.bench.world import World

SIZES: Final = (1_000, 100_000)
QUICK_SIZES: Final = (1_000, 10_000)
SLOWEST_MS: Final = 200


def run(bench: Bench, fresh: World) -> None:
    """Measure every size of catalogue, each in a shop like ``fresh``."""
    if not bench.wants("search"):
        return
    for skus in QUICK_SIZES if bench.options.is_quick else SIZES:
        bench.say(f"search among {number(skus)} SKUs")
        _measure(bench, bench.ground.copy(fresh, f"catalogue{skus}"), skus)


def _measure(bench: Bench, world: World, skus: int) -> None:
    world.do("build_catalogue", skus=skus)
    asked: list[dict[str, Any]] = world.do("ask_catalogue", times=bench.options.questions)
    slowest = max(asked, key=lambda question: _p95(question["taken_ms"]))
    detail = f"{slowest['kind']}: {summary(slowest['taken_ms'])}; the slowest of {len(asked)} kinds, without the page around it"
    title = f"search, {number(skus)} SKUs"
    bench.add(f"{title}, slowest kind, p95", _p95(slowest["taken_ms"]), "ms", aim=Aim(SLOWEST_MS, at_most=True), detail=detail)
    if bench.options.is_quick and skus == min(QUICK_SIZES):
        return
    page = max((question for question in asked if question["addresses"]), key=lambda question: _p95(question["taken_ms"]))
    addresses, seconds = tuple(page["addresses"]), bench.options.seconds
    with shop.opened(world) as here:
        here.work(Job(2, 0.5, addresses=addresses))
        loads = here.work(*(Job(clients, seconds, addresses=addresses) for clients in (1, CROWD) * bench.options.rounds))
    one, many = Rounds(tuple(loads[::2])), Rounds(tuple(loads[1::2]))
    detail = f"{page['kind']}; 1 client: {summary(one.taken_ms)}; {CROWD}: {summary(many.taken_ms)}; {cost(many)}; {loader(many)}"
    bench.add(f"{title}, slowest page, {CROWD} clients", many.per_second, "/s", detail=detail)


def _p95(taken_ms: list[float]) -> float:
    return percentile(sorted(taken_ms), 95)
