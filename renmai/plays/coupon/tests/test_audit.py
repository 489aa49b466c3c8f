"""Each rule of the audit of coupons is broken once, and found."""

from datetime import timedelta

import pytest
from django.db.models import F

from renmai.campaigns.models import Campaign, Participation
from renmai.journeys.tests.lives import pay
from renmai.journeys.tests.world import customer, goods
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.plays.coupon.audit import violations
from renmai.plays.coupon.models import Coupon, CouponStock
from renmai.plays.coupon.tests.world import campaign, claimed, ordered

pytestmark = pytest.mark.django_db


def found() -> list[str]:
    return [str(one) for one in violations()]


def used() -> Coupon:
    who, (peach,) = customer(), goods()
    coupon = claimed(who)
    pay(who, ordered(who, coupon, peach))
    assert found() == []
    return Coupon.objects.get(pk=coupon.pk)


def test_more_issued_than_there_are() -> None:
    claimed(customer(), campaign())
    CouponStock.objects.update(issued=F("issued") + 1)
    assert len(found()) == 1
    assert "2 coupons issued, 1 are there" in found()[0]


def test_used_without_money() -> None:
    coupon = used()
    Order.objects.filter(coupon=coupon).update(paid_at=None)
    assert any("in another state" in one for one in found())


def test_in_somebody_elses_order() -> None:
    coupon = used()
    Coupon.objects.filter(pk=coupon.pk).update(owner=customer().user)
    assert any("not hers" in one for one in found())


def test_an_order_that_got_nothing_for_it() -> None:
    used()
    Participation.objects.update(reference="OTHER")
    said = found()
    assert any("which got nothing for it" in one for one in said)
    assert any("which it does not have" in one for one in said)


def test_more_than_stands_on_it() -> None:
    used()
    Participation.objects.update(discount_fen=1001)
    assert any("took 1001 fen off" in one for one in found())


def test_a_budget_that_tells_another_story() -> None:
    used()
    Campaign.objects.update(spent_fen=999)
    assert ["999 fen spent, its coupons take 1000 off" in one for one in found()] == [True]


def test_free_past_its_end() -> None:
    coupon = claimed(customer(), campaign())
    Coupon.objects.filter(pk=coupon.pk).update(valid_until=clock.now() - timedelta(hours=2))
    assert ["free past its end" in one for one in found()] == [True]
