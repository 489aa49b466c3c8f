"""The level changes while its owner orders."""

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import checkout, settling
from renmai.journeys.tests.lives import happen, pay
from renmai.journeys.tests.world import customer, draft, goods, place, ship_all, violations
from renmai.ordering.actions import progress
from renmai.ordering.events import OrderSettled
from renmai.ordering.models import Order
from renmai.plays.levels import actions
from renmai.plays.levels.models import Standing
from renmai.plays.levels.tests.world import campaign, kept
from tools.testing.together import Act, at_once, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_order_has_the_level_of_before_or_of_after_and_its_price_says_which() -> None:
    campaign()
    (peach,) = goods(price_fen=3000, freight=False, stock=1000)
    orders: list[str] = []

    def scene() -> tuple[Act, Act]:
        who = customer()
        kept(who, peach)
        second = pay(who, place(who, [(peach, 1)]))
        ship_all(make_staff(), second)
        progress.mark_received(second.pk)
        Order.objects.filter(pk=second.pk).update(settle_after=second.placed_at)
        wanted = draft(who, [(peach, 1)])
        key = f"third-{second.pk}"
        orders.append(key)

        def settle() -> str:
            done = settling.settle(second.pk)
            actions.on_settled(OrderSettled(second.pk))
            return str(done)

        return lambda: checkout.place_order(who.user, None, wanted, idempotency_key=key).status, settle

    def check(placed: str, settled: str) -> None:
        assert (placed, settled) == ("placed", "True")
        order = Order.objects.get(idempotency_key=orders[-1])
        assert (order.participations.get().reference, order.discount_fen) in {("silver", 60), ("gold", 150)}

    every_interleaving(scene, check)
    happen()
    assert violations() == []


def test_what_she_saw_is_what_she_pays_or_she_is_asked_again() -> None:
    campaign()
    who, (peach,) = customer(), goods(price_fen=3000, freight=False)
    kept(who, peach)
    seen = checkout.quote(who.user, draft(who, [(peach, 1)]))
    kept(who, peach)
    wanted = draft(who, [(peach, 1)], expected_payable_fen=seen.payable_fen)
    (said,) = at_once(lambda: checkout.place_order(who.user, None, wanted, idempotency_key="k").status)
    assert said == "ordering.price_changed"


def test_two_of_her_orders_settle_at_once() -> None:
    running = campaign()
    for _round in range(4):
        who, (peach,) = customer(), goods(price_fen=3000, freight=False)
        done = [kept(who, peach), kept(who, peach)]
        Standing.objects.filter(user=who.user).delete()
        at_once(*[lambda order=order: actions.on_settled(OrderSettled(order.pk)) for order in done])
        assert Standing.objects.get(user=who.user, campaign=running).kept_fen == 3000 + 2940
    assert violations() == []
