"""The play for programs: what can be bought together, groups, one's own places, leaving. Opening and joining is an order with ``plays``."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from renmai.api.answers import Listed, Out, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, person, user_or_guest
from renmai.api.parsing import Code, Id, PageNumber
from renmai.campaigns.models import Campaign
from renmai.plays.groupbuy import actions, queries
from renmai.plays.groupbuy.models import Group, Seat
from renmai.plays.groupbuy.pages.words import name_for
from renmai.plays.groupbuy.terms import terms_of

router = Router(tags=["Plays"], auth=PERSON)


class GroupTierOut(Out):
    """From so many people on, a piece costs so much."""

    people: int
    price_fen: int


class GroupOfferOut(Out):
    """Something that can be bought together. A group is opened by an order with ``plays`` = [groupbuy, its campaign, ""].

    ``paid_fen`` is what a piece costs while the group is open (``leader_off_fen`` less for whoever opens one). With ``threshold`` people a
    group counts as complete when time is up; 0: only a full one does.
    """

    campaign_id: int
    title: str
    sku_id: int
    tiers: list[GroupTierOut]
    paid_fen: int
    leader_off_fen: int
    minutes: int
    threshold: int
    most_pieces: int
    ends_at: datetime
    url: str


class GroupMemberOut(Out):
    """Somebody who is in a group, with the beginning of her name only."""

    name: str
    leads: bool
    is_you: bool


class GroupOut(Out):
    """A group. It is joined by an order with ``plays`` = [groupbuy, its campaign, its number].

    After the number may stand ``.refund`` or ``.new``: what is done with the money should the group be full by then. ``price_fen`` is what
    a piece costs in the end, null unless it is complete.
    """

    number: str
    campaign_id: int
    sku_id: int
    status: str
    reason: str
    joined: int
    size: int
    tiers: list[GroupTierOut]
    paid_fen: int
    price_fen: int | None
    opened_at: datetime
    expires_at: datetime
    members: list[GroupMemberOut]
    url: str


class GroupSeatOut(Out):
    """One's own place: the order it belongs to, how far it is, and its group."""

    order_number: str
    status: str
    group_number: str
    group_status: str
    expires_at: datetime


@router.get("/offers", response=Paged[GroupOfferOut], auth=ANYONE)
def list_group_offers(request: HttpRequest) -> Listed[Any]:
    """What can be bought together now. At most fifty."""
    return whole([_offer(campaign) for campaign in queries.open_campaigns_here()])


@router.get("/offers/{campaign_id}/groups", response=Paged[GroupOut])
def list_groups_of_people_known(request: HttpRequest, campaign_id: Id) -> Listed[Any]:
    """The open groups of a campaign in which somebody waits whom one knows. Those that end first, at most twenty."""
    user = person(request)
    found = queries.groups_of_people_known(user, queries.people_known(user), campaign_id=campaign_id)
    members = queries.members_of(found)
    return whole([_group(group, members[group.pk], request) for group in found])


@router.get("/mine", response=Paged[GroupSeatOut])
def list_my_groups(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """One's own places in groups. Newest first."""
    found = listed(queries.seats_of(person(request), page=page))
    return Listed([_seat(seat) for seat in found.items], found.page, found.has_next)


@router.get("/groups/{number}", response=GroupOut, auth=ANYONE)
def get_group(request: HttpRequest, number: Code) -> dict[str, Any]:
    """A group, for whoever has its number."""
    found = queries.group_of_number(number)
    return _group(found, queries.members_of([found])[found.pk], request)


@router.post("/groups/{number}/leave", response=GroupOut)
def leave_group(request: HttpRequest, number: Code) -> dict[str, Any]:
    """Leave a group that is still open; everything that was paid goes back."""
    left = actions.leave(person(request), number)
    return _group(left, queries.members_of([left])[left.pk], request)


def _offer(campaign: Campaign) -> dict[str, Any]:
    terms = terms_of(campaign.terms)
    return {
        "campaign_id": campaign.pk,
        "title": campaign.title,
        "sku_id": terms.sku_id,
        "tiers": [_tier(each.people, each.price_fen) for each in terms.tiers],
        "paid_fen": terms.paid_fen,
        "leader_off_fen": terms.leader_off_fen,
        "minutes": int(terms.timer.total_seconds()) // 60,
        "threshold": terms.threshold,
        "most_pieces": terms.most_pieces,
        "ends_at": campaign.ends_at,
        "url": _address("groupbuy:campaign", campaign.number),
    }


def _group(group: Group, members: list[Seat], request: HttpRequest) -> dict[str, Any]:
    viewer, terms = user_or_guest(request), group.offer
    return {
        "number": group.number,
        "campaign_id": group.campaign_id,
        "sku_id": group.sku_id,
        "status": group.status,
        "reason": group.reason,
        "joined": group.joined,
        "size": group.size,
        "tiers": [_tier(each.people, each.price_fen) for each in terms.tiers],
        "paid_fen": terms.paid_fen,
        "price_fen": group.price_fen,
        "opened_at": group.opened_at,
        "expires_at": group.expires_at,
        "members": [
            {
                "name": name_for(seat.user, viewer),
                "leads": seat.user_id == group.leader_id,
                "is_you": viewer is not None and seat.user_id == viewer.pk,
            }
            for seat in members
        ],
        "url": _address("groupbuy:group", group.number),
    }


def _seat(seat: Seat) -> dict[str, Any]:
    group = seat.group
    if group is None:
        raise AssertionError("only places in groups are listed")
    return {
        "order_number": seat.order.number,
        "status": seat.status,
        "group_number": group.number,
        "group_status": group.status,
        "expires_at": group.expires_at,
    }


def _tier(people: int, price_fen: int) -> dict[str, int]:
    return {"people": people, "price_fen": price_fen}


def _address(name: str, number: str) -> str:
    return settings.RENMAI_BASE_URL.rstrip("/") + reverse(name, args=[number])
