"""The play for programs: one's own code, entering a friend's, and whom one brought."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, Text, listed
from renmai.api.callers import PERSON, person
from renmai.api.parsing import In, PageNumber
from renmai.plays.invitation import actions, queries
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.pages.words import masked

router = Router(tags=["Plays"], auth=PERSON)


class InvitationOut(Out):
    """One's own code with the link for friends, and until when one may enter somebody else's (null: not any more)."""

    code: str
    url: str
    campaign_id: int | None = Field(description="The newest open campaign; null when there is none.")
    thanked_this_month: int
    may_enter_until: datetime | None


class InviterOut(Out):
    """Who invited one. ``is_looked_at`` when both used the same browser or phone: somebody looks before rewards are given."""

    inviter_name: str
    at: datetime
    via: str
    is_looked_at: bool

    @staticmethod
    def resolve_inviter_name(tie: Any) -> str:
        """The beginning of her name."""
        return masked(tie.inviter)

    @staticmethod
    def resolve_is_looked_at(tie: Any) -> bool:
        """Whether something was in common."""
        return bool(tie.in_common)


class BroughtOut(Out):
    """Somebody one brought: the beginning of her name, how far it is, and about when the reward comes."""

    name: str
    joined_at: datetime = Field(alias="invitation.at")
    stage: str = Field(examples=["bought"])
    says: Text = Field(alias="stage.label")
    expected_at: datetime | None

    @staticmethod
    def resolve_name(brought: Any) -> str:
        """The beginning of her name."""
        return masked(brought.invitation.invited)


class InviteCodeIn(In):
    """A friend's code, however it is spelled."""

    code: str = Field(max_length=20, examples=["7K3M9QXA"])


@router.get("/mine", response=InvitationOut)
def get_my_invitation(request: HttpRequest) -> dict[str, Any]:
    """One's own code. Made at first use, the same for ever."""
    user = person(request)
    code, campaign = actions.code_of(user), queries.latest_campaign()
    return {
        "code": code,
        "url": settings.RENMAI_BASE_URL.rstrip("/") + reverse("invitation:landing", args=[code]),
        "campaign_id": campaign.pk if campaign else None,
        "thanked_this_month": queries.thanked_this_month(user, campaign.pk) if campaign else 0,
        "may_enter_until": queries.may_enter_until(user, campaign) if campaign else None,
    }


@router.get("/brought", response=Paged[BroughtOut])
def list_brought(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Whom one brought. The latest first."""
    found = queries.brought_by(person(request), page=page)
    return listed(found)


@router.post("/inviter", response={201: InviterOut})
def enter_invitation(request: HttpRequest, given: InviteCodeIn) -> Invitation:
    """Enter a friend's code. Once, within the campaign's time of joining, before the first order; it stays for ever."""
    return actions.enter_code(person(request), given.code)
