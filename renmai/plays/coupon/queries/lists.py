"""Coupons as pages and programs list them."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import Count, Q, Sum

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.kernel.paging import paged, viewed
from renmai.plays.coupon.conditions import PAGE, Conditions, conditions_of
from renmai.plays.coupon.models import Coupon, CouponStock
from renmai.plays.coupon.queries.choosing import conditions_on

PAGE_SIZE = 20
KEY = "coupon"
STATES = ("usable", "used", "expired")


@dataclass(frozen=True)
class CouponView:
    """One of somebody's coupons. ``state``: ``usable``, ``kept`` (for an unpaid order), ``used``, ``expired``."""

    code: str
    campaign_id: int
    title: str
    conditions: Conditions
    state: str
    valid_until: datetime
    order_number: str
    from_reward: bool


@dataclass(frozen=True)
class OpenCampaign:
    """A campaign whose coupons can be claimed. ``mine`` is how many this person has had."""

    campaign: Campaign
    conditions: Conditions
    left: int
    mine: int
    per_person: int
    valid_days: int

    @property
    def can_claim(self) -> bool:
        """Whether there is one for her."""
        return self.left > 0 and self.mine < self.per_person


@dataclass(frozen=True)
class Counted:
    """The figures of one campaign."""

    issued: int
    left: int
    used: int
    off_fen: int

    @property
    def used_basis_points(self) -> int | None:
        """Used ones of those issued; nothing to say before the first."""
        return self.used * 10_000 // self.issued if self.issued else None


def open_now(user: User | None) -> list[OpenCampaign]:
    """Return the campaigns of the coupon centre, those first that end first. Two statements whatever their number."""
    campaigns = [each for each in open_campaigns(play=KEY) if each.terms["claim"] == PAGE]
    return sorted(_views(user, campaigns), key=lambda each: (not each.can_claim, each.campaign.ends_at))


def open_campaign(user: User | None, number: str) -> OpenCampaign:
    """Return one campaign whose link was opened; it may be over. Raises ``request.not_found``."""
    found = Campaign.objects.filter(number=number, play=KEY, launched_at__isnull=False).first()
    if found is None or found.terms["claim"] != PAGE:
        raise DomainError("request.not_found")
    return _views(user, [found])[0]


def mine(user: User, *, state: str = "usable", page: int = 1) -> "Page[CouponView]":
    """Return her coupons of one of ``STATES``: usable ones by their end, others by when they were claimed, the newest first."""
    rows = Coupon.objects.filter(owner=user).select_related("terms", "campaign", "order")
    over = Q(status=Coupon.Status.EXPIRED) | Q(status=Coupon.Status.FREE, valid_until__lte=clock.now())
    if state == "used":
        rows = rows.filter(status=Coupon.Status.USED).order_by("-used_at", "-pk")
    elif state == "expired":
        rows = rows.filter(over).order_by("-valid_until", "-pk")
    else:
        rows = rows.exclude(over).exclude(status=Coupon.Status.USED).order_by("valid_until", "pk")
    return viewed(paged(rows, number=page, size=PAGE_SIZE), view_of)


def count(campaign_id: int) -> Counted:
    """Return a campaign's figures, in three statements."""
    stock = CouponStock.objects.filter(pk=campaign_id).first()
    issued, left = (stock.issued, stock.left) if stock else (0, 0)
    coupons = Coupon.objects.filter(campaign_id=campaign_id)
    used = coupons.aggregate(used=Count("pk", filter=Q(status=Coupon.Status.USED)))["used"]
    taken = Participation.objects.filter(
        campaign_id=campaign_id, order__coupon__campaign_id=campaign_id, order__coupon__status="used"
    )
    return Counted(issued, left, used, taken.aggregate(off=Sum("discount_fen"))["off"] or 0)


def _views(user: User | None, campaigns: list[Campaign]) -> list[OpenCampaign]:
    if not campaigns:
        return []
    stocks = CouponStock.objects.in_bulk([each.pk for each in campaigns])
    rows = Coupon.objects.filter(owner=user, campaign__in=campaigns).values_list("campaign") if user else None
    had = dict(rows.annotate(had=Count("pk")).order_by()) if rows is not None else {}
    return [
        OpenCampaign(
            campaign=each,
            conditions=conditions_of(each.terms),
            left=stocks[each.pk].left if each.pk in stocks else 0,
            mine=had.get(each.pk, 0),
            per_person=each.terms["per_person"],
            valid_days=each.terms["valid_days"],
        )
        for each in campaigns
    ]


def view_of(coupon: Coupon) -> CouponView:
    """Return a coupon as its owner sees it."""
    status = coupon.status
    state = {Coupon.Status.RESERVED: "kept", Coupon.Status.USED: "used"}.get(Coupon.Status(status), "usable")
    if status == Coupon.Status.EXPIRED or (status == Coupon.Status.FREE and coupon.valid_until <= clock.now()):
        state = "expired"
    return CouponView(
        code=coupon.code,
        campaign_id=coupon.campaign_id,
        title=coupon.campaign.title,
        conditions=conditions_on(coupon),
        state=state,
        valid_until=coupon.valid_until,
        order_number=coupon.order.number if coupon.order else "",
        from_reward=coupon.reward_id is not None,
    )
