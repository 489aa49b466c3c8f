"""The world comes out the same every time, and nothing goes astray in it."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from renmai.campaigns.models import Campaign, Reward
from renmai.campaigns.plays import plays
from renmai.demo import cast, world
from renmai.distribution.models import Commission, LeaderTerm
from renmai.kernel import clock
from renmai.kernel.models import Alert
from renmai.ordering.models import Order
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.invitation.models import Invitation
from renmai.plays.presale.models import Booking
from renmai.project import timers
from renmai.project.audit import all_violations
from renmai.project.worker import keep_up
from renmai.sharing.models import Share, Visit

END = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
DAYS = 9
LONG_ENOUGH_TO_BE_THANKED = 26
"""An order that is kept takes nearly two weeks: a few days to come, the window of returns, a day until its reward."""

Digest = tuple[list[tuple[str, str, int, datetime]], list[str], int]


def live(length: int = DAYS) -> Digest:
    """Live a short world as ``renmai demo`` does and return what people would compare of it."""
    days: list[int] = []
    timers.start_over()
    world.build(settle=partial(keep_up, is_leaping=True), advance=days.append, end=END, days=length)
    with clock.travel(END):
        keep_up()
    assert sum(days) == length
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


@pytest.mark.django_db(transaction=True)
def test_every_play_can_be_seen_at_work(tmp_path: object, settings: Settings) -> None:
    settings.RENMAI_HOME = tmp_path
    live(LONG_ENOUGH_TO_BE_THANKED)
    star = cast.busiest_customer()
    titles = list(Campaign.objects.values_list("title_zh", flat=True))
    assert sorted(set(titles)) == sorted(titles)
    assert {campaign.play for campaign in Campaign.objects.all()} == set(plays())

    thanked = Reward.objects.filter(beneficiary=star, brought__isnull=False)
    assert sorted(thanked.values_list("status", flat=True)) == ["granted", "waiting"]
    assert set(Invitation.objects.filter(inviter=star, kept_order=None).values_list("invited__orders__status", flat=True)) == {
        "shipped",
        None,
    }
    held = list(Reward.objects.filter(status="review"))
    assert len(held) == 9
    reasons = [[row["code"] for row in reward.reasons] for reward in held]
    assert all({"phone", "newcomers"} <= set(codes) and len(codes) == len(set(codes)) for codes in reasons)
    assert sorted(Reward.objects.exclude(answer="").values_list("status", flat=True)) == ["granted", "granted", "refused"]

    (sold, with_line) = Sale.objects.order_by("pk")
    tickets = Ticket.objects.values_list("status", flat=True)
    assert set(tickets.filter(campaign=sold.campaign)) == {"bought"}
    assert sorted(tickets.filter(campaign=with_line.campaign)) == ["bought"] * 4 + ["left"] * 2 + ["waiting"] * 2
    assert set(tickets.filter(user=star)) == {"bought", "waiting"}

    bookings = Booking.objects.filter(user=star, order__deposit_paid_at__isnull=False).order_by("booked_at")
    assert [booking.order.paid_at is not None for booking in bookings].count(True) == 1
    with clock.travel(END):
        assert [booking.order.can_be_paid for booking in bookings].count(True) == 1
        assert [str(found) for found in all_violations()] == []
    assert LeaderTerm.objects.filter(leader=cast.busiest_agent().agent, until=None).count() >= 4  # type: ignore[union-attr]
    assert Commission.objects.filter(depth=2, amount_fen__gt=0).exists()
    assert not Alert.objects.filter(resolved_at=None).exclude(code__in=["pyramid.near", "shipment.late"]).exists()


@pytest.mark.django_db
def test_the_doors_are_shut_outside_the_demo(client: Client, settings: Settings) -> None:
    settings.RENMAI_DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/as/owner/").status_code == 404
