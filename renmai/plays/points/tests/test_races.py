"""Points that are wanted twice at the same moment."""

from collections import Counter
from functools import partial

import pytest

from renmai.campaigns.tests.fakes import choice
from renmai.journeys import cancelling, checkout, paying
from renmai.journeys.tests.lives import happen, keep, pay, send_back
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.test_races import pay_trade
from renmai.journeys.tests.world import begin_payment, customer, draft, fresh, goods, place, violations
from renmai.ordering.events import LineRefunded, OrderSettled
from renmai.ordering.models import Order
from renmai.plays.points import actions
from renmai.plays.points.models import Spending
from renmai.plays.points.tests.world import account, campaign, gift, ordered
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_points_for_five_orders_at_once() -> None:
    who, running, (peach,) = customer(), campaign(), goods(stock=100)
    gift(who.user, 1000)
    wanted = draft(who, [(peach, 1)], plays=(choice(running, "400"),))
    said = Counter(
        at_once(
            *[
                partial(lambda key: checkout.place_order(who.user, None, wanted, idempotency_key=key).status, str(n))
                for n in range(5)
            ]
        )
    )
    assert said["placed"] == 2
    assert said["points.not_enough"] + said["points.amount"] == 3
    assert account(who.user) == (200, 800, 0)
    assert violations() == []


def test_the_same_points_for_two_orders_at_every_statement() -> None:
    running, (peach,) = campaign(), goods(stock=1000)

    def scene() -> tuple[Act, Act]:
        who = customer()
        gift(who.user, 500)
        wanted = draft(who, [(peach, 1)], plays=(choice(running, "500"),))

        def placing(key: str) -> Act:
            return lambda: checkout.place_order(who.user, None, wanted, idempotency_key=key).status

        return placing("a"), placing("b")

    def check(first: str, second: str) -> None:
        assert "placed" in (first, second)
        assert {first, second} & {"points.not_enough", "points.amount", "points.too_few"}

    every_interleaving(scene, check)
    assert violations() == []


def test_they_are_spent_or_free_when_the_payment_meets_the_cancellation() -> None:
    running, (peach,) = campaign(), goods(stock=1000)
    orders: list[Order] = []

    def scene() -> tuple[Act, Act]:
        who = customer()
        gift(who.user, 500)
        order = ordered(who, running, peach, 500)
        payment = begin_payment(who, order)
        pay_trade(payment)
        orders.append(order)
        answer = answer_for(payment)
        return lambda: paying.settle_capture("sandbox", answer), lambda: cancelling.cancel(who.user, order.number).status

    def check(_captured: str, _cancelled: str) -> None:
        order = orders[-1]
        state = Spending.objects.get(order=order).status
        assert (fresh(order).status, state, account(order.buyer)[0]) in {("paid", "spent", 0), ("cancelled", "given_back", 500)}

    every_interleaving(scene, check)
    assert violations() == []


def test_settlement_and_refund_are_heard_in_any_order_and_twice() -> None:
    campaign()
    who, (peach,) = customer(), goods(stock=100, freight=False)

    def scene() -> tuple[Act, Act]:
        order = keep(pay(who, place(who, [(peach, 2)])))
        send_back(order, pieces=1)
        settled = OrderSettled(order.pk)
        refunded = LineRefunded(after_sale_id=0, order_id=order.pk, order_line_id=0, quantity=1)
        return lambda: actions.earn(settled), lambda: actions.follow_refund(refunded)

    kept: list[int] = []

    def check(_first: str, _second: str) -> None:
        kept.append(1)
        assert account(who.user) == (199 * len(kept), 0, 0)

    every_interleaving(scene, check)
    happen()
    assert violations() == []
