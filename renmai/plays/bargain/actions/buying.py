"""A bargain and the order that uses it: taken as it is placed, bought as it is paid, going on when it is cancelled."""

from django.db.models import Q, QuerySet

from renmai.campaigns.actions import spend, unspend
from renmai.campaigns.models import Participation
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order, OrderLine
from renmai.plays.bargain.models import Bargain

Status = Bargain.Status


def take(order: Order, part: Participation) -> None:
    """Let an order that is being placed have the bargain, at the price it was quoted. In the caller's transaction.

    Raises ``bargain.moved`` when the price was cut, the time ended or another order came in between; ``campaigns.budget``.
    """
    now = clock.now()
    line = OrderLine.objects.get(order=order)
    price = line.unit_price_fen * line.quantity - part.discount_fen
    # Goods that have become cheaper than the bargain are sold at their own price: then nothing was taken off.
    as_quoted = Q(price_fen=price) if part.discount_fen else Q(price_fen__gte=price)
    mine = Bargain.objects.filter(as_quoted, number=part.reference, owner=order.buyer_id, status=Status.OPEN, expires_at__gt=now)
    if not mine.update(status=Status.ORDERED, order=order):
        raise DomainError("bargain.moved")
    spend(part.campaign_id, part.discount_fen)


def buy(order: Order, part: Participation) -> None:
    """The order is paid: the bargain has come to its good end. In the caller's transaction."""
    _of(order, part).update(status=Status.BOUGHT, closed_at=clock.now())


def let_go(order: Order, part: Participation) -> None:
    """The order ended unpaid: the bargain goes on while it has time; the timer ends it otherwise. In the caller's transaction."""
    if _of(order, part).update(status=Status.OPEN, order=None):
        unspend(part.campaign_id, part.discount_fen)


def _of(order: Order, part: Participation) -> QuerySet[Bargain]:
    return Bargain.objects.filter(number=part.reference, order=order, status=Status.ORDERED)
