"""What must always be true of red packets."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.campaigns.models import Campaign, Participation
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.ordering.audit import PAID
from renmai.ordering.models import Order, OrderLine
from renmai.plays.red_packet.models import Packet, Pool
from renmai.plays.red_packet.splitting import shares

ROOM: Final = "red_packet"
SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
LIVE: Final = (*PAID, Order.Status.PLACED)
IN_ORDERS: Final = (Packet.Status.RESERVED, Packet.Status.USED)


def violations() -> Iterator[Violation]:
    """Yield every broken rule."""
    yield from _pools()
    yield from _orders()
    yield from _spent()
    late = Packet.objects.filter(status=Packet.Status.FREE, valid_until__lt=clock.now() - OVERDUE)
    for packet in late.order_by("pk")[:SHOWN]:
        yield Violation("9", f"red packet {packet.code}", "free past its end")


def _pools() -> Iterator[Violation]:
    """As many packets as turns, and in each what its turn finds."""
    opened = Packet.objects.filter(campaign=OuterRef("pk"), place__isnull=False)
    rows = Pool.objects.annotate(
        counted=_per(opened, Count("pk"), IntegerField()),
        last=_per(opened, Max("place"), IntegerField()),
        fen=_per(opened, Sum("amount_fen"), BigIntegerField()),
    )
    for pool in rows.exclude(counted=F("opened"), last=F("opened")).order_by("pk")[:SHOWN]:
        yield Violation(
            ROOM, f"campaign {pool.pk}", f"{pool.opened} turns taken, {pool.counted} packets, the last at {pool.last}"
        )
    for pool in rows.iterator(chunk_size=200):
        found = shares(pool.total_fen, pool.packets, is_random=pool.is_random, seed=pool.seed)
        if sum(found[: pool.opened]) != pool.fen:
            yield Violation(ROOM, f"campaign {pool.pk}", f"{pool.fen} fen in its opened packets, not {sum(found[: pool.opened])}")


def _orders() -> Iterator[Violation]:
    """A reserved packet waits with an unpaid order of its owner's, a used one lies in a paid one, and each was granted there."""
    rows = Packet.objects.select_related("order")
    early = Q(status=Packet.Status.RESERVED) & ~Q(order__status=Order.Status.PLACED)
    unpaid = Q(status=Packet.Status.USED, order__paid_at__isnull=True)
    strangers = Q(order__isnull=False) & ~Q(order__buyer=F("owner"))
    for packet in rows.filter(early | unpaid | strangers).order_by("pk")[:SHOWN]:
        yield Violation(
            ROOM, f"red packet {packet.code}", f"{packet.status} in order {packet.order}, which is not hers, or in another state"
        )
    granted = Participation.objects.filter(
        order=OuterRef("order"), play=ROOM, reference=OuterRef("code"), discount_fen__lte=OuterRef("amount_fen")
    )
    for packet in rows.filter(~Exists(granted), status__in=IN_ORDERS).order_by("pk")[:SHOWN]:
        yield Violation(
            ROOM, f"red packet {packet.code}", f"{packet.status} in order {packet.order}, which got something else for it"
        )
    has_it = Packet.objects.filter(order=OuterRef("order"), code=OuterRef("reference"))
    # Once every piece is on its way back, so is the packet.
    kept = OrderLine.objects.filter(order=OuterRef("order"), refunded_quantity__lt=F("quantity"))
    live = Participation.objects.filter(Exists(kept), ~Exists(has_it), play=ROOM, order__status__in=LIVE).select_related("order")
    for part in live.order_by("pk")[:SHOWN]:
        detail = f"got {part.discount_fen} fen for red packet {part.reference}, which it does not have"
        yield Violation(ROOM, f"order {part.order.number}", detail)


def _spent() -> Iterator[Violation]:
    """A campaign's spent budget is what is in its opened packets, but for those that lapsed."""
    kept = Packet.objects.filter(campaign=OuterRef("pk"), place__isnull=False).exclude(status=Packet.Status.EXPIRED)
    rows = Campaign.objects.filter(play=ROOM).annotate(kept=_per(kept, Sum("amount_fen"), BigIntegerField()))
    for campaign in rows.exclude(kept=F("spent_fen")).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"campaign {campaign.number}", f"{campaign.spent_fen} fen spent, {campaign.kept} in its packets")


def _per(rows: QuerySet[Any], figure: Any, output: Any) -> Coalesce:
    total = rows.order_by().values("campaign").annotate(total=figure).values("total")
    return Coalesce(Subquery(total, output_field=output), Value(0), output_field=output)
