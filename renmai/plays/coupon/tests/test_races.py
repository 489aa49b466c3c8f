"""Coupons that several want at the same moment, or one person twice."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import choice
from renmai.catalogue.models import Sku
from renmai.journeys import cancelling, checkout, paying
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.test_races import pay_trade
from renmai.journeys.tests.world import Customer, begin_payment, customer, draft, fresh, goods, violations
from renmai.ordering.models import Order
from renmai.plays.coupon import actions
from renmai.plays.coupon.models import Coupon, CouponStock
from renmai.plays.coupon.tests.world import campaign, claimed, now, ordered
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 4


def placing(who: Customer, coupon: Coupon, sku: Sku, key: str) -> Callable[[], object]:
    wanted = draft(who, [(sku, 2)], plays=(choice(coupon.campaign, coupon.code),))
    return lambda: checkout.place_order(who.user, None, wanted, idempotency_key=key).status


def test_fifty_people_for_the_last_coupon() -> None:
    running = campaign(total=1)
    crowd = [customer() for _one in range(50)]
    said = Counter(at_once(*[partial(lambda who: actions.claim(who.user, running.pk).status, who) for who in crowd]))
    assert said == {"free": 1, "coupon.all_gone": 49}
    assert CouponStock.objects.get().issued == Coupon.objects.count() == 1
    assert violations() == []


def test_one_person_claims_twice_at_once() -> None:
    for _round in range(ROUNDS):
        who, running = customer(), campaign(total=5)
        said = sorted(at_once(*[lambda: actions.claim(who.user, running.pk).status] * 4))  # noqa: B023
        assert said == ["coupon.had_yours"] * 3 + ["free"]
        assert CouponStock.objects.get(campaign=running).issued == 1


def test_one_coupon_for_five_orders_at_once() -> None:
    for _round in range(ROUNDS):
        who, (peach,) = customer(), goods()
        coupon = claimed(who)
        said = Counter(at_once(*[placing(who, coupon, peach, str(key)) for key in range(5)]))
        assert said == {"placed": 1, "coupon.gone": 4}
        assert Order.objects.filter(buyer=who.user).count() == 1
        assert Campaign.objects.get(pk=coupon.campaign_id).spent_fen == 1000
    assert violations() == []


def test_one_coupon_for_two_orders_at_every_statement() -> None:
    (peach,) = goods(stock=1000)

    def scene() -> tuple[Act, Act]:
        who = customer()
        coupon = claimed(who)
        return placing(who, coupon, peach, "a"), placing(who, coupon, peach, "b")

    def check(first: str, second: str) -> None:
        assert sorted((first, second)) == ["coupon.gone", "placed"]

    assert every_interleaving(scene, check) > 20
    assert violations() == []


def test_it_is_used_or_free_when_the_payment_meets_the_cancellation() -> None:
    (peach,) = goods(stock=1000)
    orders: list[tuple[Order, Coupon]] = []

    def scene() -> tuple[Act, Act]:
        who = customer()
        coupon = claimed(who)
        order = ordered(who, coupon, peach)
        payment = begin_payment(who, order)
        pay_trade(payment)
        orders.append((order, coupon))
        answer = answer_for(payment)
        return lambda: paying.settle_capture("sandbox", answer), lambda: cancelling.cancel(who.user, order.number).status

    def check(_captured: str, _cancelled: str) -> None:
        order, coupon = orders[-1]
        assert (fresh(order).status, now(coupon).status) in {("paid", "used"), ("cancelled", "free")}

    every_interleaving(scene, check)
    assert violations() == []
