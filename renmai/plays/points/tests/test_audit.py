"""Each rule of the audit of points is broken once, and found."""

from datetime import timedelta

import pytest
from django.db.models import F

from renmai.campaigns.models import Participation
from renmai.journeys.tests.lives import keep, pay
from renmai.journeys.tests.world import customer, goods, place
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.points.audit import violations
from renmai.plays.points.models import Account, Earning, Lot, Move, Spending
from renmai.plays.points.tests.world import campaign, ordered

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [str(one) for one in violations()]


@pytest.fixture(autouse=True)
def _life() -> None:
    """An order that earned 199 points, and one that spends 100 of them."""
    running = campaign()
    who, (peach,) = customer(), goods(freight=False)
    keep(pay(who, place(who, [(peach, 1)])))
    pay(who, ordered(who, running, peach, 100))
    assert found() == []


@pytest.mark.parametrize(("field", "says"), [("issued", "issued 200 ≠ 199"), ("gone", "gone 101 ≠ 100"), ("debt", "debt 1 ≠ 0")])
def test_totals_that_no_move_explains(field: str, says: str) -> None:
    Account.objects.update(**{field: F(field) + 1})
    assert any(says in one for one in found())


def test_a_way_that_there_is_not() -> None:
    Move.objects.filter(reason="spent").update(target="expired")
    assert any("from reserved to expired" in one for one in found())


def test_lots_that_no_move_brought() -> None:
    Lot.objects.update(points=198)
    said = found()
    assert any("199 points came, 198 lie in lots" in one for one in said)
    assert any("that no move brought" in one for one in said)


def test_spent_in_an_order_that_was_never_paid() -> None:
    Order.objects.filter(points_spending__isnull=False).update(paid_at=None)
    assert any("its points are spent" in one for one in found())


def test_more_off_than_they_are_worth() -> None:
    Participation.objects.update(discount_fen=101)
    Spending.objects.update(off_fen=101)
    assert ["101 fen off for 100 points" in one for one in found()] == [True]


def test_a_grant_without_points_and_points_without_a_grant() -> None:
    Participation.objects.update(reference="99", discount_fen=99)
    said = found()
    assert any("and no such grant" in one for one in said)
    assert any("for points that it does not have" in one for one in said)


def test_another_sum_than_the_goods_earn() -> None:
    Earning.objects.update(points=198)
    said = found()
    assert any("has earned 198 points with 1999 fen of goods" in one for one in said)
    assert any("199 were booked" in one for one in said)


def test_earned_before_it_was_kept() -> None:
    Order.objects.filter(points_earning__isnull=False).update(settled_at=None)
    assert any("was not kept" in one for one in found())


def test_a_lot_that_is_not_ended_in_time() -> None:
    Lot.objects.update(expires_at=clock.now() - timedelta(hours=2))
    assert any("not ended in time" in one for one in found())
