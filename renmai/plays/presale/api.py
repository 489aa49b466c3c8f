"""The play for programs: pre-sales, one's own bookings, and calling a pre-sale off."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, person
from renmai.api.parsing import Id, In, PageNumber
from renmai.campaigns.models import Campaign
from renmai.plays.presale import actions, queries
from renmai.plays.presale.terms import terms_of

router = Router(tags=["Plays"], auth=PERSON)


class PresaleOut(Out):
    """A pre-sale: per piece, ``deposit_fen`` of ``price_fen`` is paid when it is ordered, the rest between the two moments."""

    campaign_id: int
    title: str
    sku_id: int
    price_fen: int
    deposit_fen: int
    deposit_is_kept: bool
    per_order: int
    per_person: int
    ends_at: datetime
    balance_from: datetime
    balance_until: datetime


class BookingOut(Out):
    """An order of a pre-sale. ``reminded_at``: when its buyer was told that the balance is due."""

    campaign_id: int
    number: str = Field(alias="order.number", description="The order's.")
    status: str = Field(alias="order.status")
    deposit_fen: int = Field(alias="order.deposit_fen")
    deposit_paid_at: datetime | None = Field(alias="order.deposit_paid_at")
    balance_fen: int = Field(alias="order.balance_fen")
    balance_from: datetime
    balance_until: datetime = Field(alias="order.balance_until")
    reminded_at: datetime | None


class CallOffIn(In):
    """Why the goods cannot be delivered, in words that the buyers read."""

    reason: str


class CalledOffOut(Out):
    """The campaign as it is then. Its orders end within minutes."""

    number: str
    status: str


@router.get("/campaigns", response=Paged[PresaleOut], auth=ANYONE)
def list_presales(request: HttpRequest) -> Listed[Any]:
    """Pre-sales that are open. At most fifty."""
    return whole([_shown(campaign) for campaign in queries.campaigns_here()])


@router.get("/campaigns/{campaign_id}", response=PresaleOut, auth=ANYONE)
def get_presale(request: HttpRequest, campaign_id: Id) -> dict[str, Any]:
    """One pre-sale. It is ordered with ``plays`` = [its play and campaign]."""
    return _shown(queries.campaign_of(campaign_id))


@router.get("/bookings", response=Paged[BookingOut])
def list_my_presale_bookings(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """One's own bookings. Newest first."""
    return listed(queries.bookings_of(person(request), page=page))


@router.post("/campaigns/{campaign_id}/call-off", response=CalledOffOut)
def call_presale_off(request: HttpRequest, campaign_id: Id, given: CallOffIn) -> Campaign:
    """Say that the goods cannot be delivered. Everything paid goes back; it cannot be undone."""
    return actions.call_off(person(request), campaign_id, reason=given.reason)


def _shown(campaign: Campaign) -> dict[str, Any]:
    terms = terms_of(campaign.terms)
    opens, closes = terms.window(campaign)
    return {
        "campaign_id": campaign.pk,
        "title": campaign.title,
        "sku_id": terms.sku_id,
        "price_fen": terms.price_fen,
        "deposit_fen": terms.deposit_fen,
        "deposit_is_kept": terms.is_kept,
        "per_order": terms.per_order,
        "per_person": terms.per_person,
        "ends_at": campaign.ends_at,
        "balance_from": opens,
        "balance_until": closes,
    }
