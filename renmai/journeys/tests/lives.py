"""Whole lives of orders for the tests of plays: paid, kept, sent back, with every reaction that the running shop has."""

from typing import cast

from django.utils.module_loading import import_string

from renmai.accounts.tests.factories import make_staff
from renmai.journeys import after_sale, settling
from renmai.journeys.after_sale import AfterSaleDraft
from renmai.journeys.tests.world import Customer, at_cashier, begin_payment, fresh, lines, ship_all
from renmai.kernel import outbox
from renmai.ordering.actions import progress
from renmai.ordering.models import AfterSale, Order
from renmai.payments import actions as payments


def happen() -> None:
    """Let every reaction of the shop act, and the refunds reach their customers."""
    reactions = cast("outbox.Reactions", import_string("renmai.project.reactions.REACTIONS"))
    for _round in range(3):
        outbox.drain(reactions)
        payments.submit_refunds(100)
        payments.deliver_sandbox_notices(100)
        outbox.drain(reactions)


def pay(who: Customer, order: Order) -> Order:
    """Pay an order that was placed."""
    at_cashier(begin_payment(who, order))
    return fresh(order)


def keep(order: Order) -> Order:
    """Let a paid order be shipped, received and kept past its window, and let everybody hear of it."""
    ship_all(make_staff(), order)
    progress.mark_received(order.pk)
    Order.objects.filter(pk=order.pk).update(settle_after=order.placed_at)
    assert settling.settle(order.pk)
    happen()
    return fresh(order)


def send_back(order: Order, *, line: int = 0, pieces: int | None = None) -> Order:
    """Refund pieces of a line (all of them, unless told otherwise), whatever the order's state, and let everybody hear of it."""
    staff, wanted = make_staff(), lines(order)[line]
    count = wanted.quantity - wanted.claimed_quantity if pieces is None else pieces
    draft = AfterSaleDraft(order.number, wanted.pk, "refund", count, "quality", is_quality_issue=True)
    claim = after_sale.request(staff, draft, idempotency_key=f"{wanted.pk}-{wanted.claimed_quantity}")
    if claim.status == AfterSale.Status.REQUESTED:
        after_sale.approve(staff, claim.number)
    happen()
    return fresh(order)
