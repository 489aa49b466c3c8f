"""The play for programs: a campaign's packets, opening one, one's own."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, listed
from renmai.api.callers import ANYONE, PERSON, person, user_or_guest
from renmai.api.parsing import Code, PageNumber
from renmai.plays.red_packet import actions, queries
from renmai.plays.red_packet.models import Packet
from renmai.plays.red_packet.pages.where import is_in_wechat

router = Router(tags=["Plays"], auth=PERSON)


class PacketOut(Out):
    """One's packet. It is used with ``plays`` = [{"play": "red_packet", "campaign_id", "reference": code}]."""

    code: str
    campaign_id: int
    amount_fen: int
    status: str
    valid_until: datetime


class PacketsOut(Out):
    """A campaign's packets: how many are left, and the caller's own, if she has opened one."""

    number: str = Field(alias="campaign.number")
    title: str = Field(alias="campaign.title")
    ends_at: datetime = Field(alias="campaign.ends_at")
    is_open: bool = Field(alias="campaign.is_open")
    packets: int
    left: int
    total_fen: int
    is_for_her: bool | None
    mine: PacketOut | None


@router.get("/mine", response=Paged[PacketOut])
def list_my_red_packets(request: HttpRequest, *, is_over: bool = False, page: PageNumber = 1) -> Listed[Any]:
    """One's own packets: those that can be used by their end, or those that are used or over, the newest first."""
    return listed(queries.mine(person(request), is_over=is_over, page=page))


@router.get("/{number}", response=PacketsOut, auth=ANYONE)
def get_red_packets(request: HttpRequest, number: Code) -> queries.PacketPage:
    """A campaign's packets, for whoever has its number."""
    return queries.page_of(user_or_guest(request), number)


@router.post("/{number}/open", response={201: PacketOut})
def open_red_packet(request: HttpRequest, number: Code) -> Packet:
    """Open one's own. Once per person; not inside WeChat where its rules forbid it (``red_packet.not_in_wechat``)."""
    found = queries.page_of(person(request), number)
    return actions.open_packet(person(request), found.campaign.pk, is_in_wechat=is_in_wechat(request))
