"""Orders: one's own, one of them with all that belongs to it, and the staff's list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from renmai.accounts.models import User
from renmai.accounts.policies import Permission, require
from renmai.accounts.queries import has_permission
from renmai.kernel.compiled import Compiled, CompiledValues
from renmai.kernel.errors import DomainError
from renmai.ordering.actions.shipping import pickup_code
from renmai.ordering.models import AfterSale, Order, OrderAdjustment, OrderLine, Shipment, ShipmentLine
from renmai.ordering.policies import may_view_order
from renmai.ordering.queries.claims import LineOptions, after_sale_options
from renmai.ordering.queries.paging import Page, page_of
from renmai.ordering.queries.timelines import TimelineEntry, order_timeline

OPEN_CLAIMS = "open_claims"

_ORDER: Compiled[Order] = Compiled(lambda number: Order.objects.filter(number=number).select_related("buyer"))
_KEPT = CompiledValues(
    lambda order_id: OrderLine.objects.filter(order_id=order_id, refunded_quantity__lt=F("quantity")).values_list("pk")[:1]
)


@dataclass(frozen=True)
class StatusCount:
    """How many of a person's orders are in one status."""

    status: str
    count: int


@dataclass(frozen=True)
class OrderFilter:
    """What the staff looks for. ``text``: an order's number, a name, a phone, or a tracking number."""

    status: str = ""
    text: str = ""
    source: str = ""
    funnel: str = ""
    style: str = ""
    shop_id: int | None = None
    placed_from: datetime | None = None
    placed_to: datetime | None = None


@dataclass(frozen=True)
class ShipmentView:
    """A parcel with what is still in it."""

    shipment: Shipment
    lines: tuple[ShipmentLine, ...]

    @property
    def is_replacement(self) -> bool:
        """Whether it replaces the pieces of an exchange."""
        return self.shipment.after_sale_id is not None


@dataclass(frozen=True)
class OrderPage:
    """Everything an order's page shows, and what its reader can do now. ``pickup_code`` is empty for everybody but the buyer."""

    order: Order
    lines: tuple[OrderLine, ...]
    shipments: tuple[ShipmentView, ...]
    adjustments: tuple[OrderAdjustment, ...]
    timeline: tuple[TimelineEntry, ...]
    after_sales: tuple[AfterSale, ...]
    claim_options: tuple[LineOptions, ...]
    can_pay: bool
    can_cancel: bool
    can_confirm: bool
    can_review: tuple[int, ...]
    pickup_code: str


def orders_of(user: User, *, status: str | None = None, page: int = 1) -> Page[Order]:
    """Return a person's orders, the newest first, with their lines. ``status`` may also be ``open_claims``. Two statements."""
    rows = Order.objects.filter(buyer=user)
    if status == OPEN_CLAIMS:
        open_claims = AfterSale.objects.filter(order__buyer=user, status__in=AfterSale.OPEN)
        rows = rows.filter(pk__in=open_claims.values("order_id"))
    elif status:
        rows = rows.filter(status=status)
    return page_of(rows.prefetch_related(_lines()).order_by("-placed_at", "-pk"), number=page)


def order_counts(user: User) -> tuple[StatusCount, ...]:
    """Return how many of a person's orders are in each status, and how many have an open claim. Two statements."""
    rows = Order.objects.filter(buyer=user).values("status").annotate(count=Count("pk")).order_by("status")
    counts = [StatusCount(row["status"], row["count"]) for row in rows]
    open_claims = AfterSale.objects.filter(order__buyer=user, status__in=AfterSale.OPEN)
    return (*counts, StatusCount(OPEN_CLAIMS, open_claims.values("order_id").distinct().count()))


def access_order(actor: User, number: str) -> Order:
    """Return an order with its buyer, if ``actor`` may see it; ``request.not_found`` otherwise."""
    order = _ORDER.first(number)
    if order is None or not may_view_order(actor, order):
        raise DomainError("request.not_found")
    return order


def order_by_id(order_id: int) -> Order | None:
    """Return an order with its lines for rooms above that hold its id. People reach orders through ``access_order``."""
    return Order.objects.select_related("buyer").prefetch_related(_lines()).filter(pk=order_id).first()


def order_numbers(order_ids: Collection[int]) -> dict[int, str]:
    """Return the numbers of these orders, for pages that hold their ids. One statement, none without ids."""
    return dict(Order.objects.filter(pk__in=order_ids).values_list("pk", "number")) if order_ids else {}


def order_page(actor: User, number: str) -> OrderPage:
    """Return all that belongs to an order in a fixed number of statements, whatever its size."""
    order = access_order(actor, number)
    is_buyer = order.buyer_id == actor.pk
    lines = tuple(_line_rows().filter(order=order).select_related("review"))
    contents = Prefetch("lines", queryset=ShipmentLine.objects.filter(quantity__gt=0).select_related("order_line"))
    parcels = Shipment.objects.filter(order=order).select_related("supplier").prefetch_related(contents).order_by("pk")
    shipments = tuple(ShipmentView(parcel, tuple(parcel.lines.all())) for parcel in parcels)
    is_open = order.status == Order.Status.PLACED
    is_pickup = order.delivery == Order.Delivery.PICKUP
    return OrderPage(
        order=order,
        lines=lines,
        shipments=shipments,
        adjustments=tuple(OrderAdjustment.objects.filter(order=order).order_by("pk")),
        timeline=order_timeline(order, with_names=not is_buyer),
        after_sales=tuple(AfterSale.objects.filter(order=order).select_related("order_line").order_by("-pk")),
        claim_options=after_sale_options(order, lines=lines, shipments=[view.shipment for view in shipments]),
        can_pay=is_buyer and order.can_be_paid,
        can_cancel=is_buyer and is_open,
        can_confirm=is_buyer and order.status == Order.Status.SHIPPED,
        can_review=tuple(line.pk for line in lines if is_buyer and order.received_at and not hasattr(line, "review")),
        pickup_code=pickup_code(order) if is_buyer and is_pickup and order.status == Order.Status.PAID else "",
    )


def all_orders(actor: User, wanted: OrderFilter, *, page: int = 1) -> Page[Order]:
    """Return the staff's list of orders, the newest first; buyers and lines come along."""
    require(actor, Permission.ORDERS_VIEW)
    rows = Order.objects.all()
    if wanted.status == OPEN_CLAIMS:
        rows = rows.filter(pk__in=AfterSale.objects.filter(status__in=AfterSale.OPEN).values("order_id"))
    elif wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.funnel:
        rows = rows.filter(funnel=wanted.funnel)
    if wanted.style:
        rows = rows.filter(style=wanted.style)
    if wanted.shop_id is not None:
        rows = rows.filter(shop_id=wanted.shop_id)
    if wanted.placed_from is not None:
        rows = rows.filter(placed_at__gte=wanted.placed_from)
    if wanted.placed_to is not None:
        rows = rows.filter(placed_at__lt=wanted.placed_to)
    if text := wanted.text.strip():
        tracked = Shipment.objects.filter(tracking_number=text).values("order_id")
        people = User.objects.filter(Q(phone=text) | Q(display_name=text)).values("pk")
        own = Q(number=text.upper()) | Q(recipient=text) | Q(phone=text)
        rows = rows.filter(own | Q(pk__in=tracked) | Q(buyer__in=people))
    return page_of(rows.select_related("buyer").prefetch_related(_lines()).order_by("-placed_at", "-pk"), number=page)


def timeline(actor: User, order: Order) -> tuple[TimelineEntry, ...]:
    """Return an order's steps, the oldest first; the staff also sees who did them."""
    return order_timeline(order, with_names=has_permission(actor, Permission.ORDERS_VIEW))


def _line_rows() -> QuerySet[OrderLine]:
    return OrderLine.objects.select_related("supplier").order_by("pk")


def _lines() -> "Prefetch[str]":
    return Prefetch("lines", queryset=_line_rows())


def is_all_refunded(order_id: int) -> bool:
    """Whether every piece of an order went back, or is on its way back: what it was granted may be given back too."""
    return not _KEPT.rows(order_id)
