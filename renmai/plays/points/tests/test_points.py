"""Points: earned by what is kept, spent once, back with what goes back, gone when their time is over."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renmai.campaigns.models import Campaign, Reward, TermsVersion
from renmai.campaigns.plays import Line
from renmai.journeys import cancelling
from renmai.journeys.tests.lives import happen, keep, pay, send_back
from renmai.journeys.tests.world import customer, goods, lines, place, refused, violations
from renmai.kernel import clock
from renmai.ordering.models import Order, OrderLine
from renmai.plays.points import actions, audit, queries
from renmai.plays.points.models import Earning, Lot, Move, Spending
from renmai.plays.points.play import PLAY
from renmai.plays.points.rates import kept_fen, returned_points
from renmai.plays.points.tests.world import account, campaign, gift, ordered
from renmai.plays.points.words import REASONS
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def test_a_kept_order_earns_by_its_goods_without_freight() -> None:
    campaign()
    who, (peach,) = customer(), goods()
    order = pay(who, place(who, [(peach, 2)]))
    happen()
    assert not Earning.objects.exists()
    keep(order)
    assert order.freight_fen > 0
    assert account(who.user) == (399, 0, 0)
    assert violations() == []


def test_what_is_sent_back_before_it_is_kept_earns_nothing() -> None:
    campaign()
    who, (peach, cloth) = customer(), goods(2)
    order = send_back(pay(who, place(who, [(peach, 2), (cloth, 1)])), line=0, pieces=1)
    keep(order)
    assert account(who.user) == (399, 0, 0)
    assert violations() == []


def test_what_is_sent_back_later_takes_its_points_along_and_what_was_spent_is_owed() -> None:
    running = campaign()
    who, (peach, cloth) = customer(), goods(2, freight=False)
    order = keep(pay(who, place(who, [(peach, 2)])))
    assert account(who.user) == (399, 0, 0)
    other = ordered(who, running, cloth, 300)
    send_back(order, pieces=1)
    assert account(who.user) == (0, 300, 101)
    send_back(order, pieces=1)
    assert account(who.user) == (0, 300, 300)
    happen()
    assert violations() == []
    keep(pay(who, other))
    assert account(who.user) == (0, 0, 300 - 169)
    assert violations() == []


def test_the_terms_are_those_of_the_day_it_was_paid() -> None:
    running = campaign()
    who, (peach,) = customer(), goods(price_fen=1000)
    order = pay(who, place(who, [(peach, 1)]))
    terms = running.terms | {"earned_per_yuan": 50}
    Campaign.objects.filter(pk=running.pk).update(terms=terms, version=2, closed_at=clock.now(), status="ended")
    TermsVersion.objects.create(campaign=running, number=2, terms=terms)
    keep(order)
    assert account(who.user)[0] == 100
    late = customer()
    keep(pay(late, place(late, [(peach, 1)])))
    assert not Earning.objects.filter(user=late.user).exists()
    assert list(audit.violations()) == []


def test_no_campaign_no_points() -> None:
    who, (peach,) = customer(), goods()
    keep(pay(who, place(who, [(peach, 1)])))
    assert not Earning.objects.exists()
    assert PLAY.options(who.user, [Line(1, 1, 1, 100, 100)]) == []


def test_as_many_as_fit_take_off_at_most_the_share_and_cost_no_more_than_need_be() -> None:
    who, running, (peach,) = customer(), campaign(points_per_yuan=150), goods(freight=False)
    gift(who.user, 5000)
    order = ordered(who, running, peach)
    assert (order.discount_fen, order.participations.get().reference) == (999, "1499")
    assert account(who.user) == (3501, 1499, 0)
    with refused("points.amount"):
        ordered(who, running, peach, 1501)
    with refused("points.amount"):
        ordered(who, running, peach, "many")
    assert violations() == []


def test_few_points_wait() -> None:
    who, running, (peach,) = customer(), campaign(minimum_points=100), goods()
    gift(who.user, 99)
    with refused("points.too_few"):
        ordered(who, running, peach)
    option = PLAY.options(who.user, [Line(peach.pk, peach.product_id, 1, 1999, 1999)])[0]
    assert option.off_fen == 0
    assert "100" in option.why_not


def test_they_are_kept_spent_or_free_again() -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    gift(who.user, 1000)
    first = ordered(who, running, peach, 600)
    assert account(who.user) == (400, 600, 0)
    with refused("points.amount"):
        ordered(who, running, peach, 600)
    cancelling.cancel(who.user, first.number)
    assert account(who.user) == (1000, 0, 0)
    second = pay(who, ordered(who, running, peach, 600))
    assert account(who.user) == (400, 0, 0)
    assert [row.status for row in Spending.objects.order_by("order_id")] == ["given_back", "spent"]
    assert second.discount_fen == 600
    assert violations() == []


def test_the_points_of_returned_goods_come_back_piece_by_piece_and_sum() -> None:
    who, running, (peach,) = customer(), campaign(), goods(freight=False)
    gift(who.user, 1000)
    order = pay(who, ordered(who, running, peach, 1000, pieces=3))
    got = []
    for _piece in range(3):
        before = account(who.user)[0]
        order = send_back(order, pieces=1)
        got.append(account(who.user)[0] - before)
    assert (sum(got), max(got) - min(got) <= 1) == (1000, True)
    assert order.refunded_fen == order.payable_fen == sum(line.refunded_fen for line in lines(order))
    PLAY.refunded(order, order.participations.get())
    assert account(who.user) == (1000, 0, 0)
    assert violations() == []


def test_the_oldest_run_out_first_and_what_was_spent_came_out_of_them(moving_clock: MovingClock) -> None:
    who, running, (peach,) = customer(), campaign(), goods(freight=False)
    gift(who.user, 300, days=10)
    gift(who.user, 500, days=20)
    pay(who, ordered(who, running, peach, 200))
    balance = queries.balance(who.user)
    assert (balance.available, balance.ends_next) == (600, 100)
    moving_clock.advance(days=10)
    assert (queries.usable(who.user), queries.balance(who.user).ends_next) == (500, 500)
    assert (actions.expire_points(10), actions.expire_points(10)) == (1, 0)
    assert account(who.user)[0] == 500
    moving_clock.advance(days=10)
    assert (actions.expire_points(10), account(who.user)[0]) == (1, 0)
    assert list(audit.violations()) == []


def test_nothing_that_has_run_out_can_be_spent(moving_clock: MovingClock) -> None:
    who, running, (peach,) = customer(), campaign(), goods(freight=False)
    gift(who.user, 300, days=10)
    gift(who.user, 50, days=40)
    moving_clock.advance(days=10)
    with refused("points.amount"):
        ordered(who, running, peach, 51)
    assert ordered(who, running, peach, 50).discount_fen == 50
    assert account(who.user) == (0, 50, 0)


def test_points_of_an_order_that_ended_unpaid_keep_their_end(moving_clock: MovingClock) -> None:
    who, running, (peach,) = customer(), campaign(), goods()
    gift(who.user, 300, days=1)
    moving_clock.advance(hours=23, minutes=59)
    order = ordered(who, running, peach, 300)
    moving_clock.advance(minutes=2)
    assert actions.expire_points(10) == 1
    assert account(who.user) == (0, 300, 0)
    cancelling.cancel(who.user, order.number)
    assert account(who.user) == (0, 0, 0)
    assert Move.objects.filter(reason="expired").get().points == 300
    assert list(audit.violations()) == []


def test_a_reward_pays_what_is_owed_first() -> None:
    running = campaign()
    who, (peach, cloth) = customer(), goods(2, freight=False)
    order = keep(pay(who, place(who, [(peach, 1)])))
    pay(who, ordered(who, running, cloth, 199))
    order = send_back(order)
    assert account(who.user) == (0, 0, 199)
    reward = Reward.objects.create(
        campaign=running, beneficiary=who.user, order=order, benefit="points", amount=250, cause="test:1"
    )
    assert PLAY.give(reward) == f"reward:{reward.pk}"
    assert account(who.user) == (51, 0, 0)
    assert (Lot.objects.get(cause=f"reward:{reward.pk}").points, PLAY.cost_fen("points", 250)) == (51, 250)
    assert violations() == []


def test_each_line_of_the_statement_says_why(statements: Any) -> None:
    running = campaign()
    who, (peach, cloth) = customer(), goods(2, freight=False)
    order = keep(pay(who, place(who, [(peach, 1)])))
    cancelling.cancel(who.user, ordered(who, running, cloth, 100).number)
    pay(who, ordered(who, running, cloth, 199))
    send_back(order)
    with statements(2):
        page = queries.statement(who.user)
    assert [(line.points, line.is_debt) for line in page.object_list] == [
        (-199, True),
        (-199, False),
        (100, False),
        (-100, False),
        (199, False),
    ]
    assert {line.title for line in page.object_list} <= {str(title) for title, _why in REASONS.values()}
    assert sum(line.points for line in page.object_list if not line.is_debt) == account(who.user)[0] == 0


def test_its_terms_must_go_together() -> None:
    with refused("points.nothing"):
        campaign(earned_per_yuan=100, points_per_yuan=100)


@settings(max_examples=200, deadline=None)
@given(
    parts=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5000)), min_size=1, max_size=5),
    points=st.integers(1, 10_000),
    data=st.data(),
)
def test_however_goods_go_back_their_points_sum(parts: list[tuple[int, int]], points: int, data: st.DataObject) -> None:
    rows = [OrderLine(quantity=pieces, unit_price_fen=7, amount_fen=fen) for pieces, fen in parts]
    before = 0
    while left := [row for row in rows if row.refunded_quantity < row.quantity]:
        row = data.draw(st.sampled_from(left))
        row.refunded_quantity += data.draw(st.integers(1, row.quantity - row.refunded_quantity))
        now = returned_points(points, rows)
        assert before <= now <= points
        before = now
    assert before == points
    assert kept_fen(rows) == 0


def test_the_figures_are_those_of_its_rows() -> None:
    running = campaign()
    who, (peach,) = customer(), goods(freight=False)
    keep(pay(who, place(who, [(peach, 1)])))
    pay(who, ordered(who, running, peach, 100))
    assert [figure.value for figure in PLAY.figures(running)] == [199, 100, 1, 100, 99]
    assert Order.objects.filter(points_spending__status="spent").count() == 1
