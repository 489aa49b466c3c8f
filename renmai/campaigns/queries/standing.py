"""How a campaign does: for the staff's list, for its page of statistics, and against its guardrails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import TruncDate

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, CampaignProduct, Participation, TermsVersion
from renmai.campaigns.policies import require_viewer
from renmai.campaigns.queries.lists import Money
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order
from renmai.policy.queries import integer
from renmai.sharing.models import Visit
from renmai.trust.queries import mutes_through

MOST_VERSIONS: Final = 100
MOST_DAYS: Final = 120
MOST_PRODUCTS: Final = 50
LEAST_ORDERS: Final = 20
"""Fewer paid orders say nothing yet: one return of three is chance."""


@dataclass(frozen=True)
class Sums:
    """A campaign's paid orders and what it took off them, for a list."""

    paid: int = 0
    discount_fen: int = 0


@dataclass(frozen=True)
class Day:
    """The orders of a campaign that were paid on one day (China's), and what was paid for them."""

    day: date
    paid: int
    paid_fen: int


@dataclass(frozen=True)
class Mutes:
    """How many people muted somebody over a campaign's link and still do, of how many members who opened one."""

    mutes: int
    readers: int


@dataclass(frozen=True)
class Bound:
    """One guardrail: ``count`` of ``of`` happened; ``lower_basis_points`` is what is more than chance. Over the bound it stops the campaign."""

    name: str
    count: int
    of: int
    bound_basis_points: int
    lower_basis_points: int
    is_judged: bool

    @property
    def basis_points(self) -> int:
        """The share as it is."""
        return self.count * 10_000 // self.of if self.of else 0

    @property
    def state(self) -> str:
        """``few`` while there are too few orders to judge, ``broken``, ``near`` when only chance may be between, or ``kept``."""
        if not self.is_judged:
            return "few"
        if self.lower_basis_points > self.bound_basis_points:
            return "broken"
        return "near" if self.basis_points > self.bound_basis_points else "kept"


def campaign_counts(actor: User) -> dict[str, int]:
    """Return how many campaigns are in each state, and all of them under the empty word. Raises ``request.forbidden``."""
    require_viewer(actor)
    counts = dict(Campaign.objects.order_by().values_list("status").annotate(Count("pk")))
    return {**counts, "": sum(counts.values())}


def sums_of(campaign_ids: Sequence[int]) -> dict[int, Sums]:
    """Return the sums of the campaigns of one page of the list, in one statement."""
    rows = Participation.objects.filter(campaign_id__in=campaign_ids, order__status__in=PAID).order_by()
    found = rows.values_list("campaign_id").annotate(Count("order_id", distinct=True), Sum("discount_fen"))
    return {campaign_id: Sums(paid, discount or 0) for campaign_id, paid, discount in found}


def days_of(campaign_id: int) -> list[Day]:
    """Return the days on which orders of a campaign were paid, the last ``MOST_DAYS`` of them, oldest first. One statement."""
    orders = Order.objects.filter(Exists(_parts_of(campaign_id)), paid_at__isnull=False).order_by()
    rows = orders.annotate(day=TruncDate("paid_at")).values("day").annotate(paid=Count("pk"), paid_fen=Sum("payable_fen"))
    return [Day(row["day"], row["paid"], row["paid_fen"]) for row in reversed(rows.order_by("-day")[:MOST_DAYS])]


def newcomers_of(campaign_id: int) -> int:
    """Return how many people's first paid order ever was one of this campaign. One statement."""
    earlier = Order.objects.filter(buyer_id=OuterRef("buyer_id"), paid_at__lt=OuterRef("paid_at"))
    orders = Order.objects.filter(Exists(_parts_of(campaign_id)), paid_at__isnull=False, status__in=PAID)
    return orders.filter(~Exists(earlier)).values("buyer_id").distinct().count()


def mutes_of(campaign_id: int) -> Mutes:
    """Return how many members opened a campaign's links, and how many of all muted somebody over one. Two statements."""
    opened = Visit.objects.filter(share__campaign_id=campaign_id, is_valid=True, user__isnull=False)
    return Mutes(mutes_through(campaign_id), opened.values("user").distinct().count())


def bounds_of(campaign: Campaign, money: Money, mutes: Mutes) -> tuple[Bound, ...]:
    """Return the guardrails with their figures, judged as the timer judges them: each from ``LEAST_ORDERS`` orders, or readers, on."""
    rows = (
        ("returns", money.returned_pieces, money.pieces, campaign.return_bound_basis_points, money.paid),
        ("complaints", money.complaints, money.paid, campaign.complaint_bound_basis_points, money.paid),
        ("mutes", mutes.mutes, mutes.readers, integer("trust.campaign_mute_basis_points"), mutes.readers),
    )
    return tuple(
        Bound(name, count, of, bound, int(lower_bound(min(count, of), of) * 10_000) if of else 0, seen >= LEAST_ORDERS)
        for name, count, of, bound, seen in rows
    )


def versions_of(campaign_id: int) -> list[TermsVersion]:
    """Return the versions of a campaign's terms, the newest first, each with who made it. One statement."""
    rows = TermsVersion.objects.filter(campaign_id=campaign_id).select_related("made_by")
    return list(rows.order_by("-number")[:MOST_VERSIONS])


def product_ids_of(campaign_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return the products that each campaign is about, in one statement; one about the whole shop is not in the answer."""
    found: dict[int, list[int]] = {}
    rows = CampaignProduct.objects.filter(campaign_id__in=campaign_ids).order_by("campaign_id", "pk")
    for campaign_id, product_id in rows.values_list("campaign_id", "product_id")[: MOST_PRODUCTS * max(1, len(campaign_ids))]:
        found.setdefault(campaign_id, []).append(product_id)
    return found


def _parts_of(campaign_id: int) -> QuerySet[Participation]:
    return Participation.objects.filter(campaign_id=campaign_id, order_id=OuterRef("pk"))


def lower_bound(count: int, of: int, *, z: float = 1.645) -> float:
    """Return the one-sided 95 % lower bound (Wilson) of a share."""
    share, square = count / of, z * z
    middle = share + square / (2 * of)
    spread = z * sqrt((share * (1 - share) + square / (4 * of)) / of)
    return max(0.0, (middle - spread) / (1 + square / of))
