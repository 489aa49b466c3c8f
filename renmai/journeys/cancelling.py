"""Ending an order that nobody has paid: its payments are closed, its stock is free again."""

from django.db import transaction

from renmai.accounts.models import User
from renmai.campaigns import actions as campaigns
from renmai.catalogue.actions.stock import release
from renmai.journeys import paying, settling
from renmai.journeys.checkout import wants_of
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.sweeping import sweep
from renmai.ordering import windows
from renmai.ordering.actions import progress
from renmai.ordering.models import Order
from renmai.ordering.policies import require_buyer
from renmai.ordering.queries import access_order
from renmai.payments import actions as payments

REASON_LENGTH = 40
DEPOSIT = "deposit"
NOT_DELIVERED = "not_delivered"
"""The reason of an order that the shop itself ends, because it cannot deliver."""


def cancel(user: User, order_number: str, *, reason: str = "") -> Order:
    """Cancel one's own unpaid order, perhaps with a few words why (at most ``REASON_LENGTH`` characters).

    Cancelling twice is the same as once. Raises ``ordering.not_cancellable`` when it is paid, or ended otherwise.
    """
    reason = reason.strip() or "buyer"
    if len(reason) > REASON_LENGTH:
        raise DomainError("request.invalid", field="reason")
    order = access_order(user, order_number)
    require_buyer(user, order)
    if order.status != Order.Status.CANCELLED and not _end(order, reason=reason, actor_id=user.pk):
        raise DomainError("ordering.not_cancellable")
    return Order.objects.get(pk=order.pk)


def call_off(order: Order) -> bool:
    """End an order that waits for its balance because the shop cannot deliver: its deposit goes back in any case.

    False when it was not waiting any more. The provider is asked first; must not be called inside a transaction.
    """
    paying.ask_provider(order.number)
    return _end(order, reason=NOT_DELIVERED, actor_id=None)


def cancel_overdue(limit: int) -> int:
    """Cancel up to ``limit`` orders that were not paid in time; return how many. A timer.

    A little later than the customer was told: a reservation outlives the payment it waits for. The provider is asked once more first,
    so that an order which was paid while nobody here was listening is kept. Must not be called inside a transaction.
    """
    due = Order.objects.filter(status=Order.Status.PLACED, pay_before__lte=clock.now() - windows.RESERVATION_MARGIN)
    return sweep("orders.cancel", due, _end_unless_paid, by="pay_before", limit=limit)


def _end_unless_paid(order: Order) -> bool:
    paying.ask_provider(order.number)
    return _end(order, reason="timeout", actor_id=None)


def _end(order: Order, *, reason: str, actor_id: int | None) -> bool:
    """End the order in one transaction; False when it was not unpaid any more.

    The payments come first: a capture takes them before the order too, so the two never wait for each other in a circle. Money
    that comes after this finds the order cancelled and goes back.
    """
    with transaction.atomic():
        payments.close_payments(order.number)
        if not progress.cancel(order.pk, reason=reason, actor_id=actor_id):
            transaction.set_rollback(True)
            return False
        if order.deposit_fen:
            _end_deposit(order, reason=reason)
        campaigns.on_cancelled(order)
        release(order.number, wants_of(order))
    return True


def _end_deposit(order: Order, *, reason: str) -> None:
    """Give the deposit of a cancelled order back, or keep it where that was agreed and the shop is not to blame. The order is held."""
    now = Order.objects.get(pk=order.pk)
    if now.deposit_paid_at is None:
        return
    if now.deposit_is_kept and reason != NOT_DELIVERED:
        settling.recognise(now, amount_fen=progress.forfeit(now.pk))
    else:
        payments.refund_for_reference(now.number, amount_fen=now.deposit_fen, reason=DEPOSIT, cause=f"{DEPOSIT}:{now.number}")
