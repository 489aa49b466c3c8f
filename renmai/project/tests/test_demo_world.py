"""The world comes out the same every time, and nothing goes astray in it."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from renmai.demo import world
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.project import timers
from renmai.project.audit import all_violations
from renmai.project.worker import keep_up
from renmai.sharing.models import Share, Visit

END = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
DAYS = 9

Digest = tuple[list[tuple[str, str, int, datetime]], list[str], int]


def live() -> Digest:
    """Live a short world and return what people would compare of it."""
    days: list[int] = []
    timers.start_over()
    world.build(settle=keep_up, advance=days.append, end=END, days=DAYS)
    assert sum(days) == DAYS
    orders = list(Order.objects.order_by("number").values_list("number", "status", "payable_fen", "placed_at"))
    return orders, list(Share.objects.order_by("pk").values_list("code", flat=True)), Visit.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_world_is_clean_and_the_same_every_time(tmp_path: object, settings: Settings) -> None:
    settings.RENMAI_HOME = tmp_path
    first = live()
    assert len(first[0]) >= 10
    with clock.travel(END):
        assert [str(found) for found in all_violations()] == []
    call_command("flush", interactive=False, verbosity=0)
    assert live() == first


@pytest.mark.django_db
def test_the_doors_are_shut_outside_the_demo(client: Client, settings: Settings) -> None:
    settings.RENMAI_DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/as/owner/").status_code == 404
