"""Campaigns for the staff, and who took part in which."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, Sum

from renmai.accounts.models import User
from renmai.accounts.queries import last_actor
from renmai.campaigns.models import Campaign, Participation
from renmai.campaigns.policies import require_viewer
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError
from renmai.ordering.audit import PAID
from renmai.ordering.models import AfterSale, Order, OrderLine

PAGE_SIZE = 30
_PARTS: Compiled[Participation] = Compiled(
    lambda order: Participation.objects.filter(order_id=order).select_related("campaign").order_by("pk")[:20]
)

_PARTS_OF_EACH: Compiled[Participation] = Compiled(
    lambda orders: Participation.objects.filter(order_id__in=orders).select_related("campaign").order_by("pk")
)


@dataclass(frozen=True)
class Money:
    """What came of a campaign's orders. Amounts in fen; ``returned_basis_points`` and ``complaint_basis_points`` are the guardrails' figures."""

    orders: int
    paid: int
    buyers: int
    discount_fen: int
    net_fen: int
    pieces: int
    returned_pieces: int
    complaints: int

    @property
    def returned_basis_points(self) -> int:
        """Returned pieces of those sold."""
        return self.returned_pieces * 10_000 // self.pieces if self.pieces else 0

    @property
    def complaint_basis_points(self) -> int:
        """Quality claims per paid order."""
        return self.complaints * 10_000 // self.paid if self.paid else 0


def access_campaign(actor: User, campaign_id: int) -> Campaign:
    """Return a campaign for somebody of the staff. Raises ``request.forbidden``, ``request.not_found``."""
    require_viewer(actor)
    found = Campaign.objects.select_related("created_by", "approved_by").filter(pk=campaign_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def authors_of(campaign: Campaign) -> frozenset[int | None]:
    """Return who composed a campaign and who changed it last: neither gives the second look. One statement."""
    changed_it = last_actor(("campaign.changed",), object_type="campaign", object_id=campaign.number)
    return frozenset({campaign.created_by_id, changed_it})


def campaign_of_number(number: str) -> Campaign:
    """Return a campaign that was launched, for whoever opened its link. Raises ``request.not_found``."""
    found = Campaign.objects.filter(number=number, launched_at__isnull=False).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def campaigns_by_id(campaign_ids: Collection[int]) -> dict[int, Campaign]:
    """Return launched campaigns by their id, whatever became of them, for whoever holds a link to one. No statement for no ids."""
    rows = Campaign.objects.filter(pk__in=campaign_ids, launched_at__isnull=False) if campaign_ids else ()
    return {row.pk: row for row in rows}


def campaigns_of(actor: User, *, play: str = "", status: str = "", page: int = 1) -> "Page[Campaign]":
    """Return the staff's list, the newest first. Raises ``request.forbidden``."""
    require_viewer(actor)
    rows = Campaign.objects.all()
    if play:
        rows = rows.filter(play=play)
    if status:
        rows = rows.filter(status=status)
    return Paginator(rows.order_by("-created_at", "-pk"), PAGE_SIZE).get_page(page)


def parts_of_order(order_id: int) -> Sequence[Participation]:
    """Return what campaigns granted to an order, in the order of the price's layers. One statement."""
    return _PARTS.rows(order_id)


def parts_of_orders(order_ids: Sequence[int]) -> dict[int, list[Participation]]:
    """Do as ``parts_of_order`` for several orders, by their ids. One statement."""
    found: dict[int, list[Participation]] = {order_id: [] for order_id in order_ids}
    for part in _PARTS_OF_EACH.rows(order_ids):
        found[part.order_id].append(part)
    return found


def taken_part(campaign_id: int, user_id: int) -> int:
    """Return how many orders a person has had in a campaign, the cancelled and refunded ones left out."""
    gone = (Order.Status.CANCELLED, Order.Status.REFUNDED)
    mine = Participation.objects.filter(campaign_id=campaign_id, order__buyer_id=user_id)
    return mine.exclude(order__status__in=gone).values("order_id").distinct().count()


def money_of(campaign_id: int) -> Money:
    """Return the figures of a campaign's orders, in three statements. Held orders count as paid."""
    parts = Participation.objects.filter(campaign_id=campaign_id)
    paid = Q(order__status__in=PAID)
    sums = parts.aggregate(
        orders=Count("order_id", distinct=True),
        paid=Count("order_id", distinct=True, filter=paid),
        buyers=Count("order__buyer_id", distinct=True, filter=paid),
        discount=Sum("discount_fen", filter=paid),
    )
    order_ids = parts.filter(paid).values("order_id")
    lines = OrderLine.objects.filter(order_id__in=order_ids)
    goods = lines.aggregate(
        net=Sum(F("amount_fen") + F("freight_fen") - F("refunded_fen")),
        pieces=Sum("quantity", filter=~Q(order__held_for__gt="")),
        # What came back of orders that were never packed is no return: the play did not succeed.
        returned=Sum("refunded_quantity", filter=~Q(order__held_for__gt="")),
    )
    complaints = AfterSale.objects.filter(order_id__in=order_ids, is_quality_issue=True).values("order_id").distinct().count()
    return Money(
        orders=sums["orders"],
        paid=sums["paid"],
        buyers=sums["buyers"],
        discount_fen=sums["discount"] or 0,
        net_fen=goods["net"] or 0,
        pieces=goods["pieces"] or 0,
        returned_pieces=goods["returned"] or 0,
        complaints=complaints,
    )
