"""The play for programs: sales with their true counts, taking a place, one's own places."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.plays.flash import actions, queries
from renmai.plays.flash.models import Sale, Ticket
from renmai.plays.flash.terms import terms_of

router = Router(tags=["Plays"], auth=PERSON)


class FlashSaleOut(Out):
    """A flash sale. ``free`` pieces can be had now, ``kept`` ones wait for their buyers' payment; ``in_line`` people wait."""

    campaign_id: int
    title: str
    sku_id: int
    price_fen: int
    normal_price_fen: int
    per_person: int
    pay_minutes: int
    starts_at: datetime
    ends_at: datetime
    pieces: int
    free: int
    kept: int
    sold: int
    in_line: int


class FlashTicketOut(Out):
    """A place. With ``status`` = held a piece is hers until ``expires_at``: it is ordered with ``plays`` = [its play, campaign and number]."""

    number: str
    campaign_id: int
    status: str
    place: int = Field(description="Which number in line, from 1; 0 for one that does not wait.")
    joined_at: datetime
    expires_at: datetime | None

    @staticmethod
    def resolve_place(ticket: Any) -> int:
        """Counted now."""
        return queries.place_of(ticket)


class FlashTicketBrief(Out):
    """A place in a list."""

    number: str
    campaign_id: int
    status: str
    joined_at: datetime
    expires_at: datetime | None


@router.get("/sales", response=Paged[FlashSaleOut], auth=ANYONE)
def list_flash_sales(request: HttpRequest) -> Listed[Any]:
    """Sales that are open or coming. At most fifty."""
    return whole(_shown(queries.sales_here()))


@router.get("/sales/{campaign_id}", response=FlashSaleOut, auth=ANYONE)
def get_flash_sale(request: HttpRequest, campaign_id: Id) -> dict[str, Any]:
    """One sale with its counts as they are."""
    return _shown([queries.sale_of(campaign_id)])[0]


@router.post("/sales/{campaign_id}/tickets", response={201: FlashTicketOut})
def grab_flash_ticket(request: HttpRequest, campaign_id: Id) -> Ticket:
    """Take a place: with a piece, or in the line. While one is open, that one is answered again. ``flash.busy`` (503): come again."""
    return actions.grab(person(request), campaign_id)


@router.get("/tickets", response=Paged[FlashTicketBrief])
def list_my_flash_tickets(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """One's own places. Newest first."""
    return listed(queries.tickets_of(person(request), page=page))


@router.get("/tickets/{number}", response=FlashTicketOut)
def get_flash_ticket(request: HttpRequest, number: Code) -> Ticket:
    """One of one's own places, as it is now."""
    return queries.access_ticket(person(request), number)


@router.post("/tickets/{number}/leave", response=FlashTicketOut)
def leave_flash_ticket(request: HttpRequest, number: Code) -> Ticket:
    """Give a place, or a piece, up: the next in line gets it."""
    return actions.leave(person(request), number)


def _shown(sales: Sequence[Sale]) -> list[dict[str, Any]]:
    counts = queries.counts_of(sales)
    return [_one(sale, counts[sale.campaign_id]) for sale in sales]


def _one(sale: Sale, counts: queries.Counts) -> dict[str, Any]:
    terms = terms_of(sale.campaign.terms)
    return {
        "campaign_id": sale.campaign_id,
        "title": sale.campaign.title,
        "sku_id": terms.sku_id,
        "price_fen": terms.price_fen,
        "normal_price_fen": sale.pool.sku.price_fen,
        "per_person": terms.per_person,
        "pay_minutes": terms.pay_minutes,
        "starts_at": sale.campaign.starts_at,
        "ends_at": sale.campaign.ends_at,
        "pieces": counts.pieces,
        "free": counts.free,
        "kept": counts.kept,
        "sold": counts.sold,
        "in_line": counts.in_line,
    }
