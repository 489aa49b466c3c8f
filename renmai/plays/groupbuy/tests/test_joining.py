"""Opening, joining, filling and failing: who gets what, and what it costs in the end."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import choice
from renmai.care.models import Message
from renmai.care.queries import inbox
from renmai.catalogue.models import Sku
from renmai.journeys import cancelling
from renmai.journeys.checkout import quote
from renmai.journeys.tests.world import customer, draft, fresh, goods, refused, stock, violations
from renmai.ordering.models import Shipment
from renmai.plays.groupbuy import actions
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.tests import world
from renmai.plays.groupbuy.tests.world import (
    TIERS,
    campaign,
    joined,
    now,
    opened,
    order,
    paid_by,
    pay,
    refunded,
    seat_of,
    settle_down,
    states,
)
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

FREIGHT = 800


def test_the_first_payment_opens_a_group_and_nothing_is_packed() -> None:
    running = campaign()
    placed = order(running)
    assert (placed.payable_fen, placed.held_for, seat_of(placed).status) == (2000 + FREIGHT, "groupbuy", "waiting")
    assert Group.objects.count() == 0
    assert pay(placed) == "paid"
    group, seat = Group.objects.get(), seat_of(placed)
    assert (group.status, group.joined, group.size, group.leader_id) == ("open", 1, 3, placed.buyer_id)
    assert (seat.status, seat.group, seat.place, seat.opens) == ("taken", group, 1, True)
    assert not Shipment.objects.exists()
    settle_down()
    assert not Shipment.objects.exists()
    assert violations() == []


def test_a_full_group_leaves_at_the_price_it_reached() -> None:
    group = opened(campaign())
    for _number in range(2):
        joined(group)
    group = now(group)
    assert (group.status, group.reason, group.joined, group.price_fen) == ("done", "full", 3, 1500)
    settle_down(sweeps=False)
    assert states(group) == ["kept"] * 3
    for seat in Seat.objects.select_related("order"):
        bought = fresh(seat.order)
        assert (bought.status, bought.held_for, bought.refunded_fen, refunded(bought)) == ("paid", "", 500, [500])
        assert Shipment.objects.get(order=bought).status == "waiting"
    assert violations() == []


def test_a_group_that_does_not_fill_gives_everything_back_once(moving_clock: MovingClock) -> None:
    running = campaign()
    group = opened(running)
    seat = joined(group, pieces=2)
    assert stock(world.sku_of(running)) == (997, 0, 3)
    moving_clock.advance(hours=24)
    settle_down()
    settle_down()
    assert (now(group).status, now(group).reason, states(group)) == ("failed", "expired", ["returned", "returned"])
    assert (fresh(seat.order).status, refunded(seat.order)) == ("refunded", [4000 + FREIGHT])
    assert stock(world.sku_of(running)) == (1000, 0, 0)
    assert violations() == []


def test_enough_people_are_enough_where_that_was_declared(moving_clock: MovingClock) -> None:
    group = opened(campaign(terms={"threshold": 2}))
    joined(group)
    alone = opened(campaign(terms={"threshold": 2}))
    moving_clock.advance(hours=25)
    settle_down()
    assert (now(group).status, now(group).reason, now(group).price_fen, states(group)) == (
        "done",
        "threshold",
        2000,
        ["kept"] * 2,
    )
    assert not refunded(Seat.objects.filter(group=group)[0].order)
    assert (now(alone).status, states(alone)) == ("failed", ["returned"])
    assert violations() == []


def test_the_leader_pays_less_and_whoever_leads_in_the_end_has_paid_less() -> None:
    running = campaign(terms={"leader_off_fen": 300})
    first = customer()
    group = opened(running, who=first, pieces=2)
    assert Seat.objects.get().order.payable_fen == 2 * 1700 + FREIGHT
    heir, other = joined(group, pieces=2), joined(group)
    assert states(group) == ["taken"] * 3
    assert now(group).status == "done"
    settle_down()
    assert [refunded(seat.order) for seat in (Seat.objects.get(user=first.user), heir, other)] == [[1000], [1000], [500]]

    group = opened(running, who=first)
    heir = joined(group, pieces=2)
    actions.leave(first.user, group.number)
    for _number in range(2):
        joined(group)
    settle_down()
    assert now(group).leader_id == heir.user_id
    assert states(group) == ["left", "kept", "kept", "kept"]
    assert refunded(heir.order) == [2 * (500 + 300)]
    assert violations() == []


@pytest.mark.parametrize(("off_fen", "says"), [(300, "¥3.00 for each piece comes back to you"), (0, "you need not do anything")])
def test_whoever_takes_over_is_told_once_and_nobody_else(off_fen: int, says: str) -> None:
    first, running = customer(), campaign(terms={"leader_off_fen": off_fen})
    group = opened(running, who=first)
    actions.leave(joined(group).user, group.number)
    heir = joined(group)
    assert not Message.objects.filter(kind__startswith="groupbuy").exists()
    actions.leave(first.user, group.number)
    message = Message.objects.get(kind__startswith="groupbuy")
    assert (message.user_id, message.link) == (heir.user_id, f"page:/play/groupbuy/{group.number}/")
    with translation.override("en"):
        view = next(view for view in inbox(heir.user) if view.kind == message.kind)
        assert (view.title, says in view.body) == ("You lead the group now", True)
        assert Sku.objects.get(pk=group.sku_id).product.title in view.body


def test_each_group_keeps_the_terms_it_was_opened_under(moving_clock: MovingClock) -> None:
    running = campaign()
    group = opened(running)
    new_terms = running.terms | {"tiers": [[2, 900]], "timer_minutes": 60}
    Campaign.objects.filter(pk=running.pk).update(terms=new_terms, version=2)
    running.versions.create(number=2, terms=new_terms)
    running.refresh_from_db()
    seat = joined(Group.objects.get())
    assert seat.order.payable_fen == 2000 + FREIGHT
    newer = opened(running)
    assert (newer.size, newer.expires_at - newer.opened_at) == (2, timedelta(hours=1))
    joined(group)
    joined(newer)
    settle_down()
    assert [(row.status, row.price_fen) for row in Group.objects.order_by("pk")] == [("done", 1500), ("done", 900)]
    assert refunded(seat.order) == [500]
    assert violations() == []


def test_nobody_joins_twice_what_is_full_or_over(moving_clock: MovingClock) -> None:
    who, running = customer(), campaign(terms={"tiers": [[2, 2000]]})
    group = opened(running, who=who)
    with refused("groupbuy.already_in"):
        order(running, group.number, who=who)
    with refused("request.not_found"):
        order(campaign(), group.number)
    with refused("groupbuy.late"):
        order(running, f"{group.number}.perhaps")
    joined(group)
    with refused("groupbuy.full"):
        order(running, group.number)
    other = opened(running)
    moving_clock.advance(hours=24)
    with refused("groupbuy.over"):
        order(running, other.number)


def test_goods_and_pieces_must_fit() -> None:
    running, who = campaign(), customer()
    (other,) = goods(price_fen=9000)
    with refused("groupbuy.other_goods"):
        quote(who.user, draft(who, [(other, 1)], plays=(choice(running),)))
    with refused("groupbuy.other_goods"):
        quote(who.user, draft(who, [(world.sku_of(running), 1), (other, 1)], plays=(choice(running),)))
    with refused("groupbuy.pieces"):
        order(running, pieces=6)
    sku = world.sku_of(running)
    sku.price_fen = 2000
    sku.save()
    with refused("groupbuy.cheaper_alone"):
        order(running)


def test_orders_per_person_are_limited_and_what_failed_does_not_count() -> None:
    running, who = campaign(terms={"limit": 2}), customer()
    first, second = order(running, who=who), order(running, who=who)
    with refused("groupbuy.limit"):
        order(running, who=who)
    assert list(Seat.objects.order_by("turn").values_list("turn", flat=True)) == [1, 2]
    cancelling.cancel(who.user, first.number)
    assert (seat_of(first).status, seat_of(first).turn) == ("cancelled", None)
    third = order(running, who=who)
    assert seat_of(third).turn == 1
    pay(second)
    actions.leave(who.user, Group.objects.get().number)
    assert seat_of(order(running, who=who)).turn == 2
    assert violations() == []


@pytest.mark.parametrize(("chosen", "late"), [("", "refund"), (".refund", "refund"), (".new", "new")])
def test_who_pays_when_the_group_is_full_gets_what_she_chose(chosen: str, late: str) -> None:
    group = opened(campaign(terms={"tiers": [[2, 2000]]}))
    slow = order(group.campaign, group.number + chosen)
    joined(group)
    assert pay(slow) == "paid"
    if late == "new":
        own = seat_of(slow).group
        assert own is not None
        assert (own.leader_id, own.status, own.joined, own.price_fen) == (slow.buyer_id, "open", 1, None)
        assert own != group
        settle_down()
        assert refunded(slow) == []
    else:
        assert (seat_of(slow).status, seat_of(slow).group) == ("missed", None)
        settle_down(sweeps=False)
        assert (seat_of(slow).status, refunded(slow), fresh(slow).status) == ("returned", [2800], "refunded")
    assert now(group).joined == 2
    assert violations() == []


def test_a_second_order_for_the_same_group_goes_back_whatever_she_chose() -> None:
    who, group = customer(), opened(campaign())
    first, second = (order(group.campaign, f"{group.number}.new", who=who) for _number in range(2))
    assert [pay(first), pay(second)] == ["paid", "paid"]
    assert (now(group).joined, seat_of(second).status) == (2, "missed")
    settle_down()
    assert (states(group), refunded(first), refunded(second)) == (["taken", "taken"], [], [2800])
    assert violations() == []


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_second_order_for_a_group_that_failed_gets_what_she_chose(moving_clock: MovingClock, *, is_kept: bool) -> None:
    """Whether the worker has given the first one's money back yet makes no difference."""
    who, group = customer(), opened(campaign())
    first, second = (order(group.campaign, f"{group.number}.new", who=who) for _number in range(2))
    pay(first)
    pays_late = paid_by(second)
    moving_clock.advance(minutes=group.terms.terms["timer_minutes"])
    actions.expire_groups(10)
    if is_kept:
        settle_down()
    pays_late()
    own = seat_of(second).group
    assert own is not None
    assert (now(group).status, own.status, own.leader_id) == ("failed", "open", who.user.pk)
    settle_down()
    assert (refunded(first), refunded(second), violations()) == ([2800], [], [])


@pytest.mark.parametrize(
    ("status", "outcome"), [("launched", "taken"), ("paused", "taken"), ("stopped", "missed"), ("ended", "missed")]
)
def test_an_opener_whose_campaign_closed_meanwhile(status: str, outcome: str) -> None:
    running = campaign()
    placed = order(running)
    Campaign.objects.filter(pk=running.pk).update(status=status)
    pay(placed)
    assert seat_of(placed).status == outcome
    settle_down()
    assert violations() == []


def test_a_group_that_began_can_be_joined_after_its_campaign_stopped() -> None:
    group = opened(campaign())
    Campaign.objects.update(status="stopped")
    with refused("campaigns.not_open"):
        order(group.campaign)
    joined(group)
    assert now(group).joined == 2


def test_a_group_ends_with_its_campaign(moving_clock: MovingClock) -> None:
    running = campaign(ends_at=moving_clock.now + timedelta(hours=3))
    group = opened(running)
    assert group.expires_at == running.ends_at
    placed = order(running, group.number)
    assert placed.pay_before <= group.expires_at
    slow = order(running)
    moving_clock.advance(hours=3, minutes=1)
    settle_down()
    assert now(group).status == "failed"
    del placed, slow


def test_leaving_frees_the_place_and_gives_everything_back() -> None:
    running, who = campaign(), customer()
    group = opened(running)
    placed = order(running, group.number, who=who)
    pay(placed)
    with refused("groupbuy.not_in"):
        actions.leave(customer().user, group.number)
    left = actions.leave(who.user, group.number)
    assert (left.joined, left.arrivals, left.leader_id == group.leader_id) == (1, 2, True)
    with refused("groupbuy.not_in"):
        actions.leave(who.user, group.number)
    settle_down()
    assert (seat_of(placed).status, refunded(placed)) == ("left", [2800])
    again = joined(group, who=who)
    assert (again.place, now(group).joined) == (3, 2)
    joined(group)
    with refused("groupbuy.cannot_leave"):
        actions.leave(who.user, group.number)
    settle_down()
    assert (states(group), stock(world.sku_of(running))) == (["kept", "left", "kept", "kept"], (997, 0, 3))
    assert violations() == []


def test_a_group_that_everybody_left_is_over() -> None:
    who = customer()
    group = opened(campaign(), who=who)
    slow = order(group.campaign, group.number)
    left = actions.leave(who.user, group.number)
    assert (left.status, left.reason, left.joined) == ("failed", "left", 0)
    pay(slow)
    settle_down()
    assert (seat_of(slow).status, refunded(slow)) == ("returned", [2800])
    assert violations() == []


def test_statements_of_joining() -> None:
    group = opened(campaign(terms={"limit": 3, "tiers": [[2, 2000], [9, 1000]]}))
    joined(group)  # plans are compiled once
    who = customer()
    with CaptureQueriesContext(connection) as sent:
        placed = order(group.campaign, group.number, who=who)
    own = [query["sql"] for query in sent if "groupbuy_" in query["sql"]]
    assert len(own) == 3, own
    act = world.paid_by(placed)
    with CaptureQueriesContext(connection) as sent:
        assert act() == "paid"
    own = [query["sql"] for query in sent if "groupbuy_" in query["sql"]]
    assert len(own) == 2, own


def test_terms_that_do_not_go_together() -> None:
    from renmai.campaigns.plays import play

    terms = campaign().terms
    for wrong, code in (
        ({"leader_off_fen": 1500}, "groupbuy.leader_price"),
        ({"threshold": 1}, "groupbuy.threshold"),
        ({"threshold": 4}, "groupbuy.threshold"),
        ({"tiers": [[2, 3000], [3, 1500]]}, "groupbuy.above_shop_price"),
    ):
        with refused(code):
            play("groupbuy").check(terms | wrong)
    play("groupbuy").check(terms | {"threshold": 2, "leader_off_fen": 1499})
    assert TIERS == [[2, 2000], [3, 1500]]
