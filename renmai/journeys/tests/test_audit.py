"""Every disagreement between rooms is found: an audit that finds nothing proves nothing."""

from collections.abc import Callable

import pytest
from django.db.models import F

from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.models import Sku, StockMovement
from renmai.journeys import after_sale, audit, receiving, settling
from renmai.journeys.tests.claims import ask
from renmai.journeys.tests.world import (
    buy,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    place,
    settle_down,
    ship_all,
    violations,
)
from renmai.ordering.models import Order
from renmai.payments.models import Payment, Refund
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(moving_clock: MovingClock) -> Order:
    """A settled order with one piece of three refunded; an unpaid one beside it."""
    actor, who, (peach, cloth) = make_staff(), customer(), goods(2)
    order = ship_all(actor, buy(who, [(peach, 3)]))
    after_sale.approve(actor, ask(who, order).number)
    receiving.confirm(who.user, order.number)
    settle_down()
    moving_clock.travel(end_of_window(order))
    assert settling.settle_due(10) == 1
    place(who, [(cloth, 2)])
    assert violations() == []
    return fresh(order)


def ghost(order: Order, kind: str) -> None:
    """One piece moves without an order or a claim, and every column still adds up."""
    sign = -1 if kind == "sell" else 1
    sku_id = lines(order)[0].sku_id
    if kind == "sell":
        StockMovement.objects.create(sku_id=sku_id, kind="reserve", reference="ghost", free_change=-1, reserved_change=1)
        StockMovement.objects.create(sku_id=sku_id, kind="sell", reference="ghost", reserved_change=-1, sold_change=1)
    else:
        StockMovement.objects.create(sku_id=sku_id, kind="restock", reference="ghost", free_change=1, sold_change=-1)
    Sku.objects.filter(pk=sku_id).update(stock_free=F("stock_free") + sign, stock_sold=F("stock_sold") - sign)


BREAKS: dict[str, tuple[Callable[[Order], object], str]] = {
    "reserved": (lambda _order: Sku.objects.filter(stock_reserved=2).update(stock_reserved=1, stock_free=19), "[4] SKU"),
    "sold": (lambda _order: StockMovement.objects.filter(kind="sell").update(reference="R-OTHER"), "[4] order"),
    "sold unpaid": (lambda _order: Order.objects.filter(status="placed").update(status="paid"), "[4] order"),
    "sold to nobody": (lambda order: ghost(order, "sell"), "[4] movement"),
    "returned by nobody": (lambda order: ghost(order, "restock"), "[4] movement"),
    "currency": (lambda _order: Payment.objects.update(currency="GBP"), "[3] order"),
    "unpaid": (lambda _order: Payment.objects.update(status="closed", refunded_fen=0), "[3] order"),
    "paid and cancelled": (lambda order: Order.objects.filter(pk=order.pk).update(status="cancelled"), "[3] order"),
    "refund forgotten": (lambda _order: Refund.objects.update(status="failed"), "[3] order"),
    "refund of something else": (lambda _order: Refund.objects.update(cause="late:P"), "[3] order"),
    "revenue": (lambda order: Order.objects.filter(pk=order.pk).update(status="received"), "[revenue] order"),
    "revenue after settlement": (lambda _order: Refund.objects.update(after_settlement=True), "[revenue] order"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_each_disagreement_is_found(name: str, settled: Order) -> None:
    assert list(audit.violations()) == []
    damage, expected = BREAKS[name]
    damage(settled)
    assert any(str(found).startswith(expected) for found in audit.violations())


def test_pieces_that_never_left_must_be_on_the_shelf_again(settled: Order) -> None:
    who, sku = customer(), Sku.objects.get(pk=lines(settled)[0].sku_id)
    order = buy(who, [(sku, 2)])
    claim = ask(who, order)
    settle_down()
    assert list(audit.violations()) == []
    StockMovement.objects.filter(reference=claim.number).delete()
    Sku.objects.filter(pk=sku.pk).update(stock_free=F("stock_free") - 1, stock_sold=F("stock_sold") + 1)
    (found,) = audit.violations()
    assert str(found) == f"[4] claim {claim.number}: 1 pieces never left and are not on the shelf again"


def test_an_imported_past_keeps_its_own_books(settled: Order) -> None:
    Order.objects.filter(pk=settled.pk).update(funnel="imported")
    Payment.objects.update(status="closed")
    assert list(audit.violations()) == []
