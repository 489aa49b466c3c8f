"""The play for programs: what can be claimed, claiming, one's own."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from renmai.api.answers import Listed, Out, Paged, listed, whole
from renmai.api.callers import ANYONE, PERSON, person, user_or_guest
from renmai.api.parsing import Code, In, PageNumber, Plain
from renmai.plays.coupon import actions, queries
from renmai.plays.coupon.models import Coupon

router = Router(tags=["Plays"], auth=PERSON)
State = Literal["usable", "used", "expired"]


class ConditionsOut(Out):
    """What a coupon gives and what limits it. Amounts in fen, ``percent_basis_points`` in 1/10,000."""

    kind: str
    off_fen: int
    percent_basis_points: int
    cap_fen: int
    threshold_fen: int
    scope: str
    headline: str
    small_print: list[str]


class CouponOfferOut(Out):
    """A campaign whose coupons can be claimed. ``mine`` is how many the caller has had."""

    number: str = Field(alias="campaign.number")
    title: str = Field(alias="campaign.title")
    ends_at: datetime = Field(alias="campaign.ends_at")
    conditions: ConditionsOut
    left: int
    mine: int
    per_person: int
    valid_days: int
    can_claim: bool


class CouponOut(Out):
    """One's coupon. It is used with ``plays`` = [{"play": "coupon", "campaign_id", "reference": code}]."""

    code: str
    campaign_id: int
    title: str
    state: str
    conditions: ConditionsOut
    valid_until: datetime
    order_number: str
    from_reward: bool


class WordIn(In):
    """A coupon code, as somebody read or heard it."""

    word: Annotated[Plain, Field(min_length=1, max_length=20)]


@router.get("/offers", response=Paged[CouponOfferOut], auth=ANYONE)
def list_coupon_offers(request: HttpRequest) -> Listed[Any]:
    """What can be claimed now. Those first that end first."""
    return whole(queries.open_now(user_or_guest(request)))


@router.get("/offers/{number}", response=CouponOfferOut, auth=ANYONE)
def get_coupon_offer(request: HttpRequest, number: Code) -> queries.OpenCampaign:
    """One campaign, also when it is over."""
    return queries.open_campaign(user_or_guest(request), number)


@router.post("/offers/{number}/claims", response={201: CouponOut})
def claim_coupon(request: HttpRequest, number: Code) -> queries.CouponView:
    """Claim a coupon. One person gets as many as the terms say (``coupon.had_yours``), all together as many as there are."""
    offer = queries.open_campaign(person(request), number)
    return _shown(actions.claim(person(request), offer.campaign.pk))


@router.post("/words", response={201: CouponOut})
def claim_coupon_by_word(request: HttpRequest, given: WordIn) -> queries.CouponView:
    """Claim the coupon that belongs to a coupon code."""
    return _shown(actions.claim_by_word(person(request), given.word))


@router.get("/mine", response=Paged[CouponOut])
def list_my_coupons(request: HttpRequest, *, state: State = "usable", page: PageNumber = 1) -> Listed[Any]:
    """One's own coupons: usable ones by their end, others the newest first."""
    return listed(queries.mine(person(request), state=state, page=page))


def _shown(coupon: Coupon) -> queries.CouponView:
    return queries.view_of(coupon)
