"""Taking a place: one short transaction with a piece, or a place in the line.

The hot path: one read, and with a piece three writes, the bucket last; under a crowd as many for all who come together. Nobody overtakes:
while somebody waits, whoever comes stands behind her, and pieces that come back go to the head of the line (``calling``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from renmai.accounts.models import User
from renmai.catalogue.actions.stock import StockWant, reserve_each
from renmai.catalogue.models import PoolBucket
from renmai.kernel import clock, ids
from renmai.kernel.compiled import Compiled, insert_missing
from renmai.kernel.errors import DomainError
from renmai.kernel.together import LineTooLong, Together
from renmai.plays.flash.actions.calling import call_next
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.terms import Terms, terms_of

MOST_TOGETHER: Final = 32
WAIT_SECONDS: Final = 5.0
Status = Ticket.Status


@dataclass(frozen=True)
class Ask:
    """Somebody at the door of a sale."""

    user: User
    campaign_id: int


@dataclass(frozen=True)
class _Place:
    """What a newcomer is to get."""

    user: User
    sale: Sale
    terms: Terms
    ordinal: int


def grab(user: User, campaign_id: int) -> Ticket:
    """Take a place in a sale and return it: with a piece, or in the line. While she has one that is open, that one is returned again.

    Raises ``request.not_found``, ``campaigns.not_open``, ``flash.limit``, and ``flash.busy`` when nobody got round to her in time.
    """
    try:
        return _DOOR(Ask(user, campaign_id))
    except LineTooLong:
        raise DomainError("flash.busy") from None


def serve(asks: Sequence[Ask]) -> list[Ticket | Exception]:
    """Give each of those who ask at the same moment her place, or her refusal."""
    given: dict[Ask, Ticket | Exception] = {}
    for campaign_id, those in groupby(sorted(asks, key=lambda ask: ask.campaign_id), key=lambda ask: ask.campaign_id):
        users = [ask.user for ask in those]
        for user, answer in zip(users, _serve_sale(campaign_id, users), strict=True):
            given[Ask(user, campaign_id)] = answer
    return [given[ask] for ask in asks]


_DOOR: Final = Together(serve, most=MOST_TOGETHER, wait_seconds=WAIT_SECONDS)


def _serve_sale(campaign_id: int, users: Sequence[User]) -> list[Ticket | Exception]:
    keys = [user.pk for user in users]
    sale = _SALE.first(campaign_id, keys)
    if sale is None:
        return [DomainError("request.not_found") for _user in users]
    mine: dict[int, list[Ticket]] = {key: [] for key in keys}
    for ticket in _MINE.rows(campaign_id, keys) if sale.has_mine else []:  # type: ignore[attr-defined]  # annotated
        mine[ticket.user_id].append(ticket)
    found = [_judged(sale, user, mine[user.pk]) for user in users]
    taken = iter(_take(sale, [each for each in found if isinstance(each, _Place)]))
    return [next(taken) if isinstance(each, _Place) else each for each in found]


def _judged(sale: Sale, user: User, mine: Sequence[Ticket]) -> _Place | Ticket | DomainError:
    """Return what somebody may have: the place that she has, a new one, or why not."""
    if going_on := next((ticket for ticket in mine if ticket.status in Ticket.OPEN), None):
        return going_on
    if not sale.campaign.is_open:
        return DomainError("campaigns.not_open", title=sale.campaign.title)
    terms = terms_of(sale.campaign.terms)
    taken = {ticket.ordinal for ticket in mine}
    free = [ordinal for ordinal in range(1, terms.per_person + 1) if ordinal not in taken]
    if not free or len(taken) >= terms.per_person:
        return DomainError("flash.limit", limit=terms.per_person)
    return _Place(user, sale, terms, free[0])


def _take(sale: Sale, places: Sequence[_Place]) -> Iterator[Ticket | Exception]:
    """Give the places in the order in which people came: pieces for all at once while there are enough, else one after the other."""
    is_free, has_line = sale.is_free, sale.has_line  # type: ignore[attr-defined]  # annotated
    if len(places) > 1 and is_free and not has_line and (tickets := _with_pieces(places)):
        yield from tickets
        return
    for place in places:
        tickets = _with_pieces([place]) if is_free and not has_line else None
        ticket = tickets[0] if tickets else _in_line(place, is_free=is_free)
        # Whoever is served after somebody who must wait stands behind her.
        has_line = has_line or (isinstance(ticket, Ticket) and ticket.status == Status.WAITING)
        yield ticket


def _with_pieces(places: Sequence[_Place]) -> list[Ticket] | None:
    """Give everybody a piece in one transaction; None when the last ones went in this moment, or somebody pressed twice and has a place
    by another process.

    Tickets are written in the order of people, so that two processes with the same people never wait for each other in a circle. The
    bucket is locked last, for the shortest time.
    """
    tickets = [_held(place) for place in places]
    by_person = sorted(tickets, key=lambda ticket: ticket.user_id)
    try:
        with transaction.atomic():
            keys = insert_missing(by_person)
            if len(keys) < len(by_person):
                transaction.set_rollback(True)
                return None
            for ticket, key in zip(by_person, keys, strict=True):
                ticket.pk = key
            first = places[0]
            reserve_each([ticket.number for ticket in tickets], StockWant(first.terms.sku_id, 1, first.sale.pool_id))
    except DomainError as refused:
        if refused.code != "catalogue.sold_out":
            raise
        return None
    return tickets


def _in_line(place: _Place, *, is_free: bool) -> Ticket | Exception:
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


def _held(place: _Place) -> Ticket:
    ticket = _new(place)
    ticket.status, ticket.held_at = Status.HELD, ticket.joined_at
    ticket.expires_at = ticket.joined_at + timedelta(minutes=place.terms.pay_minutes)
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


def _the_other(place: _Place) -> Ticket | Exception:
    """The same button twice at once: whoever comes second finds the first one's."""
    for ticket in _MINE.rows(place.sale.campaign_id, [place.user.pk]):
        if ticket.status in Ticket.OPEN:
            return ticket
    return DomainError("request.conflict")


def _sale(campaign_id: Any, user_ids: Any) -> QuerySet[Sale]:
    """A sale with whether a piece is free, somebody waits, and one of these people has been here before: all that most people need."""
    free = PoolBucket.objects.filter(pool=OuterRef("pool"), is_open=True, free__gt=0)
    tickets = Ticket.objects.filter(campaign=OuterRef("campaign"))
    return (
        Sale.objects.filter(campaign_id=campaign_id)
        .select_related("campaign")
        .annotate(
            is_free=Exists(free),
            has_line=Exists(tickets.filter(status=Status.WAITING)),
            has_mine=Exists(tickets.filter(user_id__in=user_ids, status__in=Ticket.COUNTED)),
        )
    )


_SALE: Final[Compiled[Sale]] = Compiled(_sale)
_MINE: Final[Compiled[Ticket]] = Compiled(
    lambda campaign_id, user_ids: Ticket.objects.filter(
        campaign_id=campaign_id, user_id__in=user_ids, status__in=Ticket.COUNTED
    ).order_by("pk")
)
