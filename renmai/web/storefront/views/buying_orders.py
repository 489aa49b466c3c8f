"""One's orders: the list, one of them with everything that belongs to it, and what can be done with it now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from renmai.campaigns import queries as campaigns
from renmai.journeys import cancelling, receiving
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions import cart
from renmai.ordering.models import AfterSale, Order, OrderLine, Shipment
from renmai.ordering.policies import require_buyer
from renmai.ordering.queries import LineOptions, OrderPage, tracking_text
from renmai.payments import queries as payments
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing
from renmai.web.storefront.goods import Pictured, pictured_lines
from renmai.web.storefront.order_words import order_sentence, order_timeline, status_text
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.presence import shop_here
from renmai.web.ui.guards import signed_in
from renmai.web.ui.people import member_of, visitor_of

ALL = ""
FILTERS: tuple[tuple[str, "str | Promise"], ...] = (
    (ALL, pgettext_lazy("orders", "All")),
    ("placed", pgettext_lazy("orders", "To pay")),
    ("paid", pgettext_lazy("orders", "To ship")),
    ("shipped", pgettext_lazy("orders", "On its way")),
    ("received", pgettext_lazy("orders", "Received")),
    ("open_claims", pgettext_lazy("orders", "After-sale")),
)
COUNTED = frozenset({"placed", "paid", "shipped", "open_claims"})
KIND_OF_STATUS = {
    Order.Status.PLACED: "warn",
    Order.Status.PAID: "info",
    Order.Status.SHIPPED: "info",
    Order.Status.RECEIVED: "good",
    Order.Status.SETTLED: "good",
}
SHOWN_LINES = 3


@dataclass(frozen=True)
class Filter:
    """One tab above the list."""

    label: "str | Promise"
    url: str
    is_current: bool
    count: int


@dataclass(frozen=True)
class OrderView:
    """One order in the list."""

    order: Order
    lines: list[tuple[OrderLine, Pictured]]
    more: int
    pieces: int
    status: str
    kind: str
    can_review: bool


@dataclass(frozen=True)
class LineView:
    """One line of an order with what can be done about it."""

    line: OrderLine
    picture: Pictured
    options: LineOptions | None
    can_review: bool
    claims: list[AfterSale]


@dataclass(frozen=True)
class ParcelView:
    """One parcel: what is in it and how it travels."""

    shipment: Shipment
    contents: str
    tracking: str
    is_replacement: bool
    kind: str


@never_cache
@require_safe
@signed_in
def orders(request: HttpRequest) -> HttpResponse:
    """List one's orders, the newest first, by what they wait for."""
    user = member_of(request)
    known = {code for code, _label in FILTERS}
    chosen = request.GET.get("status", ALL)
    chosen = chosen if chosen in known else ALL
    page = ordering.orders_of(user, status=chosen or None, page=page_number(request))
    pictures = pictured_lines(line for order in page.items for line in order.lines.all())
    reviewable = {line.order_id for line in ordering.reviewable_lines(user)}
    counts = {row.status: row.count for row in ordering.order_counts(user)}
    context = {
        "filters": [
            Filter(label, f"?status={code}" if code else "?", code == chosen, counts.get(code, 0) if code in COUNTED else 0)
            for code, label in FILTERS
        ],
        "orders": [_in_list(order, pictures, reviewable) for order in page.items],
        "position": Position(page.number, page.has_next),
        "back_url": reverse("storefront:me"),
    }
    return render(request, "storefront/buying/orders.html", context)


@never_cache
@require_safe
@signed_in
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Show one order with all that belongs to it."""
    return _page(request, number)


@require_POST
@signed_in
def order_cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel an unpaid order."""
    return _act(request, number, cancelling.cancel, gettext("The order is cancelled."))


@require_POST
@signed_in
def order_confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm that the goods have arrived."""
    return _act(request, number, receiving.confirm, gettext("Thank you. How do you like it? You can write a review now."))


@require_POST
@signed_in
def order_again(request: HttpRequest, number: str) -> HttpResponse:
    """Put what an order held into the cart again, as far as it is still on sale."""
    user = member_of(request)
    found = ordering.access_order(user, number)
    require_buyer(user, found)
    visitor, shop = visitor_of(request), shop_here(request)
    added = 0
    for line in OrderLine.objects.filter(order=found).order_by("-pk"):
        try:
            quantity = min(line.quantity, cart.MAX_QUANTITY)
            cart.add_to_cart(visitor, user, sku_id=line.sku_id, quantity=quantity, shop_id=shop.pk if shop else 0)
            added += 1
        except DomainError as error:
            messages.error(request, error.sentence)
    if added:
        messages.success(
            request, ngettext("%(count)d thing is in your cart.", "%(count)d things are in your cart.", added) % {"count": added}
        )
    return HttpResponseRedirect(reverse("storefront:cart"))


def _act(request: HttpRequest, number: str, action: Any, sentence: str) -> HttpResponse:
    try:
        action(member_of(request), number)
    except DomainError as error:
        if error.status != 409:
            raise
        messages.error(request, error.sentence)
        return _page(request, number, status=error.status)
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("storefront:order", args=[number]))


def _page(request: HttpRequest, number: str, *, status: int = 200) -> HttpResponse:
    user = member_of(request)
    page = ordering.order_page(user, number)
    shop = sharing.shops_by_id([page.order.shop_id]).get(page.order.shop_id) if page.order.shop_id else None
    context = {
        "page": page,
        "pickup_place": policy.text("pickup.place") if page.pickup_code else "",
        "order": page.order,
        "status": status_text(page.order),
        "told": campaigns.told_of(page.order),
        "sentence": order_sentence(page, is_paid_late=_is_paid_late(page.order)),
        "lines": _lines(page, is_buyer=page.order.buyer_id == user.pk),
        "parcels": [_parcel(view) for view in page.shipments],
        "timeline": order_timeline(page),
        "shop": shop,
        "is_buyer": page.order.buyer_id == user.pk,
        "back_url": reverse("storefront:orders"),
    }
    return render(request, "storefront/buying/order.html", context, status=status)


def _is_paid_late(order: Order) -> bool:
    return order.status == Order.Status.CANCELLED and payments.captured_fen(order.number) > 0


def _in_list(order: Order, pictures: dict[int, Pictured], reviewable: set[int]) -> OrderView:
    lines = list(order.lines.all())
    return OrderView(
        order=order,
        lines=[(line, pictures[line.pk]) for line in lines[:SHOWN_LINES]],
        more=max(0, len(lines) - SHOWN_LINES),
        pieces=sum(line.quantity for line in lines),
        status=status_text(order),
        kind=KIND_OF_STATUS.get(Order.Status(order.status), ""),
        can_review=order.pk in reviewable,
    )


def _lines(page: OrderPage, *, is_buyer: bool) -> list[LineView]:
    pictures = pictured_lines(page.lines)
    options = {row.line.pk: row for row in page.claim_options if is_buyer and row.claimable and row.kinds}
    return [
        LineView(
            line=line,
            picture=pictures[line.pk],
            options=options.get(line.pk),
            can_review=line.pk in page.can_review,
            claims=[claim for claim in page.after_sales if claim.order_line_id == line.pk],
        )
        for line in page.lines
    ]


def _parcel(view: ordering.ShipmentView) -> ParcelView:
    shipment = view.shipment
    kinds = {Shipment.Status.WAITING: "warn", Shipment.Status.SHIPPED: "info", Shipment.Status.DELIVERED: "good"}
    return ParcelView(
        shipment=shipment,
        contents=" · ".join(f"{row.order_line.title} × {row.quantity}" for row in view.lines),
        tracking=tracking_text(f"{shipment.carrier} {shipment.tracking_number}") if shipment.tracking_number else "",
        is_replacement=view.is_replacement,
        kind=kinds.get(Shipment.Status(shipment.status), ""),
    )
