"""The operator's figures. Each says how it is counted, and opens into the rows it was counted from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from renmai.insight.models import View
from renmai.insight.queries.periods import CHINA, Period
from renmai.insight.queries.views import viewers
from renmai.ordering.models import AfterSale, Order, OrderLine
from renmai.sharing.queries import openings_per_link

PAGE_SIZE = 50
MAX_ORDERS = 200_000
"""Medians are taken over at most this many orders of a period, the newest ones."""

Orders = QuerySet[Order, Order]


@dataclass(frozen=True)
class Point:
    """One day's value."""

    day: date
    value: int


@dataclass(frozen=True)
class Figure:
    """A figure of a period: ``value`` in its ``unit`` (``fen``, ``count``, ``share`` 0…1, ``minutes``), None when nothing can be said."""

    key: str
    label: str | Promise
    definition: str | Promise
    unit: str
    value: float | None
    previous: float | None
    series: tuple[Point, ...]


@dataclass(frozen=True)
class Recipe:
    """How a figure is counted, from which orders, and which of a day's numbers its line shows."""

    label: str | Promise
    definition: str | Promise
    unit: str
    count: Callable[[Period], float | None]
    rows: Callable[[Period], Orders]
    daily: str


def paid_orders(period: Period) -> Orders:
    """Return the orders whose money came within ``period``, whatever became of them later."""
    return Order.objects.filter(paid_at__gte=period.start, paid_at__lt=period.end)


def _sales(period: Period) -> float:
    return paid_orders(period).aggregate(total=Sum("payable_fen"))["total"] or 0


def _net_sales(period: Period) -> float:
    return paid_orders(period).aggregate(total=Sum(F("payable_fen") - F("refunded_fen")))["total"] or 0


def _orders(period: Period) -> float:
    return paid_orders(period).count()


def _social(period: Period) -> Orders:
    return paid_orders(period).filter(shop_id__isnull=False)


def _social_share(period: Period) -> float | None:
    sales = _sales(period)
    return (_social(period).aggregate(total=Sum("payable_fen"))["total"] or 0) / sales if sales else None


def _new_channel(period: Period) -> Orders:
    return paid_orders(period).filter(funnel__in=[Order.Funnel.SOCIAL, Order.Funnel.CONTENT])


def _new_channel_share(period: Period) -> float | None:
    sales = _sales(period)
    return (_new_channel(period).aggregate(total=Sum("payable_fen"))["total"] or 0) / sales if sales else None


def _orders_after_a_view(period: Period) -> Orders:
    seen = View.objects.filter(user=OuterRef("buyer"), at__gte=period.start, at__lt=period.end)
    return paid_orders(period).filter(Exists(seen))


def _conversion(period: Period) -> float | None:
    people = viewers(start=period.start, end=period.end)
    return _orders_after_a_view(period).values("buyer").distinct().count() / people if people else None


def _through_shares(period: Period) -> Orders:
    return paid_orders(period).filter(share_id__isnull=False)


def _evenness(period: Period) -> float | None:
    """Return the Gini coefficient of openings over the links that were opened: 0 when all are opened alike, near 1 when one is."""
    counts = sorted(openings_per_link(start=period.start, end=period.end))
    if not counts:
        return None
    ranked = sum(rank * count for rank, count in enumerate(counts, start=1))
    return 2 * ranked / (len(counts) * sum(counts)) - (len(counts) + 1) / len(counts)


def _with_first_view(period: Period) -> QuerySet[Any, Any]:
    seen = (
        View.objects.filter(user=OuterRef("buyer"), at__lte=OuterRef("placed_at"), product__skus__orderline__order=OuterRef("pk"))
        .values("user")
        .annotate(first=Min("at"))
        .values("first")
    )
    return paid_orders(period).annotate(first_seen=seen).filter(first_seen__isnull=False)


def _first_view_to_order(period: Period) -> float | None:
    moments = _with_first_view(period).order_by("-paid_at").values_list("first_seen", "placed_at")[:MAX_ORDERS]
    minutes = [(placed - seen).total_seconds() / 60 for seen, placed in moments]
    return median(minutes) if minutes else None


def _kept_through_people(period: Period) -> Orders:
    """Return the orders through agents' shops that were settled within ``period`` and of which nothing was given back."""
    settled = Order.objects.filter(settled_at__gte=period.start, settled_at__lt=period.end)
    return settled.filter(shop_id__isnull=False, refunded_fen=0)


def _kept_customers(period: Period) -> float:
    return _kept_through_people(period).values("buyer").distinct().count()


def _with_returns(period: Period) -> Orders:
    return paid_orders(period).filter(Exists(OrderLine.objects.filter(order=OuterRef("pk"), refunded_quantity__gt=0)))


def _returned(period: Period) -> float | None:
    lines = OrderLine.objects.filter(order__in=paid_orders(period))
    sums = lines.aggregate(pieces=Sum("quantity"), back=Sum("refunded_quantity"))
    return sums["back"] / sums["pieces"] if sums["pieces"] else None


def _with_complaints(period: Period) -> Orders:
    return paid_orders(period).filter(Exists(AfterSale.objects.filter(order=OuterRef("pk"), is_quality_issue=True)))


def _complained(period: Period) -> float | None:
    orders = _orders(period)
    return _with_complaints(period).count() / orders if orders else None


def _cohort(period: Period, *, days: int) -> QuerySet[Any, Any]:
    """Return the first paid orders of buyers that lie ``days`` to 2 × ``days`` before the period's end: each had her full window."""
    begin, end = period.end - timedelta(days=2 * days), period.end - timedelta(days=days)
    first = Order.objects.filter(paid_at__isnull=False).values("buyer").annotate(first=Min("paid_at"))
    return first.filter(first__gte=begin, first__lt=end)


def _came_back(period: Period, *, days: int) -> QuerySet[Any, Any]:
    begin, end = period.end - timedelta(days=2 * days), period.end - timedelta(days=days)
    first = Order.objects.filter(buyer=OuterRef("buyer"), paid_at__isnull=False).order_by("paid_at", "pk")
    again = Order.objects.filter(paid_at__isnull=False).annotate(
        first_paid=first.values("paid_at")[:1], first_id=first.values("pk")[:1]
    )
    window = Q(first_paid__gte=begin, first_paid__lt=end, paid_at__lt=F("first_paid") + timedelta(days=days))
    return again.filter(window).exclude(pk=F("first_id"))


def _repurchase(period: Period, *, days: int) -> float | None:
    cohort = _cohort(period, days=days).count()
    return _came_back(period, days=days).values("buyer").distinct().count() / cohort if cohort else None


def _repurchase_recipe(days: int) -> Recipe:
    return Recipe(
        label=format_lazy(_("Bought again within {days} days"), days=days),
        definition=format_lazy(
            _(
                "Of the customers whose first paid order lies {days} to {twice} days before the end of the period, the share who paid "
                "another one within {days} days of the first. Every customer has had the full window; nobody is counted early."
            ),
            days=days,
            twice=2 * days,
        ),
        unit="share",
        count=lambda period: _repurchase(period, days=days),
        rows=lambda period: _came_back(period, days=days),
        daily="",
    )


NORTH_STAR = ("kept_customers", "returned", "complained")
"""What the shop steers by, and what must not grow with it."""

RECIPES: dict[str, Recipe] = {
    "kept_customers": Recipe(
        label=_("Customers who kept what people brought them"),
        definition=_(
            "Different customers with an order through an agent's shop that was settled in the period, after its after-sales window, and "
            "of which nothing was given back. Goods pushed on people come back and do not count; nor does whoever only joined."
        ),
        unit="count",
        count=_kept_customers,
        rows=_kept_through_people,
        daily="",
    ),
    "returned": Recipe(
        label=_("Pieces given back"),
        definition=_("Of the pieces of orders paid in the period, the share that was refunded until now."),
        unit="share",
        count=_returned,
        rows=_with_returns,
        daily="",
    ),
    "complained": Recipe(
        label=_("Complaints about goods"),
        definition=_(
            "Of the orders paid in the period, the share about which a customer has claimed that the goods had a fault."
        ),
        unit="share",
        count=_complained,
        rows=_with_complaints,
        daily="",
    ),
    "sales": Recipe(
        label=_("Sales"),
        definition=_("What customers paid for orders paid in the period, carriage included, refunds not yet taken off."),
        unit="fen",
        count=_sales,
        rows=paid_orders,
        daily="sales",
    ),
    "net_sales": Recipe(
        label=_("Kept sales"),
        definition=_("Sales of the period less everything refunded on those same orders until now."),
        unit="fen",
        count=_net_sales,
        rows=paid_orders,
        daily="net",
    ),
    "orders": Recipe(
        label=_("Orders"),
        definition=_("Orders whose payment arrived in the period."),
        unit="count",
        count=_orders,
        rows=paid_orders,
        daily="orders",
    ),
    "conversion": Recipe(
        label=_("Conversion"),
        definition=_(
            "Of the people who looked at a product in the period, the share who also paid an order in it. A guest who never signed in "
            "is one person per browser."
        ),
        unit="share",
        count=_conversion,
        rows=_orders_after_a_view,
        daily="orders",
    ),
    "first_view": Recipe(
        label=_("First view to order"),
        definition=_(
            "Median time from the first look at one of an order's products to placing the order, over the orders paid in the period "
            "whose buyer had looked before."
        ),
        unit="minutes",
        count=_first_view_to_order,
        rows=_with_first_view,
        daily="",
    ),
    "repurchase_30": _repurchase_recipe(30),
    "repurchase_90": _repurchase_recipe(90),
    "social_share": Recipe(
        label=_("Sales through people"),
        definition=_("The share of sales whose order was attributed to an agent's shop, by a share or a binding."),
        unit="share",
        count=_social_share,
        rows=_social,
        daily="social",
    ),
    "entry_gini": Recipe(
        label=_("Concentration of entries"),
        definition=_(
            "Everybody's link is an entry. The Gini coefficient of openings over the links opened in the period: 0 when all links are "
            "opened alike, near 1 when a few carry everything. Own openings and machines are left out."
        ),
        unit="share",
        count=_evenness,
        rows=_through_shares,
        daily="",
    ),
    "new_channel": Recipe(
        label=_("New channel"),
        definition=_(
            "The share of sales that came through social or content (goods find people). The rest is the old channel: people who "
            "searched for goods, and imported orders."
        ),
        unit="share",
        count=_new_channel_share,
        rows=_new_channel,
        daily="new",
    ),
}


def dashboard(period: Period) -> list[Figure]:
    """Return every figure of ``period`` with the one of the period before and a value per day."""
    days = _daily(period)
    return [_figure(key, recipe, period, days) for key, recipe in RECIPES.items()]


def figure(key: str, period: Period) -> Figure | None:
    """Return one figure, None when there is no such key."""
    recipe = RECIPES.get(key)
    return _figure(key, recipe, period, _daily(period)) if recipe else None


def figure_rows(key: str, period: Period, *, page: int = 1) -> Page[Order]:
    """Return one page of the orders a figure was counted from, newest first. Raises ``KeyError`` for an unknown key."""
    rows = RECIPES[key].rows(period).select_related("buyer").order_by("-paid_at", "-pk")
    return Paginator(rows, PAGE_SIZE).get_page(page)


def _figure(key: str, recipe: Recipe, period: Period, days: dict[date, Mapping[str, Any]]) -> Figure:
    daily = recipe.daily
    series = tuple(Point(day, days.get(day, {}).get(daily) or 0) for day in period.days) if daily else ()
    return Figure(
        key=key,
        label=recipe.label,
        definition=recipe.definition,
        unit=recipe.unit,
        value=recipe.count(period),
        previous=recipe.count(period.before),
        series=series,
    )


def _daily(period: Period) -> dict[date, Mapping[str, Any]]:
    new = Q(funnel__in=[Order.Funnel.SOCIAL, Order.Funnel.CONTENT])
    rows = (
        paid_orders(period)
        .annotate(day=TruncDate("paid_at", tzinfo=CHINA))
        .values("day")
        .annotate(
            orders=Count("pk"),
            sales=Sum("payable_fen"),
            net=Sum(F("payable_fen") - F("refunded_fen")),
            social=Sum("payable_fen", filter=Q(shop_id__isnull=False)),
            new=Sum("payable_fen", filter=new),
        )
    )
    return {row["day"]: cast("Mapping[str, Any]", row) for row in rows}
