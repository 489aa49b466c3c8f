"""A row that cannot be moved does not stand in the way of the rows behind it: every timer with such a row at its head."""

from datetime import timedelta

import pytest

from renmai.distribution import actions as distribution
from renmai.distribution.models import Commission
from renmai.journeys import after_sale, cancelling, receiving, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.claims import now, shipped_order
from renmai.journeys.tests.world import (
    agent_with_shop,
    buy,
    comes_through,
    customer,
    end_of_window,
    fresh,
    goods,
    lines,
    place,
    settle_down,
)
from renmai.kernel import ids
from renmai.kernel.models import Alert
from renmai.ledger import chart
from renmai.ledger.actions import TransferRequest, post
from renmai.ordering.actions import progress
from renmai.ordering.models import AfterSale, Order, Shipment
from renmai.payments.models import Refund
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db


def received(order: Order) -> Order:
    Shipment.objects.filter(order=order).update(status="shipped")
    assert progress.leave_when_all_left(order)
    receiving.confirm(order.buyer, order.number)
    return fresh(order)


def test_an_unpaid_order_whose_stock_cannot_be_freed(moving_clock: MovingClock) -> None:
    (peach,) = goods()
    stuck, free = place(customer(), [(peach, 1)]), place(customer(), [(peach, 1)])
    stuck.lines.update(quantity=2, amount_fen=2 * 1999)
    moving_clock.advance(hours=1)
    assert cancelling.cancel_overdue(1) == 1
    assert (fresh(stuck).status, fresh(free).status) == ("placed", "cancelled")
    assert Alert.objects.get().subject == f"orders.cancel {stuck.pk}"


def test_a_received_order_whose_revenue_is_in_the_books_already(moving_clock: MovingClock) -> None:
    (peach,) = goods()
    orders = [received(buy(customer(), [(peach, 1)])) for _each in range(2)]
    post(
        [
            TransferRequest(
                id=ids.derived("order.settle", orders[0].number),
                debit=chart.customers_prepaid(),
                credit=chart.revenue(),
                amount_fen=1,
                currency="CNY",
                reason="settle",
                reference=orders[0].number,
            )
        ]
    )
    moving_clock.travel(end_of_window(orders[1]))
    assert settling.settle_due(1) == 1
    assert [fresh(order).status for order in orders] == ["received", "settled"]


def test_a_commission_that_cannot_thaw(moving_clock: MovingClock) -> None:
    (peach,) = goods(price_fen=100_000)
    orders = []
    for _each in range(2):
        who, (_agent, shop) = customer(), agent_with_shop()
        comes_through(who, shop)
        orders.append(received(buy(who, [(peach, 1)])))
    settle_down()
    moving_clock.travel(end_of_window(orders[1]))
    assert settling.settle_due(2) == 2
    stuck, free = Commission.objects.order_by("pk")
    # More was promised than the wallet knows of.
    Commission.objects.filter(pk=stuck.pk).update(amount_fen=stuck.amount_fen + 1)
    assert distribution.thaw_due(1) == 1
    assert list(Commission.objects.order_by("pk").values_list("status", flat=True)) == ["frozen", "available"]
    free.refresh_from_db()
    assert free.thawed_at is not None


def test_refunds_that_hang_do_not_stop_other_claims(moving_clock: MovingClock) -> None:
    (peach,) = goods()
    who = customer()
    waiting = buy(who, [(peach, 1)])
    draft = AfterSaleDraft(waiting.number, lines(waiting)[0].pk, "refund", 1, "other")
    hanging = after_sale.request(who.user, draft, idempotency_key="hangs")
    assert hanging.status == "refunding"
    Refund.objects.update(next_attempt_at=hanging.requested_at + timedelta(days=365))
    AfterSale.objects.filter(pk=hanging.pk).update(deadline_at=hanging.requested_at)
    _actor, other, shipped = shipped_order()
    draft = AfterSaleDraft(shipped.number, lines(shipped)[0].pk, "refund", 1, "other")
    asked = after_sale.request(other.user, draft, idempotency_key="asked")
    moving_clock.advance(days=3)
    assert after_sale.close_overdue(1) == 1
    assert (now(hanging).status, now(asked).status) == ("refunding", "refunding")
