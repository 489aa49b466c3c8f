"""Pre-sales, bookings and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, Sum

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.campaigns.queries import open_campaigns
from renmai.kernel.errors import DomainError
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order
from renmai.plays.presale.models import Booking, CalledOff

KEY = "presale"
PAGE_SIZE = 20
MOST_CAMPAIGNS = 50


@dataclass(frozen=True)
class Figures:
    """How a pre-sale went. Amounts in fen."""

    booked: int
    deposits: int
    balances: int
    unpaid: int
    deposits_fen: int
    forfeited_fen: int

    @property
    def kept_basis_points(self) -> int | None:
        """Balances paid, of all deposits that came to their end; None before the first."""
        ended = self.balances + self.unpaid
        return self.balances * 10_000 // ended if ended else None


def campaign_of(campaign_id: int) -> Campaign:
    """Return a pre-sale that was launched. Raises ``request.not_found``."""
    found = Campaign.objects.filter(pk=campaign_id, play=KEY, launched_at__isnull=False).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def campaigns_here() -> Sequence[Campaign]:
    """Return the pre-sales that are open now. From the process's memory: no statement as a rule."""
    return [campaign for campaign in open_campaigns() if campaign.play == KEY][:MOST_CAMPAIGNS]


def bookings_of(user: User, *, page: int = 1) -> "Page[Booking]":
    """Return a person's own bookings, the newest first."""
    rows = Booking.objects.filter(user=user).select_related("campaign", "order")
    return Paginator(rows.order_by("-booked_at", "-pk"), PAGE_SIZE).get_page(page)


def is_called_off(campaign_id: int) -> bool:
    """Whether the shop has said that it cannot deliver."""
    return CalledOff.objects.filter(campaign=campaign_id).exists()


def figures_of(campaign_id: int) -> Figures:
    """Return the play's own figures of a campaign. One statement."""
    has_deposit = Q(order__deposit_paid_at__isnull=False)
    found = Booking.objects.filter(campaign=campaign_id).aggregate(
        booked=Count("pk"),
        deposits=Count("pk", filter=has_deposit),
        balances=Count("pk", filter=Q(order__status__in=PAID)),
        unpaid=Count("pk", filter=has_deposit & Q(order__status=Order.Status.CANCELLED)),
        deposits_fen=Sum(F("order__deposit_fen"), filter=has_deposit),
        forfeited_fen=Sum("order__forfeited_fen"),
    )
    return Figures(**{name: value or 0 for name, value in found.items()})
