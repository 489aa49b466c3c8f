"""Pre-sales, bookings and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign, TermsVersion
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


@dataclass(frozen=True)
class Stake:
    """What calling a pre-sale off would move: the orders that would end, and the money that would go back. Amounts in fen.

    ``paid``: orders that are paid in full and not sent yet. ``doubled_fen``: red packets on top, where that was promised.
    """

    deposits: int
    deposits_fen: int
    paid: int
    paid_fen: int
    unpaid: int
    doubled_fen: int

    @property
    def orders(self) -> int:
        """How many orders would end."""
        return self.deposits + self.paid + self.unpaid

    @property
    def back_fen(self) -> int:
        """What goes back altogether, red packets aside."""
        return self.deposits_fen + self.paid_fen


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
    """Return a person's own bookings with the lines of their orders, the newest first."""
    rows = Booking.objects.filter(user=user).select_related("campaign", "order").prefetch_related("order__lines")
    return Paginator(rows.order_by("-booked_at", "-pk"), PAGE_SIZE).get_page(page)


def is_called_off(campaign_id: int) -> bool:
    """Whether the shop has said that it cannot deliver."""
    return CalledOff.objects.filter(campaign=campaign_id).exists()


def stake_of(campaign_id: int) -> Stake:
    """Return what calling a pre-sale off would move now. One statement."""
    placed, paid = Q(order__status=Order.Status.PLACED), Q(order__status=Order.Status.PAID)
    has_deposit = Q(order__deposit_paid_at__isnull=False)
    promise = TermsVersion.objects.filter(campaign=OuterRef("campaign"), number=OuterRef("version"), terms__doubles=True)
    found = (
        Booking.objects.filter(placed | paid, campaign=campaign_id)
        .annotate(doubles=Exists(promise))
        .aggregate(
            deposits=Count("pk", filter=placed & has_deposit),
            deposits_fen=Sum("order__deposit_fen", filter=placed & has_deposit, default=0),
            paid=Count("pk", filter=paid),
            paid_fen=Sum(F("order__payable_fen") - F("order__refunded_fen"), filter=paid, default=0),
            unpaid=Count("pk", filter=placed & ~has_deposit),
            doubled_fen=Sum("order__deposit_fen", filter=has_deposit & Q(doubles=True), default=0),
        )
    )
    return Stake(**found)


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
