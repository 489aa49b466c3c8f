"""Taking a place: one short transaction with a piece, or a place in the line.

The hot path: one read, and with a piece three writes, the bucket last. Nobody overtakes: while somebody waits, whoever comes stands
behind her, and pieces that come back go to the head of the line (``calling``).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from renmai.accounts.models import User
from renmai.catalogue.actions.stock import StockWant, reserve
from renmai.catalogue.models import PoolBucket
from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, insert_missing
from renmai.kernel.errors import DomainError
from renmai.plays.flash.actions.calling import call_next
from renmai.plays.flash.gate import GATE
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.terms import Terms, terms_of

Status = Ticket.Status


@dataclass(frozen=True)
class _Place:
    """What a newcomer is to get."""

    user: User
    sale: Sale
    terms: Terms
    ordinal: int


def grab(user: User, campaign_id: int) -> Ticket:
    """Take a place in a sale and return it: with a piece, or in the line. While she has one that is open, that one is returned again.

    Raises ``request.not_found``, ``campaigns.not_open``, ``flash.limit``, ``flash.busy``.
    """
    with GATE.entered():
        sale = _SALE.first(campaign_id, user.pk)
        if sale is None:
            raise DomainError("request.not_found")
        mine = _MINE.rows(campaign_id, user.pk) if sale.has_mine else []  # type: ignore[attr-defined]  # annotated
        if going_on := next((ticket for ticket in mine if ticket.status in Ticket.OPEN), None):
            return going_on
        if not sale.campaign.is_open:
            raise DomainError("campaigns.not_open", title=sale.campaign.title)
        terms = terms_of(sale.campaign.terms)
        taken = {ticket.ordinal for ticket in mine}
        free = [ordinal for ordinal in range(1, terms.per_person + 1) if ordinal not in taken]
        if not free or len(taken) >= terms.per_person:
            raise DomainError("flash.limit", limit=terms.per_person)
        return _take(_Place(user, sale, terms, free[0]))


def _take(place: _Place) -> Ticket:
    is_free, has_line = place.sale.is_free, place.sale.has_line  # type: ignore[attr-defined]  # annotated
    if is_free and not has_line and (ticket := _with_piece(place)):
        return ticket
    ticket = _new(place)
    keys = insert_missing([ticket])
    if not keys:
        return _the_other(place)
    (ticket.pk,) = keys
    if is_free:
        # A piece came back and nobody has been called for it yet: whoever is first in line gets it, perhaps she.
        call_next(place.sale.campaign_id, limit=1)
        ticket.refresh_from_db()
    return ticket


def _with_piece(place: _Place) -> Ticket | None:
    """Take a piece; None when the last one went in this moment. The bucket is locked last, for the shortest time."""
    now = clock.now()
    ticket = _new(place)
    ticket.status, ticket.held_at = Status.HELD, now
    ticket.expires_at = now + timedelta(minutes=place.terms.pay_minutes)
    try:
        with transaction.atomic():
            keys = insert_missing([ticket])
            if not keys:
                return _the_other(place)
            (ticket.pk,) = keys
            reserve(ticket.number, [StockWant(place.terms.sku_id, 1, place.sale.pool_id)])
    except DomainError as refused:
        if refused.code != "catalogue.sold_out":
            raise
        return None
    return ticket


def _new(place: _Place) -> Ticket:
    campaign = place.sale.campaign
    return Ticket(
        number=ids.number("T"),
        campaign=campaign,
        version=campaign.version,
        user=place.user,
        ordinal=place.ordinal,
        joined_at=clock.now(),
    )


def _the_other(place: _Place) -> Ticket:
    """The same button twice at once: whoever comes second finds the first one's."""
    for ticket in _MINE.rows(place.sale.campaign_id, place.user.pk):
        if ticket.status in Ticket.OPEN:
            return ticket
    raise DomainError("request.conflict")


def _sale(campaign_id: Any, user_id: Any) -> QuerySet[Sale]:
    """A sale with whether a piece is free, somebody waits, and this person has been here before: all that most people need."""
    free = PoolBucket.objects.filter(pool=OuterRef("pool"), is_open=True, free__gt=0)
    tickets = Ticket.objects.filter(campaign=OuterRef("campaign"))
    return (
        Sale.objects.filter(campaign_id=campaign_id)
        .select_related("campaign")
        .annotate(
            is_free=Exists(free),
            has_line=Exists(tickets.filter(status=Status.WAITING)),
            has_mine=Exists(tickets.filter(user_id=user_id, status__in=Ticket.COUNTED)),
        )
    )


_SALE: Final[Compiled[Sale]] = Compiled(_sale)
_MINE: Final[Compiled[Ticket]] = Compiled(
    lambda campaign_id, user_id: Ticket.objects.filter(
        campaign_id=campaign_id, user_id=user_id, status__in=Ticket.COUNTED
    ).order_by("pk")
)
