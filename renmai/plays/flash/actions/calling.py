"""The line: pieces that come back go to its head, by arrival."""

from datetime import timedelta

from django.db import transaction

from renmai.accounts.models import User
from renmai.care.actions import notify
from renmai.catalogue.actions.pools import free_in
from renmai.catalogue.actions.stock import StockWant, release, reserve
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.outbox import emit
from renmai.kernel.states import advance
from renmai.kernel.sweeping import sweep
from renmai.ordering.windows import CHINA
from renmai.plays.flash.actions.running import end_line
from renmai.plays.flash.events import TicketCalled, TicketExpired
from renmai.plays.flash.letters import LATE, TURN
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.terms import terms_at

MOST_SALES = 200
Status = Ticket.Status


def call_next(campaign_id: int, *, limit: int) -> int:
    """Give free pieces of a sale to the first in its line, at most ``limit``; return how many were called. Each is a transaction."""
    sale = Sale.objects.select_related("campaign", "pool__sku__product").filter(campaign=campaign_id).first()
    if sale is None:
        return 0
    if sale.campaign.closed_at is not None:
        # Somebody joined in the very moment in which the sale closed.
        end_line(campaign_id)
        return 0
    called, free = 0, free_in(sale.pool_id)
    while called < min(free, limit):
        first = Ticket.objects.filter(campaign=campaign_id, status=Status.WAITING).order_by("pk").first()
        if first is None or not _call(first, sale):
            break
        called += 1
    return called


def expire_due(limit: int) -> int:
    """Take up to ``limit`` pieces back whose time ran out, and give what is free to the lines; return how many moved. A timer."""
    due = Ticket.objects.filter(status=Status.HELD, expires_at__lte=clock.now())
    moved = sweep("flash.expire", due, _expire, by="expires_at", limit=limit)
    lines = Ticket.objects.filter(status=Status.WAITING).order_by("campaign_id").values_list("campaign_id", flat=True).distinct()
    for campaign_id in lines[:MOST_SALES]:
        if moved < limit:
            moved += call_next(campaign_id, limit=limit - moved)
    return moved


def leave(user: User, number: str) -> Ticket:
    """Give one's place, or one's piece, up. Raises ``request.not_found``, ``flash.over`` when it is over or ordered already."""
    ticket = Ticket.objects.filter(number=number, user=user).first()
    if ticket is None:
        raise DomainError("request.not_found")
    with transaction.atomic():
        if advance(Ticket, ticket.pk, old=Status.WAITING, new=Status.LEFT, ended_at=clock.now()):
            return Ticket.objects.get(pk=ticket.pk)
        if not advance(Ticket, ticket.pk, old=Status.HELD, new=Status.LEFT, ended_at=clock.now()):
            raise DomainError("flash.over")
        release_piece(ticket)
    call_next(ticket.campaign_id, limit=1)
    return Ticket.objects.get(pk=ticket.pk)


def release_piece(ticket: Ticket) -> None:
    """Put the piece of a ticket back into its pool, in the caller's transaction."""
    sale = Sale.objects.select_related("pool").get(campaign=ticket.campaign_id)
    release(ticket.number, [StockWant(sale.pool.sku_id, 1, sale.pool_id)])


def _call(ticket: Ticket, sale: Sale) -> bool:
    """Give a piece to somebody in line; False when none was free any more, or she has left or was called meanwhile."""
    now = clock.now()
    until = now + timedelta(minutes=terms_at(ticket.campaign_id, ticket.version).pay_minutes)
    try:
        with transaction.atomic():
            if not advance(Ticket, ticket.pk, old=Status.WAITING, new=Status.HELD, held_at=now, expires_at=until):
                return True
            emit(TicketCalled(ticket.pk, ticket.user_id))
            _tell(ticket, sale, TURN, until=f"{until.astimezone(CHINA):%H:%M}")
            reserve(ticket.number, [StockWant(sale.pool.sku_id, 1, sale.pool_id)])
    except DomainError as refused:
        if refused.code != "catalogue.sold_out":
            raise
        return False
    return True


def _expire(ticket: Ticket) -> bool:
    with transaction.atomic():
        if not advance(Ticket, ticket.pk, old=Status.HELD, new=Status.EXPIRED, ended_at=clock.now()):
            return False
        emit(TicketExpired(ticket.pk, ticket.user_id))
        sale = Sale.objects.select_related("pool__sku__product").get(campaign=ticket.campaign_id)
        _tell(ticket, sale, LATE)
        release(ticket.number, [StockWant(sale.pool.sku_id, 1, sale.pool_id)])
    return True


def _tell(ticket: Ticket, sale: Sale, kind: str, **facts: str) -> None:
    product = sale.pool.sku.product
    details = {"title_zh": product.title_zh, "title_en": product.title_en, **facts}
    link = f"page:/play/flash/{ticket.number}/"
    notify(ticket.user_id, kind, details=details, link=link, cause=f"{kind}:{ticket.number}")
