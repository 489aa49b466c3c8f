"""Sales and tickets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, F, Q, QuerySet, Sum

from renmai.accounts.models import User
from renmai.campaigns.models import Campaign
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.plays.flash.models import Sale, Ticket

KEY = "flash"
PAGE_SIZE = 20
MOST_SALES = 50
Status = Ticket.Status


@dataclass(frozen=True)
class Counts:
    """Where the pieces of a sale are, as they are: free, kept for somebody, sold; and how many wait in line."""

    pieces: int
    free: int
    kept: int
    sold: int
    in_line: int


@dataclass(frozen=True)
class Figures:
    """How a sale went. ``pays_after`` is the mean time from piece to payment in seconds, None before the first."""

    tickets: int
    people: int
    with_piece: int
    bought: int
    expired: int
    from_line: int
    pays_after: int | None


def sale_of(campaign_id: int) -> Sale:
    """Return a sale that was launched, with its campaign and goods. Raises ``request.not_found``."""
    found = _sales().filter(campaign=campaign_id).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def sales_here() -> Sequence[Sale]:
    """Return the sales that are open or coming, the next to end or to begin first. One statement."""
    rows = _sales().filter(campaign__status=Campaign.Status.LAUNCHED, campaign__ends_at__gt=clock.now())
    return list(rows.order_by("campaign__starts_at", "campaign__ends_at", "pk")[:MOST_SALES])


def counts_of(sales: Sequence[Sale]) -> Mapping[int, Counts]:
    """Return the true counts of sales by campaign, in two statements however many they are."""
    ids = [sale.campaign_id for sale in sales]
    rows = Sale.objects.filter(campaign__in=ids).annotate(
        free=Sum("pool__buckets__free"), reserved=Sum("pool__buckets__reserved"), sold=Sum("pool__buckets__sold")
    )
    pieces = rows.values_list("campaign", "free", "reserved", "sold")
    waiting = Ticket.objects.filter(campaign__in=ids, status=Status.WAITING).order_by().values_list("campaign")
    lines = dict(waiting.annotate(count=Count("pk")))
    return {
        pk: Counts(pieces=free + kept + sold, free=free, kept=kept, sold=sold, in_line=lines.get(pk, 0))
        for pk, free, kept, sold in pieces
    }


def access_ticket(actor: User, number: str) -> Ticket:
    """Return a ticket of one's own. Raises ``request.not_found`` for everybody else's."""
    found = Ticket.objects.select_related("campaign", "order").filter(number=number, user=actor).first()
    if found is None:
        raise DomainError("request.not_found")
    return found


def tickets_of(user: User, *, page: int = 1) -> "Page[Ticket]":
    """Return a person's own tickets with their goods, the newest first."""
    rows = Ticket.objects.filter(user=user).select_related("campaign__flash_sale__pool__sku__product", "order")
    return Paginator(rows.order_by("-pk"), PAGE_SIZE).get_page(page)


def latest_of(user: User, campaign_id: int) -> Ticket | None:
    """Return her latest ticket of a sale."""
    rows = Ticket.objects.filter(user=user, campaign=campaign_id).select_related("campaign", "order")
    return rows.order_by("-pk").first()


def place_of(ticket: Ticket) -> int:
    """Return which number in line a ticket is, from 1; 0 for one that does not wait."""
    if ticket.status != Status.WAITING:
        return 0
    return Ticket.objects.filter(campaign=ticket.campaign_id, status=Status.WAITING, pk__lte=ticket.pk).count()


def figures_of(campaign_id: int) -> Figures:
    """Return the play's own figures of a campaign. One statement."""
    found = Ticket.objects.filter(campaign=campaign_id).aggregate(
        tickets=Count("pk"),
        people=Count("user", distinct=True),
        with_piece=Count("pk", filter=Q(held_at__isnull=False)),
        bought=Count("pk", filter=Q(status=Status.BOUGHT)),
        expired=Count("pk", filter=Q(status=Status.EXPIRED)),
        from_line=Count("pk", filter=Q(held_at__gt=F("joined_at"))),
        pays_after=Avg(F("ended_at") - F("held_at"), filter=Q(status=Status.BOUGHT)),
    )
    mean = found.pop("pays_after")
    return Figures(**found, pays_after=round(mean.total_seconds()) if mean is not None else None)


def _sales() -> QuerySet[Sale]:
    rows = Sale.objects.filter(campaign__launched_at__isnull=False)
    return rows.select_related("campaign", "pool__sku__product")
