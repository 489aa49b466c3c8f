"""The database crashes, disks fill up; the shop says so in a sentence, and afterwards everything goes on as if nothing had been."""

import http
import io
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, connections
from PIL import Image
from pytest_django import DjangoDbBlocker, Settings

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.actions.pictures import add_picture
from renmai.catalogue.models import Sku
from renmai.catalogue.tests.factories import make_product
from renmai.kernel import clock, storage
from renmai.kernel.errors import DomainError
from renmai.kernel.models import Heartbeat
from renmai.ordering.models import Order
from renmai.payments.models import Payment
from renmai.programs.actions import create_token
from renmai.project import worker
from renmai.project.postgres import Server
from renmai.project.problems import Problem
from tools.torture import disasters, kills, shop
from tools.torture.disasters import Shopper
from tools.torture.kills_flows import Flows
from tools.torture.shop import Place, World

SHOPPERS = 3
MOST_PAGES = 1_000_000
SMALL = shop.Size(suppliers=2, products=3, keepers=1, buyers=SHOPPERS, stock=10_000)


@pytest.fixture
def _on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("this is about a PostgreSQL server of its own; SQLite has no server to crash")


@pytest.mark.usefixtures("_on_postgres")
def test_purchases_go_on_when_the_database_crashes_and_comes_back(django_db_blocker: DjangoDbBlocker) -> None:
    with ExitStack() as stack:
        server, place = stack.enter_context(disasters.crashable_shop())
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(shop.connected(place))
        world = shop.populate(SMALL)
        worker.settle()
        _crash_at_statements(server, Flows(world))
        already = Order.objects.count()
        tokens = [create_token(User.objects.get(pk=buyer.user), name="shopper")[1] for buyer in world.buyers]
        port = stack.enter_context(disasters.serving(place))
        shoppers = [Shopper(port, token, buyer.address) for token, buyer in zip(tokens, world.buyers, strict=True)]
        sku, enough = world.variants[1].sku, threading.Event()
        with ThreadPoolExecutor(SHOPPERS) as pool:
            bought = [pool.submit(shopper.buy_until, enough, sku) for shopper in shoppers]
            try:
                for _crash in range(2):
                    _crash_while_people_buy(server, port)
            finally:
                enough.set()
            numbers = [number for each in bought for number in each.result()]
        connections.close_all()
        outages = [outage for shopper in shoppers for outage in shopper.outages]
        assert outages
        assert {outage.code for outage in outages} == {"storage.away"}
        assert not [outage for outage in outages if "Traceback" in outage.text]
        _wait_for_worker(clock.now())
        # What the worker had claimed when it lost its database is free again after a minute.
        disasters.recover([])
        assert len(set(numbers)) == len(numbers) == Order.objects.count() - already
        assert Order.objects.filter(number__in=numbers, status="paid").count() == len(numbers)
        assert Payment.objects.filter(reference__in=numbers).count() == len(numbers)
        row = Sku.objects.get(pk=sku)
        assert (row.stock_reserved, row.stock_sold) == (0, len(numbers))


def _crash_while_people_buy(server: Server, port: int) -> None:
    time.sleep(0.7)
    server.crash()
    page = disasters.ask(port, "GET", "/", headers={"Accept-Language": "zh-CN"})
    assert (page.status, page.code, page.headers["retry-after"]) == (503, "storage.away", "5")
    assert "系统暂时无法读写数据" in page.text
    ready = disasters.ask(port, "GET", "/readyz")
    assert (ready.status, json.loads(ready.text)["database"]) == (503, "no answer")
    server.start()


def _crash_at_statements(server: Server, flows: Flows) -> None:
    """The database is gone before and after the commit of an order, and of its payment."""
    for flow in (flows.place, flows.pay):
        assert disasters.restart_at_commit(server, flow) >= 1


def _wait_for_worker(since: datetime) -> None:
    """The worker, which has lost its database twice, gives signs of life by itself."""
    deadline = time.monotonic() + 30
    while not Heartbeat.objects.filter(at__gt=since).exists():
        assert time.monotonic() < deadline, "the worker does not come back"
        time.sleep(0.1)


@contextmanager
def full_database() -> Iterator[None]:
    """SQLite takes no further page inside the block, as on a disk that is full."""
    with connection.cursor() as cursor:
        # Pages that earlier tests have left empty inside the file would have to be filled first.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA max_page_count = {MOST_PAGES}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["place", "pay", "refund", "withdraw"])
def test_a_full_disk_under_sqlite(name: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite's file; PostgreSQL's disk has a test of its own")
    flows = Flows(shop.populate(SMALL))
    worker.settle()
    flow = getattr(flows, name)
    flow()
    with full_database():
        cases, error = disasters.act_until_full(flow)
        assert storage.has_no_room(error), error
        kills.look([], "on a full disk")
    disasters.recover(cases)


@pytest.mark.usefixtures("_on_postgres")
def test_a_full_disk_under_postgres(django_db_blocker: DjangoDbBlocker) -> None:
    with ExitStack() as stack:
        disk = stack.enter_context(_small_disk(200))
        server, place = stack.enter_context(disasters.crashable_shop(disk))
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(shop.connected(place))
        world = shop.populate(SMALL)
        worker.settle()
        _buy_over_http_on_a_full_disk(disk, server, place, world)
        flows = Flows(world)
        for flow in (flows.pay, flows.withdraw):
            flow()
            with disasters.filled(disk):
                cases, error = disasters.act_until_full(flow)
                assert storage.has_no_room(error), error
            # On a full disk PostgreSQL may not even let anybody in, or give up by itself.
            connections.close_all()
            server.start_if_down()
            kills.look([], "when there is room again")
            disasters.recover(cases)


def _buy_over_http_on_a_full_disk(disk: Path, server: Server, place: Place, world: World) -> None:
    buyer = world.buyers[0]
    token = create_token(User.objects.get(pk=buyer.user), name="shopper")[1]
    with disasters.serving(place) as port, ThreadPoolExecutor(1) as pool:
        shopper = Shopper(port, token, buyer.address)
        shopper.buy(world.variants[0].sku, key="purchase-before")
        enough = threading.Event()
        with disasters.filled(disk):
            buying = pool.submit(shopper.buy_until, enough, world.variants[0].sku)
            while not shopper.outages and not buying.done():
                # She may be waiting for a payment whose notice found no room, and only reading meanwhile: so somebody else writes.
                answer = disasters.ask(port, "POST", "/api/v1/visitors")
                if answer.status != http.HTTPStatus.CREATED:
                    shopper.outages.append(answer)
            enough.set()
        server.start_if_down()
        numbers = buying.result()
        page = disasters.ask(port, "GET", "/")
    # Whoever is let in is told of the full disk, whoever must connect anew is not even let in.
    assert {outage.code for outage in shopper.outages} in ({"storage.full"}, {"storage.full", "storage.away"}, {"storage.away"})
    assert page.status == 200
    assert Order.objects.filter(status="paid").count() == Order.objects.count() == len(set(numbers)) + 1
    disasters.recover([])


@contextmanager
def _small_disk(megabytes: int) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            yield stack.enter_context(disasters.small_disk(megabytes))
        except Problem as problem:
            pytest.skip(str(problem))


@pytest.mark.django_db
def test_a_full_media_folder_takes_no_picture_and_keeps_no_half_of_one(settings: Settings) -> None:
    staff = make_staff()
    product = make_product()
    buffer = io.BytesIO()
    Image.effect_noise((900, 900), 90).save(buffer, format="PNG")
    with _small_disk(1) as disk:
        settings.MEDIA_ROOT = disk
        with disasters.filled(disk, left_bytes=64 * 1024):
            with pytest.raises(DomainError) as refused:
                add_picture(staff, product.pk, buffer.getvalue())
            assert (refused.value.code, refused.value.status) == ("storage.full", 503)
            assert not product.pictures.exists()
            assert [path.name for path in disk.rglob("*") if path.is_file()] == ["ballast"]
        kept = add_picture(staff, product.pk, buffer.getvalue())
        assert (disk / kept.path).stat().st_size > 64 * 1024
