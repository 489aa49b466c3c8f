"""What an agent sees of her own shop: what happened, who came, and what is worth sharing next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.distribution.models import Commission
from renmai.insight.queries.periods import CHINA, Period
from renmai.kernel import clock
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.sharing.models import Binding, Share, ShopItem, Visit

LATEST = 60
"""So many openings are looked through for the people who came last."""

SUGGESTION_DAYS = 30
SHOWN_VISITS = 30
SHOWN_ORDERS = 20


@dataclass(frozen=True)
class ShopDay:
    """One day of a shop: openings by people, paid orders, their money net of refunds, and the commission they earned so far."""

    day: date
    visits: int
    orders: int
    paid_fen: int
    earned_fen: int


@dataclass(frozen=True)
class Caller:
    """Somebody who opened a link. ``user_id`` and ``name`` are empty for a guest; ``product`` is None for the whole shop."""

    user_id: int | None
    name: str
    avatar_seed: str
    is_bound: bool
    product: Product | None
    share_code: str
    at: datetime


@dataclass(frozen=True)
class Claim:
    """An after-sale request under way on one of the shop's orders."""

    title: str
    kind_label: str
    customer_id: int
    customer_name: str
    is_bound: bool
    at: datetime


@dataclass(frozen=True)
class Suggestion:
    """A product of the shop worth sharing: how many people opened it and how many paid orders had it in the last ``days``."""

    product_id: int
    people: int
    orders: int
    days: int


@dataclass(frozen=True)
class ShareStory:
    """What came of one link. ``not_counted`` are openings by the sharer herself, by the shop's owner and by machines."""

    visits: int
    visitors: int
    not_counted: int
    orders: int
    paid_fen: int
    callers: tuple[Caller, ...]
    latest_orders: tuple[Order, ...]


def shop_days(shop_id: int, agent_id: int, period: Period) -> tuple[ShopDay, ...]:
    """Return every day of ``period`` in China time, oldest first, in three statements."""
    visits = _by_day(Visit.objects.filter(share__shop=shop_id, is_valid=True), "at", period, count=Count("pk"))
    orders = _by_day(
        Order.objects.filter(shop_id=shop_id),
        "paid_at",
        period,
        count=Count("pk"),
        paid=Sum(F("payable_fen") - F("refunded_fen")),
    )
    earned = _by_day(
        Commission.objects.filter(agent=agent_id), "created_at", period, earned=Sum(F("amount_fen") - F("reversed_fen"))
    )
    return tuple(
        ShopDay(
            day=day,
            visits=visits.get(day, {}).get("count", 0),
            orders=orders.get(day, {}).get("count", 0),
            paid_fen=orders.get(day, {}).get("paid") or 0,
            earned_fen=earned.get(day, {}).get("earned") or 0,
        )
        for day in period.days
    )


def latest_callers(shop_id: int, *, limit: int = 6) -> tuple[Caller, ...]:
    """Return the people who opened the shop's links last, each once, newest first. Two statements."""
    visits = Visit.objects.filter(share__shop=shop_id, is_valid=True).order_by("-at", "-pk")
    return _callers(visits.select_related("user", "visitor__user", "share__product")[:LATEST], shop_id)[:limit]


def open_claims(shop_id: int, *, limit: int = 3) -> tuple[Claim, ...]:
    """Return after-sale requests on the shop's orders that are not finished, the oldest first. Two statements."""
    rows = AfterSale.objects.filter(order__shop_id=shop_id, status__in=AfterSale.OPEN).order_by("requested_at", "pk")
    found = list(rows.select_related("order_line", "order__buyer")[:limit])
    bound = bound_ids(shop_id, [row.order.buyer_id for row in found])
    return tuple(
        Claim(
            title=row.order_line.title,
            kind_label=row.get_kind_display(),
            customer_id=row.order.buyer_id,
            customer_name=row.order.buyer.display_name,
            is_bound=row.order.buyer_id in bound,
            at=row.requested_at,
        )
        for row in found
    )


def suggestion(shop_id: int) -> Suggestion | None:
    """Return the product of the shop whose openings led to orders most often lately, None for a shop without goods on sale.

    Few openings say little: five more without an order are assumed. Without any order it is what sells best on the platform. Three
    statements.
    """
    items = ShopItem.objects.filter(shop=shop_id, product__status=Product.Status.LISTED).order_by(
        "-product__sold_count", "position"
    )
    product_ids = list(items.values_list("product_id", flat=True)[:500])
    if not product_ids:
        return None
    since = clock.now() - timedelta(days=SUGGESTION_DAYS)
    opened = Visit.objects.filter(share__shop=shop_id, share__product__in=product_ids, is_valid=True, at__gte=since)
    people = dict(opened.values_list("share__product").annotate(Count("visitor", distinct=True)).order_by())
    sold = OrderLine.objects.filter(order__shop_id=shop_id, order__paid_at__gte=since, product_id_at_order__in=product_ids)
    orders = dict(sold.values_list("product_id_at_order").annotate(Count("order", distinct=True)).order_by())
    best = max(product_ids, key=lambda pk: orders.get(pk, 0) / (people.get(pk, 0) + 5))
    return Suggestion(best, people.get(best, 0), orders.get(best, 0), SUGGESTION_DAYS)


def share_story(link: Share) -> ShareStory:
    """Return what came of ``link``: figures, who opened it, and the orders. Five statements."""
    visits = Visit.objects.filter(share=link)
    figures = visits.aggregate(
        counted=Count("pk", filter=Q(is_valid=True)),
        people=Count("visitor", distinct=True, filter=Q(is_valid=True)),
        not_counted=Count("pk", filter=Q(is_valid=False)),
    )
    orders = Order.objects.filter(share_id=link.pk, paid_at__isnull=False)
    sums = orders.aggregate(count=Count("pk"), paid=Sum(F("payable_fen") - F("refunded_fen")))
    latest = visits.filter(is_valid=True).select_related("user", "visitor__user", "share__product").order_by("-at", "-pk")
    return ShareStory(
        visits=figures["counted"],
        visitors=figures["people"],
        not_counted=figures["not_counted"],
        orders=sums["count"],
        paid_fen=sums["paid"] or 0,
        callers=_callers(latest[:SHOWN_VISITS], link.shop_id),
        latest_orders=tuple(orders.select_related("buyer").order_by("-paid_at", "-pk")[:SHOWN_ORDERS]),
    )


def bound_ids(shop_id: int, user_ids: Iterable[int]) -> frozenset[int]:
    """Return those of ``user_ids`` who are bound to the shop now: their names its agent knows."""
    rows = Binding.objects.filter(shop=shop_id, status=Binding.Status.ACTIVE, customer__in=list(user_ids))
    return frozenset(rows.values_list("customer_id", flat=True))


def _by_day(rows: QuerySet[Any, Any], column: str, period: Period, **sums: Any) -> dict[date, dict[str, Any]]:
    within = rows.filter(**{f"{column}__gte": period.start, f"{column}__lt": period.end})
    days = within.annotate(day=TruncDate(column, tzinfo=CHINA)).values("day").annotate(**sums).order_by()
    return {row["day"]: row for row in days}


def _callers(visits: Iterable[Visit], shop_id: int | None) -> tuple[Caller, ...]:
    latest: dict[str, tuple[Visit, User | None]] = {}
    for visit in visits:
        person = visit.user or visit.visitor.user
        latest.setdefault(f"u{person.pk}" if person else f"v{visit.visitor_id}", (visit, person))
    bound = bound_ids(shop_id or 0, [person.pk for _visit, person in latest.values() if person])
    return tuple(
        Caller(
            user_id=person.pk if person else None,
            name=person.display_name if person else "",
            avatar_seed=person.avatar_seed if person else visit.visitor_id.hex[:10],
            is_bound=person is not None and person.pk in bound,
            product=visit.share.product,
            share_code=visit.share.code,
            at=visit.at,
        )
        for visit, person in latest.values()
    )
