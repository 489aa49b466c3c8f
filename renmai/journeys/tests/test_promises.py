"""Orders that are held for a play: paid and not packed, then released, perhaps cheaper, or given back whole."""

from collections.abc import Iterator
from typing import Any

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.campaigns.models import Campaign
from renmai.campaigns.tests.fakes import KEY, FakePlay, choice, installed, running_campaign
from renmai.catalogue.models import Sku
from renmai.distribution.models import Commission
from renmai.journeys import after_sale, promises, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.faults import at_every_statement
from renmai.journeys.tests.world import (
    Customer,
    agent_with_shop,
    buy,
    comes_through,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    refused,
    settle_down,
    ship_all,
    stock,
    violations,
)
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.payments.models import Refund
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def play() -> Iterator[FakePlay]:
    with installed(FakePlay(held=True)) as fake:
        yield fake


def held_order(who: Customer, sku: Sku, *, quantity: int = 1, campaign: Campaign | None = None, **fields: Any) -> Order:
    """An order that is paid and waits for the fake play."""
    order = buy(who, [(sku, quantity)], plays=(choice(campaign or running_campaign()),), **fields)
    assert order.is_held
    return order


def refunds(order: Order) -> list[int]:
    """What goes back of an order, failed attempts left out."""
    rows = Refund.objects.filter(payment__reference=order.number).exclude(status=Refund.Status.FAILED)
    return list(rows.order_by("pk").values_list("amount_fen", flat=True))


def test_a_held_order_is_paid_and_nothing_of_it_moves() -> None:
    _agent, shop = agent_with_shop()
    who, (peach,) = customer(), goods(price_fen=3000)
    comes_through(who, shop)
    order = held_order(who, peach, quantity=2)
    settle_down()
    assert (order.status, order.held_for) == ("paid", KEY)
    assert not Shipment.objects.exists()
    assert not Commission.objects.exists()
    assert stock(peach) == (18, 0, 2)
    peach.product.refresh_from_db()
    assert peach.product.sold_count == 0
    wanted = AfterSaleDraft(order.number, lines(order)[0].pk, "refund", 1, "other")
    with refused("ordering.still_waits"):
        after_sale.request(who.user, wanted, idempotency_key="k")
    assert violations() == []


def test_kept_it_is_packed_at_the_lower_price_and_earns_on_that(play: FakePlay) -> None:
    _agent, shop = agent_with_shop()
    who, (peach,) = customer(), goods(price_fen=3000)
    comes_through(who, shop)
    order = held_order(who, peach, quantity=2)
    (line,) = lines(order)
    assert promises.keep(order.pk, play=KEY, reductions={line.pk: 1001})
    assert not promises.keep(order.pk, play=KEY, reductions={line.pk: 1001})
    assert not promises.give_back(order.pk, play=KEY, detail="expired")
    settle_down()
    order = fresh(order)
    assert (order.held_for, order.is_held, order.refunded_fen) == ("", False, 1001)
    assert refunds(order) == [1001]
    assert Shipment.objects.get(order=order).status == "waiting"
    assert play.calls == ["placed", "paid", "released"]
    commission = Commission.objects.get()
    assert commission.base_fen == 6000 - 1001
    peach.product.refresh_from_db()
    assert peach.product.sold_count == 2
    assert violations() == []


def test_given_back_everything_returns_once_and_the_goods_too(play: FakePlay) -> None:
    who, (peach,) = customer(), goods(price_fen=3000)
    order = held_order(who, peach, quantity=2)
    assert promises.give_back(order.pk, play=KEY, detail="expired")
    assert not promises.give_back(order.pk, play=KEY, detail="expired")
    assert not promises.keep(order.pk, play=KEY, reductions={})
    settle_down()
    order = fresh(order)
    assert (order.status, order.refunded_fen) == ("refunded", order.payable_fen)
    assert refunds(order) == [order.payable_fen]
    assert stock(peach) == (20, 0, 0)
    assert not Shipment.objects.exists()
    assert "refunded" in play.calls
    assert violations() == []


def test_another_play_neither_keeps_nor_gives_back() -> None:
    who, (peach,) = customer(), goods()
    order = held_order(who, peach)
    assert not promises.keep(order.pk, play="other", reductions={})
    assert not promises.give_back(order.pk, play="other", detail="expired")
    assert fresh(order).is_held


def test_after_a_reduction_pieces_are_refunded_at_the_lower_price_to_the_fen(moving_clock: MovingClock) -> None:
    owner, who, (peach,) = make_staff(), customer(), goods(price_fen=1000, freight=False)
    order = held_order(who, peach, quantity=3)
    (line,) = lines(order)
    promises.keep(order.pk, play=KEY, reductions={line.pk: 500})
    order = ship_all(owner, fresh(order))
    receiving.confirm(who.user, order.number)
    for key in ("a", "b", "c"):
        wanted = AfterSaleDraft(order.number, line.pk, "return", 1, "no_longer_wanted")
        claim = after_sale.request(who.user, wanted, idempotency_key=key)
        after_sale.approve(owner, claim.number)
        after_sale.receive_back(owner, claim.number)
    settle_down()
    order = fresh(order)
    assert refunds(order) == [500, 833, 833, 834]
    assert (order.status, order.refunded_fen) == ("refunded", 3000)
    assert violations() == []


def test_what_is_left_after_a_reduction_becomes_revenue(moving_clock: MovingClock) -> None:
    owner, who, (peach,) = make_staff(), customer(), goods(price_fen=1000, freight=False)
    order = held_order(who, peach)
    promises.keep(order.pk, play=KEY, reductions={lines(order)[0].pk: 300})
    order = ship_all(owner, fresh(order))
    receiving.confirm(who.user, order.number)
    moving_clock.travel(end_of_window(order))
    assert settling.settle_due(10) == 1
    settle_down()
    assert violations() == []


def test_killed_at_every_statement_it_is_released_once() -> None:
    who, (peach,) = customer(), goods(price_fen=3000)
    order = held_order(who, peach)
    (line,) = lines(order)

    def happened() -> None:
        settle_down()
        assert (fresh(order).held_for, refunds(order)) == ("", [700])
        assert violations() == []

    count = at_every_statement(
        lambda: promises.keep(order.pk, play=KEY, reductions={line.pk: 700}),
        check=assert_clean,
        after=happened,
    )
    assert count > 5


def test_killed_at_every_statement_it_is_given_back_once() -> None:
    who, (peach,) = customer(), goods(price_fen=3000)
    order = held_order(who, peach)

    def happened() -> None:
        settle_down()
        assert (fresh(order).status, refunds(order)) == ("refunded", [order.payable_fen])
        assert stock(peach) == (20, 0, 0)
        assert violations() == []

    count = at_every_statement(
        lambda: promises.give_back(order.pk, play=KEY, detail="expired"), check=assert_clean, after=happened
    )
    assert count > 10


def assert_clean() -> None:
    """Whatever was killed, nothing is half done."""
    assert violations() == []


def test_the_claim_of_the_platform_says_why() -> None:
    who, (peach,) = customer(), goods()
    order = held_order(who, peach)
    promises.give_back(order.pk, play=KEY, detail="expired")
    claim = AfterSale.objects.get()
    assert (claim.reason, claim.note, claim.is_before_shipment) == ("not_reached", "expired", True)
