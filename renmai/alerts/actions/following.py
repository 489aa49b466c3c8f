"""What follows an alert: it is missed, the customer opens what was shared, she orders; or she takes her consent back."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from renmai.accounts.consents import PURPOSES, Purpose
from renmai.accounts.models import Consent, User
from renmai.alerts.events import AlertMissed
from renmai.alerts.gate import NEEDED
from renmai.alerts.models import BrowseAlert
from renmai.insight.portraits.queries import denied
from renmai.kernel import clock
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.ordering.models import OrderLine
from renmai.sharing.models import Visit

FOLLOWED: Final = timedelta(days=7)
"""An order of the product within a week counts as having followed."""

Status = BrowseAlert.Status


def miss_overdue(limit: int) -> int:
    """Close up to ``limit`` alerts whose time has passed, or of customers who do not want them any more; return how many."""
    moment = clock.now()
    open_alerts = BrowseAlert.objects.filter(status=Status.OPEN)
    taken_back = open_alerts.exclude(*(Q(customer__in=_agreeing(purpose)) for purpose in NEEDED))
    withdrawn = sweep("alerts.withdraw", taken_back, _withdraw, by="due_at", limit=limit)
    return withdrawn + sweep("alerts.miss", open_alerts.filter(due_at__lte=moment), _miss, by="due_at", limit=limit)


def follow_visits(limit: int) -> int:
    """Note which shared links their customers have opened, up to ``limit`` of them; return how many."""
    since = clock.now() - FOLLOWED
    waiting = BrowseAlert.objects.filter(status=Status.SHARED, visited_at__isnull=True, answered_at__gte=since)
    opened = waiting.filter(
        Exists(Visit.objects.filter(share=OuterRef("share"), user=OuterRef("customer"), at__gte=OuterRef("answered_at")))
    )
    return sweep("alerts.visits", opened, _note_visit, by="answered_at", limit=limit)


def note_order(order_id: int) -> int:
    """Note the order on the alerts of its buyer that it followed: same product, told within a week before; return how many.

    Told again it changes nothing. Alerts that nobody answered count too: that is what answered ones are compared with.
    """
    lines = list(OrderLine.objects.filter(order=order_id).select_related("order"))
    if not lines:
        return 0
    order = lines[0].order
    bought = {line.product_id_at_order for line in lines}
    told = BrowseAlert.objects.filter(
        customer=order.buyer_id,
        product__in=bought,
        order_id__isnull=True,
        told_at__range=(order.placed_at - FOLLOWED, order.placed_at),
    )
    return told.update(order_id=order.pk, ordered_at=order.placed_at)


def forget(user: User) -> int:
    """Delete what was ever told about a person; return how many alerts that were. What was told to her as an agent stays."""
    return BrowseAlert.objects.filter(customer=user).delete()[0]


def close(user_id: int) -> int:
    """Close the open alerts about a person who does not want them any more; return how many. She goes on reading what was told."""
    waiting = BrowseAlert.objects.filter(customer=user_id, status=Status.OPEN)
    return sum(_withdraw(alert) for alert in waiting.order_by("pk"))


def close_denied(user: User) -> int:
    """Close the open alerts about goods of which a person has said that they are not hers; return how many."""
    waiting = list(BrowseAlert.objects.filter(customer=user, status=Status.OPEN).order_by("pk"))
    out = denied([(user.pk, alert.product_id) for alert in waiting])
    return sum(_withdraw(alert) for alert in waiting if (user.pk, alert.product_id) in out)


def _agreeing(purpose: Purpose) -> QuerySet[Consent, int]:
    rows = Consent.objects.filter(purpose=purpose, version=PURPOSES[purpose].version, withdrawn_at__isnull=True)
    return rows.values_list("user_id", flat=True)


def _withdraw(alert: BrowseAlert) -> bool:
    return advance(BrowseAlert, alert.pk, old=Status.OPEN, new=Status.WITHDRAWN, answered_at=clock.now())


def _miss(alert: BrowseAlert) -> bool:
    with transaction.atomic():
        moved = advance(BrowseAlert, alert.pk, old=Status.OPEN, new=Status.MISSED)
        if moved:
            emit(AlertMissed(alert.pk, alert.agent_id))
    return moved


def _note_visit(alert: BrowseAlert) -> bool:
    visit = Visit.objects.filter(share=alert.share_id, user=alert.customer_id, at__gte=alert.answered_at).order_by("at").first()
    if visit is None:
        return False
    return bool(BrowseAlert.objects.filter(pk=alert.pk, visited_at__isnull=True).update(visited_at=visit.at))
