"""From event to income, through the outbox, more than once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from renmai.distribution import reactions
from renmai.distribution.audit import violations
from renmai.distribution.models import Commission
from renmai.distribution.queries import income
from renmai.distribution.tests import world
from renmai.distribution.tests.world import Goods
from renmai.kernel import clock
from renmai.kernel.events import Event
from renmai.kernel.outbox import drain, emit
from renmai.ordering.events import LineRefunded, OrderPaid, OrderReceived, OrderSettled
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
TABLE: dict[type[Event], tuple[Callable[[Any], None], ...]] = {
    OrderPaid: (reactions.on_order_paid,),
    OrderReceived: (reactions.on_order_received,),
    OrderSettled: (reactions.on_order_settled,),
    LineRefunded: (reactions.on_line_refunded,),
}


def tell(*events: Event) -> None:
    """Each event twice, as a careless worker might."""
    with transaction.atomic():
        emit(*events, *events)
    drain(TABLE)


def test_a_sale_from_payment_to_the_wallet(moving_clock: MovingClock) -> None:
    agent = world.agent()
    sale = world.sale(agent, Goods(quantity=2))
    order, line = sale.order, sale.line
    order.status, order.paid_at = "paid", clock.now()
    order.save()
    tell(OrderPaid(order.pk))
    assert income(agent.pk).created_fen == 2000
    order.status, order.received_at, order.settle_after = "received", clock.now(), clock.now() + timedelta(days=8)
    order.save()
    tell(OrderReceived(order.pk))
    assert income(agent.pk).frozen_fen == 2000
    line.claimed_quantity = line.refunded_quantity = 1
    line.save()
    tell(LineRefunded(after_sale_id=1, order_id=order.pk, order_line_id=line.pk, quantity=1))
    assert (income(agent.pk).frozen_fen, income(agent.pk).void_fen) == (1000, 1000)
    moving_clock.advance(days=8)
    order.status, order.settled_at = "settled", clock.now()
    order.save()
    tell(OrderSettled(order.pk))
    assert income(agent.pk).available_fen == 1000
    assert Commission.objects.get().entries.count() == 4
    assert list(violations()) == []
