"""Which level somebody has reached, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Sum

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.queries import open_campaigns
from renmai.kernel import clock
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order
from renmai.plays.levels.models import Standing
from renmai.plays.levels.tiers import Tier, following, reached, tiers_of

KEY = "levels"


@dataclass(frozen=True)
class Kept:
    """What somebody has bought and kept within a window, and when the first of it falls out."""

    fen: int
    first_leaves_at: datetime | None


@dataclass(frozen=True)
class MyLevel:
    """One campaign as one member sees it. ``tier`` None: none reached yet; ``next_tier`` None: the highest is reached."""

    campaign: Campaign
    tiers: tuple[Tier, ...]
    kept_fen: int
    tier: Tier | None
    next_tier: Tier | None
    window_days: int
    first_leaves_at: datetime | None

    @property
    def missing_fen(self) -> int:
        """What is missing to the next level."""
        return self.next_tier.from_fen - self.kept_fen if self.next_tier else 0


def kept_within(user_id: int, campaign: Campaign) -> Kept:
    """Add up what somebody paid, freight included, and did not get back for sales that were kept within the window. One statement."""
    window = timedelta(days=campaign.terms["window_days"])
    rows = Order.objects.filter(buyer_id=user_id, settled_at__gt=clock.now() - window)
    sums = rows.aggregate(fen=Sum(F("payable_fen") - F("refunded_fen")), first=Min("settled_at"))
    return Kept(sums["fen"] or 0, sums["first"] + window if sums["first"] else None)


def kept_fen(user: User, campaign: Campaign) -> int:
    """Return what somebody has kept: as remembered, or worked out when nothing is, or it has run out. Writes nothing."""
    known = Standing.objects.filter(user=user, campaign=campaign, good_until__gt=clock.now()).first()
    return known.kept_fen if known else kept_within(user.pk, campaign).fen


def best(user: User, campaigns: Sequence[Campaign]) -> tuple[Campaign, Tier] | None:
    """Return the campaign that takes most off for somebody, with her level there; None when she has reached none."""
    found = [(campaign, reached(tiers_of(campaign.terms), kept_fen(user, campaign))) for campaign in campaigns]
    mine = [(campaign, tier) for campaign, tier in found if tier is not None]
    return max(mine, key=lambda each: (each[1].basis_points, -each[0].pk), default=None)


def my_levels(user: User) -> list[MyLevel]:
    """Return the open campaigns as somebody sees them, worked out from her orders. One statement per campaign; there are few."""
    return [_my_level(user, campaign) for campaign in open_campaigns(play=KEY)]


def published() -> list[MyLevel]:
    """Return the open campaigns as a guest sees them: the conditions, the same for everybody."""
    return [_view(campaign, Kept(0, None)) for campaign in open_campaigns(play=KEY)]


def counted(campaign: Campaign) -> dict[str, tuple[int, int]]:
    """Return for each level its paid orders and what it took off them, in fen. One statement."""
    rows = Participation.objects.filter(campaign=campaign, order__status__in=PAID).order_by()
    sums = rows.values_list("reference").annotate(orders=Count("order_id"), off=Sum("discount_fen"))
    return {key: (orders, off) for key, orders, off in sums}


def _my_level(user: User, campaign: Campaign) -> MyLevel:
    return _view(campaign, kept_within(user.pk, campaign))


def _view(campaign: Campaign, kept: Kept) -> MyLevel:
    tiers = tiers_of(campaign.terms)
    return MyLevel(
        campaign=campaign,
        tiers=tiers,
        kept_fen=kept.fen,
        tier=reached(tiers, kept.fen),
        next_tier=following(tiers, kept.fen),
        window_days=campaign.terms["window_days"],
        first_leaves_at=kept.first_leaves_at,
    )
