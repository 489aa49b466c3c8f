"""What must always be true of flash sales: no ticket without a piece, no piece without a ticket, one order each, nothing late."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.campaigns.models import Campaign, Participation
from renmai.catalogue.models import PoolBucket, StockMovement
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order
from renmai.plays.flash.models import Sale, Ticket

SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
KEY: Final = "flash"

Status = Ticket.Status


def violations() -> Iterator[Violation]:
    """Yield every broken rule of the play."""
    yield from _pieces_have_owners()
    yield from _holds_have_tickets()
    yield from _orders_agree()
    yield from _nothing_is_late()


def _pieces_have_owners() -> Iterator[Violation]:
    """What is reserved in a pool is held by tickets or by their unpaid orders, one piece each, and never more than there are pieces."""
    reserved = PoolBucket.objects.filter(pool=OuterRef("pool")).order_by().values("pool").annotate(of=Sum("reserved"))
    taken = Ticket.objects.filter(campaign=OuterRef("campaign")).order_by().values("campaign")
    waiting = taken.filter(status__in=[Status.HELD, Status.ORDERED]).annotate(of=Count("pk"))
    is_kept = Q(order__isnull=True) | Q(order__refunded_fen=0)
    all_of = taken.filter(is_kept, status__in=[Status.HELD, Status.ORDERED, Status.BOUGHT]).annotate(of=Count("pk"))
    rows = Sale.objects.annotate(reserved=_number(reserved), waiting=_number(waiting), taken=_number(all_of))
    for sale in rows.exclude(reserved=F("waiting")).select_related("campaign").order_by("pk")[:SHOWN]:
        says = f"{sale.reserved} pieces reserved, {sale.waiting} tickets have one"
        yield Violation(KEY, f"campaign {sale.campaign.number}", says)
    for sale in rows.filter(taken__gt=F("pool__pieces")).select_related("campaign").order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"campaign {sale.campaign.number}", f"{sale.taken} tickets with a piece, more than pieces")


def _holds_have_tickets() -> Iterator[Violation]:
    """Whatever holds, or held, a piece of a sale's pool is a ticket or an order; a ticket that has one holds exactly one."""
    pools = Sale.objects.filter(pool=OuterRef("pool"))
    moves = StockMovement.objects.filter(
        Exists(pools), kind__in=[StockMovement.Kind.RESERVE, StockMovement.Kind.RELEASE], pool__isnull=False
    )
    known = Exists(Ticket.objects.filter(number=OuterRef("reference"))) | Exists(
        Order.objects.filter(number=OuterRef("reference"))
    )
    for move in moves.filter(~known).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"movement {move.pk}", f"{move.kind} for {move.reference}, which is neither ticket nor order")
    holds = StockMovement.objects.filter(reference=OuterRef("number"), pool__isnull=False).order_by().values("reference")
    rows = Ticket.objects.annotate(holds=_number(holds.annotate(of=Sum("reserved_change"))))
    wrong = Q(status=Status.HELD) & ~Q(holds=1) | ~Q(status=Status.HELD) & ~Q(holds=0)
    for ticket in rows.filter(wrong).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"ticket {ticket.number}", f"{ticket.status} and holds {ticket.holds} pieces")


def _orders_agree() -> Iterator[Violation]:
    """A ticket and its order say the same, from both sides."""
    mine = Participation.objects.filter(order=OuterRef("order"), play=KEY, reference=OuterRef("number"))
    used = Ticket.objects.filter(order__isnull=False)
    yield from _each(used.filter(~Exists(mine)), "is used by an order that knows nothing of it")
    yield from _each(used.exclude(order__buyer=F("user")), "is used by somebody else's order")
    yield from _each(_of(Status.ORDERED).exclude(order__status=Order.Status.PLACED), "waits for an order that is not waiting")
    yield from _each(_of(Status.BOUGHT).exclude(order__status__in=PAID), "is bought by an order that is not paid")
    alive = Participation.objects.filter(play=KEY).exclude(order__status=Order.Status.CANCELLED)
    its_own = Ticket.objects.filter(number=OuterRef("reference"), order=OuterRef("order"))
    for part in alive.filter(~Exists(its_own)).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"participation {part.pk}", f"uses ticket {part.reference}, which is not its order's")


def _nothing_is_late() -> Iterator[Violation]:
    late = clock.now() - OVERDUE
    yield from _each(_of(Status.HELD).filter(expires_at__lt=late), "has its piece past its time")
    yield from _each(_of(Status.WAITING).filter(campaign__closed_at__lt=late), "waits in the line of a sale that is over")
    launched = Campaign.objects.filter(play=KEY, launched_at__isnull=False)
    for campaign in launched.filter(flash_sale__isnull=True).order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"campaign {campaign.number}", "was launched without pieces")


def _of(status: str) -> QuerySet[Ticket]:
    return Ticket.objects.filter(status=status)


def _each(rows: QuerySet[Ticket], says: str) -> Iterator[Violation]:
    for ticket in rows.order_by("pk")[:SHOWN]:
        yield Violation(KEY, f"ticket {ticket.number}", says)


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    of = Subquery(rows.values("of"), output_field=BigIntegerField())
    return Coalesce(of, Value(0), output_field=BigIntegerField())
