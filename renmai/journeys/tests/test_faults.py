"""Every action dies before each of its statements; every time all audits are clean, and doing it again does it once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import after_sale, cancelling, checkout, paying, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests import faults
from renmai.journeys.tests.faults import at_every_statement
from renmai.journeys.tests.world import (
    Customer,
    agent_with_shop,
    begin_payment,
    buy,
    comes_through,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    place,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.kernel.models import Heartbeat
from renmai.ordering.actions import shipping
from renmai.ordering.models import AfterSale, CartLine, Order, Shipment
from renmai.payments.actions import Answer, Outcome, Subject
from renmai.payments.models import Payment, Refund, SandboxTrade
from tools.testing.moving_clock import MovingClock
from tools.testing.together import WHOLE

pytestmark = pytest.mark.django_db


def clean() -> None:
    assert violations() == []


def beats(*names: str) -> None:
    """Write rows, all of them or none."""
    with transaction.atomic():
        for name in names:
            Heartbeat.objects.create(name=name)


def test_an_action_in_two_halves_is_found_and_one_in_one_piece_is_looked_at_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WHOLE, raising=False)
    monkeypatch.setattr(faults, "LOOKED_AT_EVERY", 10**9)
    seen: list[int] = []

    def check() -> None:
        seen.append(Heartbeat.objects.count())
        assert seen[-1] in {0, 3}

    assert at_every_statement(lambda: beats("a", "b", "c"), check=check, after=lambda: None) == 3
    assert seen == [0, 3, 3]  # nothing is left of any death; done again; and done without one
    seen.clear()
    monkeypatch.setenv(WHOLE, "1")
    assert at_every_statement(lambda: beats("a", "b", "c"), check=check, after=lambda: None) == 3
    assert seen == [0, 3, 3, 3, 3]

    def halves() -> None:
        beats("a")
        beats("b", "c")

    with pytest.raises(AssertionError):
        at_every_statement(halves, check=check, after=lambda: None)


def money_came(payment: Payment) -> Answer:
    """What the provider says of a payment, after it has written it into its own book."""
    trade = SandboxTrade.objects.get(number=payment.number)
    SandboxTrade.objects.filter(pk=trade.pk).update(status="paid", paid_at=payment.created_at)
    return Answer(
        subject=Subject.PAYMENT,
        number=payment.number,
        outcome=Outcome.SUCCEEDED,
        provider_id=trade.trade,
        amount_fen=payment.amount_fen,
        currency=payment.currency,
    )


def claimed(who: Customer, order: Order, *, kind: str = "refund", quantity: int = 1) -> AfterSale:
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, kind, quantity, "quality")
    return after_sale.request(who.user, wanted, idempotency_key="claim")


def one(status: str) -> Callable[[], None]:
    """Exactly one order, in this status."""

    def look() -> None:
        assert list(Order.objects.values_list("status", flat=True)) == [status]

    return look


def test_placing() -> None:
    _agent, shop = agent_with_shop()
    who, (peach, cloth) = customer(), goods(2)
    comes_through(who, shop)
    cart = [
        CartLine.objects.create(visitor=who.visitor, user=who.user, sku=sku, quantity=2, seen_price_fen=1)
        for sku in (peach, cloth)
    ]
    wanted = checkout.CheckoutDraft(cart_line_ids=tuple(line.pk for line in cart), address_id=who.address_id)

    def after() -> None:
        one("placed")()
        assert stock(peach) == stock(cloth) == (18, 2, 0)
        assert not CartLine.objects.exists()

    count = at_every_statement(
        lambda: checkout.place_order(who.user, who.visitor, wanted, idempotency_key="k"), check=clean, after=after
    )
    assert count >= 19


def test_capturing() -> None:
    who, (peach, cloth) = customer(), goods(2)
    payment = begin_payment(who, place(who, [(peach, 2), (cloth, 1)]))
    answer = money_came(payment)

    def after() -> None:
        one("paid")()
        assert stock(peach) == (18, 0, 2)
        assert not Refund.objects.exists()

    # The provider has the money before we know of it: until then its bill and our books differ by exactly this payment.
    def check() -> None:
        known = Payment.objects.filter(status="captured").exists()
        found = violations()
        assert found == [] if known else all(payment.number in line for line in found)

    assert at_every_statement(lambda: paying.settle_capture("sandbox", answer), check=check, after=after) > 15


@pytest.mark.parametrize("why", ["late", "duplicate"])
def test_capturing_what_must_go_back(why: str) -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 2)])
    payment = begin_payment(who, order)
    answer = money_came(payment)
    if why == "late":
        cancelling.cancel(who.user, order.number)
    else:
        paying.settle_capture("sandbox", answer)
        second = Payment.objects.create(
            number="P-2", reference=order.number, provider="sandbox", amount_fen=order.payable_fen, expires_at=order.pay_before
        )
        SandboxTrade.objects.create(
            number="P-2", trade="T-2", amount_fen=order.payable_fen, currency="CNY", return_url="", created_at=second.created_at
        )
        answer = money_came(second)

    def after() -> None:
        one("cancelled" if why == "late" else "paid")()
        assert list(Refund.objects.values_list("amount_fen", "reason")) == [(order.payable_fen, why)]

    def check() -> None:
        number = answer.number
        known = Payment.objects.filter(number=number, status="captured").exists()
        found = violations()
        assert found == [] if known else all(number in line for line in found)

    assert at_every_statement(lambda: paying.settle_capture("sandbox", answer), check=check, after=after) >= 10


def test_cancelling() -> None:
    who, (peach,) = customer(), goods()
    order = place(who, [(peach, 2)])
    begin_payment(who, order)

    def after() -> None:
        one("cancelled")()
        assert stock(peach) == (20, 0, 0)
        assert list(Payment.objects.values_list("status", flat=True)) == ["closed"]

    assert at_every_statement(lambda: cancelling.cancel(who.user, order.number), check=clean, after=after) > 8


def test_refunding_before_shipment() -> None:
    who, (peach, cloth) = customer(), goods(2, price_fen=999)
    order = buy(who, [(peach, 3), (cloth, 1)])

    def after() -> None:
        assert (lines(order)[0].refunded_quantity, fresh(order).refunded_fen) == (
            2,
            999 * 2 + 666,
        )  # two of three pieces, and of ¥10 freight
        assert stock(peach) == (19, 0, 1)
        assert Refund.objects.count() == 1

    assert at_every_statement(lambda: claimed(who, order, quantity=2), check=clean, after=after) > 20


def test_approving_a_refund_after_shipment() -> None:
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = ship_all(actor, buy(who, [(peach, 2)]))
    claim = claimed(who, order)

    def act() -> None:
        if AfterSale.objects.get(pk=claim.pk).status == "requested":
            after_sale.approve(actor, claim.number)

    def after() -> None:
        assert AfterSale.objects.get(pk=claim.pk).status == "refunding"
        assert lines(order)[0].refunded_quantity == 1
        assert stock(peach) == (18, 0, 2)
        assert Refund.objects.count() == 1

    assert at_every_statement(act, check=clean, after=after) > 15


@pytest.mark.parametrize("kind", ["return", "exchange"])
def test_goods_that_come_back(kind: str) -> None:
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = ship_all(actor, buy(who, [(peach, 2)]))
    claim = claimed(who, order, kind=kind)
    after_sale.approve(actor, claim.number)
    after_sale.send_back(who.user, claim.number, carrier="sf", tracking_number="SF1234567890")

    def act() -> None:
        if AfterSale.objects.get(pk=claim.pk).status == "returning":
            after_sale.receive_back(actor, claim.number)

    def after() -> None:
        status = AfterSale.objects.get(pk=claim.pk).status
        assert status == ("refunding" if kind == "return" else "reshipping")
        assert stock(peach) == ((19, 0, 1) if kind == "return" else (18, 0, 2))

    assert at_every_statement(act, check=clean, after=after) > 18


def test_the_end_of_a_refund_closes_the_order(moving_clock: MovingClock) -> None:
    who, (peach,) = customer(), goods()
    order = buy(who, [(peach, 2)])
    claimed(who, order, quantity=2)
    begin = moving_clock.now

    def at(minutes: int) -> None:
        moving_clock.travel(begin + timedelta(minutes=minutes))
        settle_down()

    def check() -> None:
        # The provider may have paid the refund before we know it; the bill is looked at when both have finished.
        assert [line for line in violations() if not line.startswith("[8]")] == []

    def after() -> None:
        clean()
        one("refunded")()
        assert AfterSale.objects.get().status == "done"
        assert stock(peach) == (20, 0, 0)

    # What a dead worker had taken on is free again after a while.
    assert at_every_statement(lambda: at(0), again=lambda: at(10), check=check, after=after) > 30


def test_shipping() -> None:
    actor, who, (peach, cloth) = make_staff(), customer(), goods(2)
    order = buy(who, [(peach, 1), (cloth, 1)])
    rows = [f"{parcel.number},sf,SF000000{parcel.pk}" for parcel in Shipment.objects.filter(order=order)]
    batch = "\n".join(["shipment,carrier,tracking", *rows])
    assert at_every_statement(lambda: shipping.batch_ship(actor, batch), check=clean, after=one("shipped")) > 15


def test_handing_over(moving_clock: MovingClock) -> None:
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = buy(who, [(peach, 1)], delivery="pickup")
    code = shipping.pickup_code(order)

    def act() -> None:
        if fresh(order).status == "paid":
            receiving.hand_over(actor, order.number, code=code)

    assert at_every_statement(act, check=clean, after=one("received")) > 10
    assert moving_clock.now == order.placed_at


def test_receiving_and_settling(moving_clock: MovingClock) -> None:
    actor, who, (peach,) = make_staff(), customer(), goods()
    order = ship_all(actor, buy(who, [(peach, 2)]))
    at_every_statement(lambda: receiving.confirm(who.user, order.number), check=clean, after=one("received"))
    order = receiving.confirm(who.user, order.number)
    settle_down()
    moving_clock.travel(end_of_window(order))
    at_every_statement(lambda: settling.settle_due(10), check=clean, after=one("settled"))
