"""What must always be true of membership levels."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import BigIntegerField, ExpressionWrapper, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from renmai.campaigns.models import Campaign, Participation, TermsVersion
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.kernel.models import OutboxEvent
from renmai.kernel.money import BASIS_POINTS
from renmai.ordering.events import LineRefunded, OrderSettled
from renmai.ordering.models import Order, OrderLine
from renmai.plays.levels.models import Standing
from renmai.plays.levels.tiers import tiers_of

ROOM: Final = "levels"
SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
MOST_NEWS: Final = 5000


def violations() -> Iterator[Violation]:
    """Yield every broken rule."""
    yield from _discounts()
    yield from _standings()
    late = Standing.objects.filter(campaign__status=Campaign.Status.LAUNCHED, good_until__lt=clock.now() - OVERDUE)
    for row in late.order_by("pk")[:SHOWN]:
        yield Violation("9", f"standing of {row.user_id}", "its window has moved on")


def _discounts() -> Iterator[Violation]:
    """Each order had exactly what its level takes off, by the terms of its day: a few statements for all orders of a version."""
    parts = Participation.objects.filter(play=ROOM)
    worth = F("unit_price_fen") * F("quantity")
    for campaign_id, version in parts.order_by().values_list("campaign_id", "version").distinct():
        tiers = tiers_of(TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms)
        mine = parts.filter(campaign_id=campaign_id, version=version).select_related("order")
        for part in mine.exclude(reference__in=[tier.key for tier in tiers]).order_by("pk")[:SHOWN]:
            yield Violation(ROOM, f"order {part.order.number}", f"at a level {part.reference!r} that there is not")
        for tier in tiers:
            off = ExpressionWrapper(worth * tier.basis_points / BASIS_POINTS, output_field=BigIntegerField())
            lines = (
                OrderLine.objects.filter(order=OuterRef("order")).order_by().values("order").annotate(off=Sum(off)).values("off")
            )
            due = Coalesce(Subquery(lines, output_field=BigIntegerField()), Value(0))
            wrong = mine.filter(reference=tier.key).annotate(due=due).exclude(due=F("discount_fen"))
            for part in wrong.order_by("pk")[:SHOWN]:
                yield Violation(ROOM, f"order {part.order.number}", f"{part.discount_fen} fen off, {tier.key} takes {part.due}")


def _standings() -> Iterator[Violation]:
    """What is remembered is what the orders say, unless the news of one is still on its way."""
    now = clock.now()
    news = OutboxEvent.objects.filter(name__in=[OrderSettled.NAME, LineRefunded.NAME], status=OutboxEvent.Status.PENDING)
    waiting = list(news.values_list("payload__order_id", flat=True)[:MOST_NEWS])
    for campaign in Campaign.objects.filter(play=ROOM, status=Campaign.Status.LAUNCHED).order_by("pk")[:SHOWN]:
        since = now - timedelta(days=campaign.terms["window_days"])
        orders = Order.objects.filter(buyer=OuterRef("user"), settled_at__gt=since)
        kept = orders.order_by().values("buyer").annotate(kept=Sum(F("payable_fen") - F("refunded_fen"))).values("kept")
        rows = Standing.objects.filter(campaign=campaign, good_until__gt=now)
        rows = rows.exclude(user__in=Order.objects.filter(pk__in=waiting).values("buyer"))
        rows = rows.annotate(kept=Coalesce(Subquery(kept, output_field=BigIntegerField()), Value(0)))
        for row in rows.exclude(kept=F("kept_fen")).order_by("pk")[:SHOWN]:
            yield Violation(ROOM, f"standing of {row.user_id}", f"{row.kept_fen} fen remembered, {row.kept} kept")
