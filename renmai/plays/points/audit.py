"""What must always be true of points: totals are what the moves say, and moves are what the orders say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import BigIntegerField, Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from renmai.campaigns.models import Participation, TermsVersion
from renmai.kernel import clock
from renmai.kernel.audits import Violation
from renmai.kernel.models import OutboxEvent
from renmai.ordering.audit import PAID
from renmai.ordering.events import LineRefunded
from renmai.ordering.models import Order, OrderLine
from renmai.plays.points.actions.booking import TOTALS
from renmai.plays.points.models import Account, Earning, Lot, Move, Spending
from renmai.plays.points.rates import rates_of

ROOM: Final = "points"
SHOWN: Final = 1000
OVERDUE: Final = timedelta(hours=1)
MOST_NEWS: Final = 5000
NAMES: Final = ("issued", "gone", "reserved", "debt")


def violations() -> Iterator[Violation]:
    """Yield every broken rule."""
    yield from _totals()
    yield from _lots()
    yield from _spendings()
    yield from _earnings()
    late = Lot.objects.filter(is_over=False, expires_at__lt=clock.now() - OVERDUE)
    for lot in late.order_by("pk")[:SHOWN]:
        yield Violation("9", f"lot {lot.cause}", "not ended in time")


def _totals() -> Iterator[Violation]:
    """Each total of an account is the sum of its moves, and no move goes a way that there is not."""
    moves = Move.objects.filter(user=OuterRef("pk"))
    for account in (
        Account.objects.annotate(**{f"sum_{name}": _of_user(moves, _signed(name)) for name in NAMES})
        .exclude(**{name: F(f"sum_{name}") for name in NAMES})
        .order_by("pk")[:SHOWN]
    ):
        said = ", ".join(f"{name} {getattr(account, name)} ≠ {getattr(account, f'sum_{name}')}" for name in NAMES)
        yield Violation(ROOM, f"account {account.pk}", f"totals against moves: {said}")
    known = Q()
    for source, target in TOTALS:
        known |= Q(source=source, target=target)
    for move in Move.objects.exclude(known).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"move {move.cause}", f"from {move.source} to {move.target}")


def _lots() -> Iterator[Violation]:
    """What ever came into an account lies in lots, each under the key of its move."""
    lots = _of_user(Lot.objects.filter(user=OuterRef("pk")), F("points"))
    for account in Account.objects.annotate(lots=lots).exclude(lots=F("issued")).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"account {account.pk}", f"{account.issued} points came, {account.lots} lie in lots")
    moved = Move.objects.filter(cause=OuterRef("cause"), target="available", points=OuterRef("points"))
    for lot in Lot.objects.filter(~Exists(moved)).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"lot {lot.cause}", f"{lot.points} points that no move brought")


def _spendings() -> Iterator[Violation]:
    """Points in an order were granted there, are as far as the order is, and took off what they are worth."""
    Status = Spending.Status  # noqa: N806  as everywhere
    rows = Spending.objects.select_related("order")
    early = Q(status=Status.RESERVED) & ~Q(order__status=Order.Status.PLACED)
    unpaid = Q(status=Status.SPENT, order__paid_at__isnull=True)
    lost = Q(status=Status.GIVEN_BACK) & ~Q(order__status=Order.Status.CANCELLED)
    for row in rows.filter(early | unpaid | lost | ~Q(order__buyer=F("user"))).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {row.order.number}", f"{row.order.status}, its points are {row.status}")
    granted = Participation.objects.filter(
        order=OuterRef("order"),
        play=ROOM,
        discount_fen=OuterRef("off_fen"),
        campaign=OuterRef("campaign"),
        version=OuterRef("version"),
    )
    for row in rows.filter(~Exists(granted)).order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {row.order.number}", f"{row.points} points, and no such grant")
    said = Spending.objects.annotate(said=Cast("points", CharField()))
    spent = said.filter(order=OuterRef("order"), said=OuterRef("reference"))
    live = Participation.objects.filter(~Exists(spent), play=ROOM, order__status__in=[*PAID, Order.Status.PLACED])
    for part in live.select_related("order").order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {part.order.number}", f"got {part.discount_fen} fen for points that it does not have")
    worth = rows.annotate(centipoints=F("points") * 100)
    for group, rates in _by_terms(Spending):
        dear = worth.filter(**group).exclude(centipoints__gte=F("off_fen") * rates.points_per_yuan)
        for row in dear.order_by("pk")[:SHOWN]:
            yield Violation(ROOM, f"order {row.order.number}", f"{row.off_fen} fen off for {row.points} points")


def _earnings() -> Iterator[Violation]:
    """An order has earned what its kept goods earn, unless the news of a refund is still on its way."""
    refunded = (F("amount_fen") - F("reduced_fen")) * F("refunded_quantity") / F("quantity")
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    kept = lines.annotate(kept=Sum(F("amount_fen") - F("reduced_fen") - refunded)).values("kept")
    news = OutboxEvent.objects.filter(name=LineRefunded.NAME, status=OutboxEvent.Status.PENDING)
    waiting = list(news.values_list("payload__order_id", flat=True)[:MOST_NEWS])
    rows = Earning.objects.annotate(kept=Coalesce(Subquery(kept, output_field=BigIntegerField()), Value(0)))
    for group, rates in _by_terms(Earning):
        due = F("kept") * rates.earned_per_yuan
        fits = Q(points__lte=due / 100, points__gt=due / 100 - 1)
        wrong = rows.exclude(pk__in=waiting).filter(**group).exclude(fits)
        for row in wrong.select_related("order").order_by("pk")[:SHOWN]:
            yield Violation(ROOM, f"order {row.order.number}", f"has earned {row.points} points with {row.kept} fen of goods")
    booked = Sum(Case(When(reason="taken_back", then=-F("points")), default=F("points"), output_field=BigIntegerField()))
    moves = Move.objects.filter(order=OuterRef("pk"), reason__in=["earned", "taken_back"]).order_by().values("order")
    moved = Coalesce(Subquery(moves.annotate(total=booked).values("total"), output_field=BigIntegerField()), Value(0))
    other = Earning.objects.annotate(moved=moved).exclude(moved=F("points"))
    for found in other.select_related("order").order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {found.order.number}", f"has earned {found.points} points, {found.moved} were booked")
    early = Earning.objects.filter(order__settled_at__isnull=True)
    for earning in early.select_related("order").order_by("pk")[:SHOWN]:
        yield Violation(ROOM, f"order {earning.order.number}", "has earned points and was not kept")


def _by_terms(model: Any) -> Iterator[tuple[dict[str, int], Any]]:
    """Yield each version of terms that rows stand under, with its rates: few, however many rows there are."""
    for campaign_id, version in model.objects.order_by().values_list("campaign_id", "version").distinct():
        terms = TermsVersion.objects.get(campaign_id=campaign_id, number=version).terms
        yield {"campaign_id": campaign_id, "version": version}, rates_of(terms)


def _signed(name: str) -> Case:
    """What a move adds to the total called ``name``."""
    cases = [
        When(source=source, target=target, then=F("points") * changes[name])
        for (source, target), changes in TOTALS.items()
        if name in changes
    ]
    return Case(*cases, default=Value(0), output_field=BigIntegerField())


def _of_user(rows: QuerySet[Any], figure: Any) -> Coalesce:
    total = rows.order_by().values("user").annotate(total=Sum(figure)).values("total")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0))
