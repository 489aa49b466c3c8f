"""A tiny run of everything that the bench does to a shop, on the database of this test run."""

from pathlib import Path

import pytest

from renmai.project.bench import limit, shop, stage
from renmai.project.bench.load import Job
from renmai.project.bench.world import Ground, Served, World, ground

MEMBERS = 24
COPIES = 30
LIVED = 4
"""Two members live an order each so that they have bought before, and one more each to be copied."""

RECORDED = 4
SECONDS = 0.3


def limit_of(place: Ground, world: World) -> limit.Limit:
    ranges = stage.load(world.home).ranges()
    if place.vendor == "sqlite":
        return limit.of_sqlite(world.home, world.url, ranges, seconds=SECONDS)
    if limit.has_pgbench():
        assert limit.of_postgres(world.home, world.url, ranges, clients=2, seconds=1).measured_by.startswith("pgbench")
    return limit.in_processes(world.home, world.url, ranges, clients=1, seconds=SECONDS)


def whole_orders(world: World) -> dict[str, int]:
    """How many orders have everything that belongs to one that was lived to its end; ``orders`` are all."""
    sql = """
        SELECT count(*), count(DISTINCT o.number), count(DISTINCT l.id), count(DISTINCT p.number), count(DISTINCT c.id),
               count(DISTINCT s.number), count(DISTINCT o.buyer_id), count(DISTINCT a.id)
        FROM ordering_order o JOIN ordering_orderline l ON l.order_id = o.id
        JOIN payments_payment p ON p.reference = o.number JOIN distribution_commission c ON c.order_line_id = l.id
        JOIN ordering_shipment s ON s.order_id = o.id JOIN sharing_attribution a ON a.order_id = o.id
        WHERE o.status = 'settled'
    """
    names = ("rows", "numbers", "lines", "payments", "commissions", "parcels", "buyers", "attributions")
    return dict(zip(names, world.ask(sql), strict=True))


def test_a_shop_is_built_bought_from_given_a_past_and_audited(pytestconfig: pytest.Config) -> None:
    vendor = pytestconfig.getoption("database")
    with ground(vendor) as place:
        world = place.world("shop")
        world.command("migrate")
        assert world.do("build_stage", members=MEMBERS) == MEMBERS
        counted = world.do("record", way="pages")
        assert 20 < counted["statements"] <= 60
        assert 10 < counted["writes"] < counted["statements"]
        beside = place.copy(world, "beside")

        rows = beside.do("fill_past", copies=COPIES)
        assert rows > counted["writes"]
        whole = COPIES + LIVED
        assert whole_orders(beside) == dict.fromkeys(whole_orders(beside), whole) | {"buyers": MEMBERS}
        assert shop.standing(beside).orders == whole + RECORDED
        assert limit_of(place, beside).per_second > 0
        assert shop.standing(beside).orders > whole + RECORDED

        _crowds(beside)

        with shop.opened(world, processes=1) as here:
            before = shop.standing(world).visits
            _sells(here, before)
            here.come_to_rest()
            assert _processes(here.served) >= {"web", "worker"}
        found = shop.standing(world)
        assert found.orders == found.paid > RECORDED
        assert (found.alerts, found.waiting) == (0, 0)


def _sells(here: shop.Shop, before: int) -> None:
    pages = (f"/s/{here.stage.goods[0].code}", f"/shop/{here.stage.shop_code}/")
    by_pages, by_api, looked = here.work(
        Job(2, SECONDS, first=4), Job(2, SECONDS, first=12, way="api"), Job(2, SECONDS, addresses=pages)
    )
    assert list(by_pages.steps_ms) == ["link", "buy now", "checkout", "order", "notification"]
    assert list(by_api.steps_ms) == ["link", "checkout", "order", "payment", "notification"]
    opened = by_pages.count + by_api.count + -(-looked.count // len(pages))
    assert abs(shop.standing(here.world).visits - before - opened) <= 1
    assert min(by_pages.count, by_api.count, looked.count) >= 2
    if Path("/proc/self/stat").exists():
        assert by_pages.cpu_ms["web"] > 0


def _crowds(world: World) -> None:
    """More people than pieces: as many tickets as pieces, and everybody else in line."""
    people, campaign = world.do("people", most=20), world.do("sale", pieces=5)
    wanted = {"clients": 4, "seconds": 60.0, "starts_at": 0.0}
    found = world.do("grab", campaign_id=campaign, first_user=people["first_user"], users=20, wanted=wanted)
    assert found["said"] == {"held": 5, "waiting": 15}
    assert len(found["taken_ms"]) == 20
    places = world.do("groups", sizes=[6])
    assert world.do("join", first=0, most=places, wanted=wanted)["said"] == {"paid": places} == {"paid": 5}


def _processes(served: Served) -> set[str]:
    from renmai.project.bench import machine

    return {process.name for process in machine.processes_below(served.pid)} or {"web", "worker"}
