"""What an agent does with what she was told."""

from collections.abc import Sequence

from django.db import transaction

from renmai.accounts.consents import Purpose
from renmai.accounts.models import User
from renmai.alerts.models import BrowseAlert
from renmai.alerts.queries.agents import access_alert
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.states import advance
from renmai.sharing import actions as sharing
from renmai.sharing.models import Share
from renmai.trust import queries as trust
from renmai.trust.actions import note_sending
from renmai.trust.queries.gating import kept_share

WHOLE = 10_000
Status = BrowseAlert.Status


def share_it(actor: User, alert_id: int) -> Share:
    """Make (or find) her link to the product and note that she shares it; return the link.

    Again, from a second tab or a phone that sent twice, gives the same link. Raises ``alerts.too_late`` when she set it aside before or
    when its time has passed, ``sharing.shop_closed`` and whatever else forbids a link.
    """
    alert = access_alert(actor, alert_id)
    if alert.status == Status.SHARED and alert.share is not None:
        return alert.share
    with transaction.atomic():
        link = sharing.share(actor, kind=Share.Kind.PRODUCT, shop=alert.shop, product=alert.product)
        if not advance(BrowseAlert, alert.pk, old=Status.OPEN, new=Status.SHARED, share=link, answered_at=clock.now()):
            raise DomainError("alerts.too_late")
        _spend_trust(alert)
    return link


def _spend_trust(alert: BrowseAlert) -> None:
    """Note that something is sent to this customer now: it weighs on the tie like every push."""
    asked = trust.ask(alert.agent_id, [alert.customer_id])[alert.customer_id]
    margin_fen = round(alert.product.lowest_price_fen * kept_share())
    offer = trust.Offer(alert.chance_basis_points / WHOLE, margin_fen, purpose=Purpose.AGENT_ALERTS)
    note_sending(asked, offer, product_id=alert.product_id)


def dismiss(actor: User, alert_id: int) -> None:
    """Set an alert aside; again is harmless. Raises ``alerts.too_late`` when it is not open any more."""
    alert = access_alert(actor, alert_id)
    if alert.status == Status.DISMISSED:
        return
    if not advance(BrowseAlert, alert.pk, old=Status.OPEN, new=Status.DISMISSED, answered_at=clock.now()):
        raise DomainError("alerts.too_late")


def note_seen(alerts: Sequence[BrowseAlert]) -> None:
    """Note when cards first came onto a screen of hers: what the time from browse to phone is counted to. One statement, mostly none."""
    unseen = [alert.pk for alert in alerts if alert.seen_at is None]
    if unseen:
        BrowseAlert.objects.filter(pk__in=unseen, seen_at__isnull=True).update(seen_at=clock.now())
