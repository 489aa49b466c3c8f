"""Starting, helping and buying."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from renmai.accounts.tests.factories import make_member, make_staff
from renmai.campaigns.actions import Draft, change, compose, launch, stop
from renmai.campaigns.models import Campaign, Participation
from renmai.catalogue.actions.prices import set_price
from renmai.journeys import cancelling
from renmai.journeys.tests.world import at_cashier, begin_payment, customer, fresh, goods, lines, refused, settle_down, violations
from renmai.kernel import clock
from renmai.plays.bargain.actions import expire_due, help_cut, start
from renmai.plays.bargain.models import Bargain, Cut
from renmai.plays.bargain.tests.world import FLOOR, PRICE, bargaining, helped, now, ordered, started
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_friends_cut_it_to_the_floor_and_it_is_bought_for_that() -> None:
    who = customer()
    bargain = started(who)
    assert bargain.price_fen == PRICE - bargain.first_cut_fen
    assert (PRICE - FLOOR) // 10 <= bargain.first_cut_fen <= (PRICE - FLOOR) // 5
    helped(bargain, 3)
    bargain = now(bargain)
    assert (bargain.price_fen, bargain.cut_count, bargain.is_at_floor) == (FLOOR, 3, True)
    order = ordered(who, bargain)
    assert order.payable_fen == FLOOR
    assert [line.discount_fen for line in lines(order)] == [PRICE - FLOOR]
    assert list(order.adjustments.values_list("kind", "amount_fen", "reference")) == [("bargain", FLOOR - PRICE, bargain.number)]
    at_cashier(begin_payment(who, order))
    settle_down()
    assert (now(bargain).status, fresh(order).status) == ("bought", "paid")
    assert now(bargain).order_id == order.pk
    assert violations() == []


def test_it_can_be_bought_on_the_way_down() -> None:
    who = customer()
    bargain = started(who)
    helped(bargain, 1)
    bargain = now(bargain)
    assert FLOOR < bargain.price_fen < PRICE
    assert ordered(who, bargain).payable_fen == bargain.price_fen
    assert violations() == []


def test_only_at_the_floor_means_only_at_the_floor() -> None:
    who = customer()
    bargain = started(who, bargaining(buy="at_floor"))
    helped(bargain, 2)
    with refused("bargain.not_yet"):
        ordered(who, bargain)
    helped(bargain, 1)
    assert ordered(who, bargain).payable_fen == FLOOR


def test_the_price_is_for_one_piece_of_these_goods_alone() -> None:
    who, (other,) = customer(), goods(freight=False)
    bargain = started(who)
    for wants in ([(bargain.sku, 2)], [(bargain.sku, 1), (other, 1)], [(other, 1)]):
        with refused("bargain.one_piece"):
            ordered(who, bargain, wants=wants)
    stranger = customer()
    with refused("request.not_found"):
        ordered(stranger, bargain)


def test_who_may_help_and_how_often() -> None:
    who, friend = customer(), make_member()
    campaign = bargaining(helps_per_day=2)
    bargain = started(who, campaign)
    with refused("bargain.own"):
        help_cut(who.user, bargain.number)
    help_cut(friend, bargain.number)
    with refused("bargain.helped"):
        help_cut(friend, bargain.number)
    with refused("request.not_found"):
        help_cut(friend, "B000000-NOTHERE")
    helped(bargain, 2)
    with refused("bargain.enough"):
        help_cut(make_member(), bargain.number)
    assert Cut.objects.filter(bargain=bargain).count() == 3
    help_cut(friend, started(customer(), campaign).number)
    with refused("bargain.helps_today"):
        help_cut(friend, started(customer(), campaign).number)


def test_the_daily_limit_ends_with_the_day_in_china(moving_clock: MovingClock) -> None:
    friend, campaign = make_member(), bargaining(helps_per_day=1)
    help_cut(friend, started(customer(), campaign).number)
    # 10:00 in Shanghai; 13 h 59 min later it is the same day there and the same in UTC, two minutes on only UTC's day is the same.
    moving_clock.advance(hours=13, minutes=59)
    with refused("bargain.helps_today"):
        help_cut(friend, started(customer(), campaign).number)
    moving_clock.advance(minutes=2)
    assert help_cut(friend, started(customer(), campaign).number).turn == 1


def test_one_at_a_time_and_so_many_per_person(moving_clock: MovingClock) -> None:
    who, campaign = customer(), bargaining(per_person=2, hours=1)
    first = started(who, campaign)
    assert started(who, campaign).pk == first.pk
    moving_clock.advance(hours=2)
    second = started(who, campaign)
    assert (second.ordinal, now(first).status) == (2, "expired")
    moving_clock.advance(hours=2)
    with refused("bargain.limit"):
        started(who, campaign)


def test_time_runs_out(moving_clock: MovingClock) -> None:
    who = customer()
    bargain = started(who, bargaining(hours=2))
    moving_clock.advance(hours=2)
    with refused("bargain.over"):
        help_cut(make_member(), bargain.number)
    with refused("bargain.over"):
        ordered(who, bargain)
    assert expire_due(10) == 1
    assert expire_due(10) == 0
    assert (now(bargain).status, now(bargain).closed_at) == ("expired", clock.now())
    # A clock that was set back does not bring it to life again.
    moving_clock.advance(hours=-1)
    with refused("bargain.over"):
        help_cut(make_member(), bargain.number)


def test_while_an_order_waits_the_price_stands_still_and_cancelling_lets_it_go_on(moving_clock: MovingClock) -> None:
    who = customer()
    bargain = started(who, bargaining(hours=2))
    order = ordered(who, bargain)
    assert now(bargain).status == "ordered"
    with refused("bargain.being_bought"):
        help_cut(make_member(), bargain.number)
    with refused("bargain.over"):
        ordered(who, bargain)
    moving_clock.advance(hours=3)
    assert expire_due(10) == 0
    cancelling.cancel(who.user, order.number)
    assert (now(bargain).status, now(bargain).order_id) == ("open", None)
    assert expire_due(10) == 1
    settle_down()
    assert violations() == []


def test_after_cancelling_it_is_bought_once_all_the_same() -> None:
    who = customer()
    bargain = started(who)
    cancelling.cancel(who.user, ordered(who, bargain).number)
    helped(bargain, 3)
    order = ordered(who, bargain)
    at_cashier(begin_payment(who, order))
    assert (fresh(order).payable_fen, now(bargain).status) == (FLOOR, "bought")
    with refused("bargain.over"):
        ordered(who, bargain)
    assert violations() == []


def test_goods_that_became_cheaper_cost_their_own_price() -> None:
    who, actor = customer(), make_staff()
    bargain = started(who)
    set_price(actor, bargain.sku_id, price_fen=1200)
    order = ordered(who, bargain)
    assert (order.payable_fen, now(bargain).status) == (1200, "ordered")
    assert violations() == []


def test_goods_that_became_dearer_keep_the_bargains_price() -> None:
    who, actor = customer(), make_staff()
    bargain = started(who)
    set_price(actor, bargain.sku_id, price_fen=PRICE * 2)
    assert ordered(who, bargain).payable_fen == bargain.price_fen


def test_a_bargain_keeps_the_terms_it_began_with() -> None:
    actor, (sku,) = make_staff(), goods(price_fen=PRICE, freight=False)
    campaign = launch(actor, compose(actor, "bargain", a_draft(sku.pk)))
    who = customer()
    bargain = started(who, campaign)
    changed = change(actor, campaign, a_draft(sku.pk, starts_at=campaign.starts_at, helpers=1, floor_fen=2000))
    helped(bargain, 3)
    assert (now(bargain).price_fen, now(bargain).version) == (FLOOR, 1)
    assert ordered(who, bargain).payable_fen == FLOOR
    assert Participation.objects.get().version == 2
    another = started(customer(), changed)
    assert (another.helpers, another.floor_fen, another.version) == (1, 2000, 2)
    stop(actor, changed, reason="enough of it")
    helped(another, 1)
    with refused("campaigns.not_open"):
        started(customer(), changed)
    assert violations() == []


def test_where_it_is_banned_it_is_refused_with_the_rule() -> None:
    actor, (sku,) = make_staff(), goods(price_fen=PRICE)
    for channel in ("wechat", "wecom"):
        campaign = compose(actor, "bargain", a_draft(sku.pk, channels=("web", channel)))
        with refused("campaigns.refused_by_policy") as error:
            launch(actor, campaign)
        assert error.value.details["rule"] == "wechat.bargain_assist"
    bargain = started(customer())
    for channel in ("wechat", "wecom"):
        with refused("policy.refused") as error:
            help_cut(make_member(), bargain.number, channel=channel)
        assert error.value.details["rule"] == "wechat.bargain_assist"
        with refused("policy.refused"):
            start(make_member(), bargain.campaign_id, channel=channel)
    assert not Cut.objects.exists()


def test_terms_that_do_not_fit_together() -> None:
    actor, (sku,) = make_staff(), goods(price_fen=PRICE)
    for terms, code, field in (
        ({"first_least": 3000, "first_most": 2000}, "bargain.first_cut", "first_most"),
        ({"floor_fen": PRICE - 2}, "bargain.no_room", "floor_fen"),
        ({"helpers": 101}, "campaigns.value", "helpers"),
        ({"sku_id": 0}, "campaigns.value", "sku_id"),
        ({"buy": "never"}, "campaigns.value", "buy"),
    ):
        with refused(code) as error:
            compose(actor, "bargain", a_draft(sku.pk, **terms))
        assert error.value.field == field


def test_a_price_that_fell_to_the_floor_starts_no_bargain() -> None:
    actor, campaign = make_staff(), bargaining()
    set_price(actor, started(customer(), campaign).sku_id, price_fen=FLOOR + 2)
    with refused("bargain.no_room"):
        started(customer(), campaign)


def test_a_budget_counts_what_was_taken_off() -> None:
    who = customer()
    bargain = started(who, bargaining(fields={"budget_fen": 3000}))
    helped(bargain, 3)
    with refused("campaigns.budget"):
        ordered(who, bargain)
    assert now(bargain).status == "open"
    Campaign.objects.update(budget_fen=PRICE)
    order = ordered(who, bargain)
    assert Campaign.objects.get().spent_fen == PRICE - FLOOR
    cancelling.cancel(who.user, order.number)
    assert Campaign.objects.get().spent_fen == 0


def a_draft(sku_id: int, /, *, channels: tuple[str, ...] = ("web",), starts_at: datetime | None = None, **terms: Any) -> Draft:
    return Draft(
        title_zh="砍价",
        channels=channels,
        starts_at=starts_at or clock.now() - timedelta(hours=1),
        ends_at=clock.now() + timedelta(days=3),
        terms={"sku_id": sku_id, "floor_fen": FLOOR, "helpers": 3} | terms,
    )


def test_a_bargain_that_nobody_touches_is_never_two(moving_clock: MovingClock) -> None:
    who = customer()
    bargain = started(who)
    moving_clock.advance(days=1)
    expire_due(10)
    assert Bargain.objects.filter(owner=who.user).count() == 1
    assert now(bargain).off_fen == bargain.first_cut_fen
