"""The play for programs: what can be bargained for, starting, helping, one's own."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, person
from renmai.api.parsing import Code, Id, PageNumber
from renmai.plays.bargain import actions, queries
from renmai.plays.bargain.models import Bargain, Cut
from renmai.plays.bargain.pages.where import channel_of
from renmai.plays.bargain.pages.words import masked
from renmai.plays.bargain.terms import terms_of

router = Router(tags=["Plays"], auth=PERSON)


class BargainOfferOut(Out):
    """Something that can be bargained for: the floor, how many helpers it takes, and how long one has."""

    campaign_id: int
    title: str
    sku_id: int
    floor_fen: int
    helpers: int
    hours: int
    ends_at: datetime


class BargainOut(Out):
    """One bargain. ``price_fen`` is what it costs now; it is ordered with ``plays`` = [its play, campaign and number]."""

    number: str
    campaign_id: int
    sku_id: int
    status: str
    start_fen: int
    price_fen: int
    floor_fen: int
    helpers: int
    cut_count: int
    expires_at: datetime
    owner_name: str = Field(alias="owner.display_name")
    url: str = Field(description="Its page, for links.")

    @staticmethod
    def resolve_url(bargain: Any) -> str:
        """The whole address of its page."""
        return settings.RENMAI_BASE_URL.rstrip("/") + reverse("bargain:bargain", args=[bargain.number])


class CutOut(Out):
    """One friend's help, with the beginning of her name."""

    number: int
    helper_name: str
    amount_fen: int
    at: datetime

    @staticmethod
    def resolve_helper_name(cut: Any) -> str:
        """Nobody is named in full."""
        return masked(cut.helper.display_name)


@router.get("/offers", response=Paged[BargainOfferOut], auth=ANYONE)
def list_bargain_offers(request: HttpRequest) -> Listed[Any]:
    """What can be bargained for now. At most fifty."""
    shown = []
    for campaign in queries.campaigns_here():
        terms = terms_of(campaign.terms)
        shown.append(
            {
                "campaign_id": campaign.pk,
                "title": campaign.title,
                "sku_id": terms.sku_id,
                "floor_fen": terms.floor_fen,
                "helpers": terms.helpers,
                "hours": terms.hours,
                "ends_at": campaign.ends_at,
            }
        )
    return whole(shown)


@router.post("/offers/{campaign_id}/bargains", response={201: BargainOut})
def start_bargain(request: HttpRequest, campaign_id: Id) -> Bargain:
    """Begin a bargain. One that goes on already is answered as it is. Refused where the channel bans it (``policy.refused``)."""
    begun = actions.start(person(request), campaign_id, channel=channel_of(request))
    return queries.of_number(begun.number)


@router.get("/mine", response=Paged[BargainOut])
def list_my_bargains(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """One's own bargains. Newest first."""
    return listed(queries.bargains_of(person(request), page=page))


@router.get("/{number}", response=BargainOut, auth=ANYONE)
def get_bargain(request: HttpRequest, number: Code) -> Bargain:
    """A bargain, for whoever has its number."""
    return queries.of_number(number)


@router.get("/{number}/cuts", response=Paged[CutOut], auth=ANYONE)
def list_bargain_cuts(request: HttpRequest, number: Code) -> Listed[Any]:
    """Who helped. The latest first, at most a hundred."""
    return whole(queries.cuts_of(queries.of_number(number)))


@router.post("/{number}/cuts", response={201: CutOut})
def help_bargain(request: HttpRequest, number: Code) -> Cut:
    """Help a friend. Once per person and bargain; refused where the channel bans it (``policy.refused``)."""
    return actions.help_cut(person(request), number, channel=channel_of(request))
