"""What this room does when something happened elsewhere."""

from datetime import timedelta

from renmai.accounts.events import VisitorRecognised
from renmai.kernel import clock
from renmai.kernel.compiled import by_key
from renmai.ordering.events import OrderPaid
from renmai.ordering.models import Order
from renmai.policy.queries import integer
from renmai.sharing.actions import bind, recognise_visitor
from renmai.sharing.models import Binding, Visit


def join_visits(event: VisitorRecognised) -> None:
    """A guest signed in: her visits are hers, and a person without a binding is bound to whom she came through last.

    Only a visit that would still win an order binds: an older one must not come back as a binding.
    """
    recognise_visitor(visitor_id=event.visitor_id, user_id=event.user_id)
    if Binding.objects.filter(customer_id=event.user_id, status=Binding.Status.ACTIVE).exists():
        return
    since = clock.now() - timedelta(days=integer("attribution.window_days"))
    visit = (
        Visit.objects.filter(user_id=event.user_id, is_valid=True, share__shop__isnull=False, at__gte=since)
        .select_related("share")
        .order_by("-at", "-pk")
        .first()
    )
    if visit and visit.share.shop_id:
        evidence: dict[str, int | str | None] = {"visit_id": visit.pk, "share_id": visit.share_id}
        bind(customer_id=event.user_id, shop_id=visit.share.shop_id, reason="signed_in_through_share", evidence=evidence)


def bind_buyer(event: OrderPaid) -> None:
    """A paid order that went to a shop binds the buyer there, or renews her binding."""
    order = by_key(Order, event.order_id)
    if order.shop_id:
        evidence: dict[str, int | str | None] = {"order_id": order.pk, "share_id": order.share_id}
        bind(customer_id=order.buyer_id, shop_id=order.shop_id, reason="order_paid", evidence=evidence)
