"""A ticket and the order that uses it, each in the order's own transaction. The piece itself moves with the order's stock."""

from django.db.models import QuerySet

from renmai.campaigns.actions import spend, unspend
from renmai.campaigns.models import Campaign, Participation
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import Order
from renmai.plays.flash.models import Ticket

Status = Ticket.Status


def use(order: Order, part: Participation) -> None:
    """Let an order that is being placed have the ticket. Raises ``flash.over`` when its time ran out meanwhile, ``campaigns.budget``."""
    counted_fen = part.discount_fen if _has_budget(part) else 0
    mine = Ticket.objects.filter(number=part.reference, user=order.buyer_id, status=Status.HELD, expires_at__gt=clock.now())
    if not mine.update(status=Status.ORDERED, order=order, counted_fen=counted_fen):
        raise DomainError("flash.over")
    spend(part.campaign_id, counted_fen)


def buy(order: Order, part: Participation) -> None:
    """The order is paid: the piece is hers."""
    _of(order, part).update(status=Status.BOUGHT, ended_at=clock.now())


def end_with_order(order: Order, part: Participation) -> None:
    """The order ended unpaid: the place is over, and the piece, which the order gives back, goes to the next in line."""
    counted_fen = _of(order, part).values_list("counted_fen", flat=True).first()
    if _of(order, part).update(status=Status.EXPIRED, ended_at=clock.now()) and counted_fen:
        unspend(part.campaign_id, counted_fen)


def _has_budget(part: Participation) -> bool:
    """Whether what is given is counted. Without a budget the pieces bound it, and the buyers do not wait for the campaign's one row."""
    return Campaign.objects.filter(pk=part.campaign_id, budget_fen__isnull=False).exists()


def _of(order: Order, part: Participation) -> QuerySet[Ticket]:
    return Ticket.objects.filter(number=part.reference, order=order, status=Status.ORDERED)
