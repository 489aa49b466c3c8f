"""Two acts on one order, one of them stopped before a statement while the other runs: whatever the order, one of few ends, all of them whole."""

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from renmai.accounts.tests.factories import make_staff
from renmai.catalogue.actions.feeds import count_stock
from renmai.catalogue.actions.prices import set_price
from renmai.catalogue.models import Sku
from renmai.journeys import after_sale, cancelling, checkout, paying, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.test_paying import answer_for
from renmai.journeys.tests.world import (
    begin_payment,
    buy,
    customer,
    draft,
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
from renmai.kernel.models import Alert
from renmai.ordering.actions import progress, shipping
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.payments.models import Payment, Refund, SandboxTrade
from tools.testing.moving_clock import MovingClock
from tools.testing.together import Act, every_interleaving

pytestmark = pytest.mark.django_db(transaction=True)

Pair = tuple[Act, Act]


class Round:
    """What the scene of one interleaving leaves for its check; ``ends`` counts how they came out."""

    order: Order
    sku: Sku
    payment: Payment

    def __init__(self) -> None:
        self.ends: Counter[tuple[str, str]] = Counter()

    def note(self, first: str, second: str) -> tuple[str, str]:
        """Count an end; afterwards everything that is due happens, and all audits are asked."""
        self.ends[first, second] += 1
        settle_down()
        assert violations() == []
        return first, second


@pytest.fixture
def here() -> Round:
    return Round()


def paid_at_the_provider(payment: Payment) -> Callable[[], object]:
    """The provider has the money; the act tells us so."""
    SandboxTrade.objects.filter(number=payment.number).update(status="paid", paid_at=payment.created_at)
    answer = answer_for(payment)
    return lambda: paying.settle_capture("sandbox", answer)


def test_payment_against_cancelling(here: Round) -> None:
    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = place(who, [(here.sku, 2)])
        here.payment = begin_payment(who, here.order)
        number = here.order.number
        return paid_at_the_provider(here.payment), lambda: cancelling.cancel(who.user, number).status

    def check(captured: str, cancelled: str) -> None:
        refunds = list(Refund.objects.filter(payment=here.payment).values_list("amount_fen", flat=True))
        if here.note(captured, cancelled) == ("paid", "ordering.not_cancellable"):
            assert (fresh(here.order).status, stock(here.sku), refunds) == ("paid", (18, 0, 2), [])
        else:
            assert (captured, cancelled) == ("late", "cancelled")
            assert (stock(here.sku), refunds) == ((20, 0, 0), [here.order.payable_fen])

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_payment_against_expiry(here: Round, moving_clock: MovingClock) -> None:
    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = place(who, [(here.sku, 2)])
        here.payment = begin_payment(who, here.order)
        settle_down()
        moving_clock.advance(hours=1)
        return lambda: cancelling.cancel_overdue(10), paid_at_the_provider(here.payment)

    def check(cancelled: str, captured: str) -> None:
        here.note(cancelled, captured)
        # The provider, which is asked before an order is ended, tells of the money if its notification has not: none is ever late.
        assert (cancelled, captured) in {("0", "paid"), ("0", "already")}
        assert stock(here.sku) == (18, 0, 2)
        assert not Refund.objects.filter(payment=here.payment).exists()
        assert fresh(here.order).status == "paid"

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_two_payments_of_one_order(here: Round) -> None:
    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = place(who, [(here.sku, 1)])
        first = begin_payment(who, here.order)
        Payment.objects.filter(pk=first.pk).update(status="closed")
        return paid_at_the_provider(first), paid_at_the_provider(begin_payment(who, here.order))

    def check(first: str, second: str) -> None:
        assert sorted(here.note(first, second)) == ["duplicate", "paid"]
        (refund,) = Refund.objects.filter(payment__reference=here.order.number)
        assert (refund.amount_fen, refund.status, stock(here.sku)) == (here.order.payable_fen, "succeeded", (19, 0, 1))
        assert Shipment.objects.filter(order=here.order).count() == 1

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_a_refund_against_shipment(here: Round) -> None:
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = buy(who, [(here.sku, 2)])
        parcel = Shipment.objects.get(order=here.order)
        wanted = AfterSaleDraft(here.order.number, lines(here.order)[0].pk, "refund", 2, "other")
        return (
            lambda: after_sale.request(who.user, wanted, idempotency_key="k").status,
            lambda: shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF1234567890").status,
        )

    def check(claimed: str, shipped: str) -> None:
        if here.note(claimed, shipped) == ("refunding", "ordering.parcel_gone"):
            assert (stock(here.sku), fresh(here.order).status) == ((20, 0, 0), "refunded")
        else:
            # It has left: nobody gets money back for it without the staff.
            assert (claimed, shipped) == ("requested", "shipped")
            assert (stock(here.sku), fresh(here.order).refunded_fen) == ((18, 0, 2), 0)

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_cancelling_by_the_customer_against_shipment(here: Round) -> None:
    """A paid order is not cancelled, it is claimed: the parcel leaves whatever the customer presses."""
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = buy(who, [(here.sku, 2)])
        parcel, number = Shipment.objects.get(order=here.order), here.order.number
        return (
            lambda: shipping.ship(actor, parcel.pk, carrier="sf", tracking_number="SF1234567890").status,
            lambda: cancelling.cancel(who.user, number).status,
        )

    def check(shipped: str, cancelled: str) -> None:
        assert here.note(shipped, cancelled) == ("shipped", "ordering.not_cancellable")
        assert (fresh(here.order).status, stock(here.sku)) == ("shipped", (18, 0, 2))

    every_interleaving(scene, check)


def test_receipt_against_a_claim(here: Round) -> None:
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = ship_all(actor, buy(who, [(here.sku, 2)]))
        wanted = AfterSaleDraft(here.order.number, lines(here.order)[0].pk, "return", 1, "quality")
        number = here.order.number
        return (
            lambda: after_sale.request(who.user, wanted, idempotency_key="k").status,
            lambda: receiving.confirm(who.user, number).status,
        )

    def check(claimed: str, received: str) -> None:
        assert here.note(claimed, received) == ("requested", "received")
        assert settling.settle_due(10) == 0

    every_interleaving(scene, check)


def test_a_claim_answered_and_taken_back(here: Round) -> None:
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = ship_all(actor, buy(who, [(here.sku, 2)]))
        wanted = AfterSaleDraft(here.order.number, lines(here.order)[0].pk, "refund", 1, "other")
        number = after_sale.request(who.user, wanted, idempotency_key="k").number
        return (
            lambda: after_sale.approve(actor, number).status,
            lambda: after_sale.withdraw(who.user, number).status,
        )

    def check(approved: str, withdrawn: str) -> None:
        here.note(approved, withdrawn)
        assert (approved, withdrawn) in {("refunding", "ordering.claim_state"), ("ordering.claim_state", "cancelled")}
        assert (fresh(here.order).refunded_fen > 0) == (approved == "refunding")

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_settling_against_a_claim(here: Round, moving_clock: MovingClock) -> None:
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods()
        here.order = ship_all(actor, buy(who, [(here.sku, 1)]))
        progress.mark_received(here.order.pk)
        settle_down()
        moving_clock.travel(end_of_window(here.order))
        wanted = AfterSaleDraft(here.order.number, lines(here.order)[0].pk, "return", 1, "quality")
        order_id = here.order.pk
        return (
            lambda: settling.settle(order_id),
            lambda: after_sale.request(actor, wanted, idempotency_key="k").status,
        )

    def check(settled: str, claimed: str) -> None:
        here.note(settled, claimed)
        assert claimed == "requested"
        assert fresh(here.order).status == {"True": "settled", "False": "received"}[settled]
        after_sale.reject(actor, AfterSale.objects.get(order=here.order).number, answer="不符合")
        settling.settle_due(10)

    every_interleaving(scene, check)
    assert len(here.ends) == 2


def test_stock_counted_by_the_staff_against_an_order(here: Round) -> None:
    """A count names what lies there, reserved pieces included; the last one is sold or is not there, never both."""
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods(stock=1)
        sku, wanted = here.sku, draft(who, [(here.sku, 1)])
        return (
            lambda: checkout.place_order(who.user, None, wanted, idempotency_key="k").status,
            lambda: count_stock(actor, sku.pk, on_hand=0).stock_free,
        )

    def check(placed: str, counted: str) -> None:
        here.note(placed, counted)
        if placed == "placed":
            # It was promised first: the count finds a piece reserved that is not there, and says so.
            assert (stock(here.sku), counted) == ((0, 1, 0), "0")
            assert Alert.objects.filter(code="stock.shortage", subject=here.sku.code).count() == 1
        else:
            assert placed in {"catalogue.sold_out", "ordering.sold_out"}
            assert (stock(here.sku), counted) == ((0, 0, 0), "0")

    every_interleaving(scene, check)
    assert len(here.ends) >= 2


def test_a_new_price_against_an_order_that_saw_the_old_one(here: Round) -> None:
    actor = make_staff()

    def scene() -> Pair:
        who, (here.sku,) = customer(), goods(price_fen=1999, freight=False)
        sku, wanted = here.sku, draft(who, [(here.sku, 2)], expected_payable_fen=2 * 1999)
        return (
            lambda: checkout.place_order(who.user, None, wanted, idempotency_key="k").payable_fen,
            partial(set_price, actor, sku.pk, price_fen=2999),
        )

    def check(placed: str, _priced: str) -> None:
        here.note(placed, "")
        assert placed in {str(2 * 1999), "ordering.price_changed"}
        assert Sku.objects.get(pk=here.sku.pk).price_fen == 2999
        assert set(Order.objects.values_list("payable_fen", flat=True)) <= {2 * 1999}

    every_interleaving(scene, check)
    assert len(here.ends) == 2
