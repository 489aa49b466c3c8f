"""The goods reach the customer: she says so, time says so, or she fetches them."""

from renmai.accounts.models import User
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.sweeping import sweep
from renmai.ordering.actions import progress, shipping
from renmai.ordering.models import AfterSale, Order
from renmai.ordering.policies import require_buyer
from renmai.ordering.queries import access_order

RECEIVED = frozenset({Order.Status.RECEIVED, Order.Status.SETTLED})


def confirm(user: User, order_number: str) -> Order:
    """Confirm that one has received one's own order; again is the same as once. Raises ``ordering.not_receivable``."""
    order = access_order(user, order_number)
    require_buyer(user, order)
    if order.status not in RECEIVED and not progress.mark_received(order.pk, actor_id=user.pk):
        raise DomainError("ordering.not_receivable")
    return Order.objects.get(pk=order.pk)


def hand_over(actor: User, order_number: str, *, code: str) -> Order:
    """Hand a pickup order to the customer who shows its code. For the staff; raises what ``shipping.hand_over`` raises."""
    return shipping.hand_over(actor, order_number, code=code)


def auto_receive(limit: int) -> int:
    """Count up to ``limit`` orders as received whose time is over; return how many. An open claim stops the clock. A timer."""
    disputed = AfterSale.objects.filter(status__in=AfterSale.OPEN).values("order_id")
    due = Order.objects.filter(status=Order.Status.SHIPPED, receive_before__lte=clock.now()).exclude(pk__in=disputed)
    return sweep("orders.receive", due, lambda order: progress.mark_received(order.pk), by="receive_before", limit=limit)
