"""Orders: the list, one of them with everything that belongs to it, and the search over all."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.models import User
from renmai.accounts.policies import Permission
from renmai.accounts.queries import permissions_of
from renmai.catalogue.queries import desk
from renmai.distribution import queries as distribution
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.models import Order
from renmai.ordering.queries import OrderFilter, OrderPage
from renmai.payments import actions as payment_actions
from renmai.payments import queries as payments
from renmai.sharing import queries as sharing
from renmai.web.console import evidence, requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import HandOverForm
from renmai.web.console.navigation import show
from renmai.web.console.parcels import drawers
from renmai.web.console.timelines import items
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb
from renmai.web.ui.people import member_of

STATUSES = [*Order.Status.values, "open_claims"]


@staff(Permission.ORDERS_VIEW)
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """List orders, the newest first, by state, channel, style, or a number, a name, a phone."""
    wanted = OrderFilter(
        status=requests.choice(request, "status", STATUSES),
        text=requests.words(request),
        funnel=requests.choice(request, "funnel", Order.Funnel.values),
        style=requests.choice(request, "style", Order.Style.values),
        shop_id=requests.number(request, "shop"),
    )
    page = ordering.all_orders(member_of(request), wanted, page=requests.page_number(request))
    shop = sharing.shops_by_id([wanted.shop_id]).get(wanted.shop_id) if wanted.shop_id else None
    context = {
        "page": page,
        "shops": sharing.shops_by_id({order.shop_id for order in page.items if order.shop_id}),
        "wanted": wanted,
        "shop": shop,
        "status_chips": chips(request, "status", [("", _("All")), *Order.Status.choices, ("open_claims", _("Open after-sale"))]),
        "funnel_chips": chips(request, "funnel", [("", _("Every channel")), *Order.Funnel.choices]),
        "style_chips": chips(request, "style", [("", _("Every style")), *Order.Style.choices]),
        "is_filtered": wanted != OrderFilter(),
    }
    return show(request, "console/selling/orders.html", context)


@staff(Permission.ORDERS_VIEW)
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    """Show one order."""
    return show_order(request, number)


@staff(Permission.AFTER_SALES_DECIDE)
@require_POST
def retry_refund(request: HttpRequest, number: str, refund_id: int) -> HttpResponse:
    """Send a refund that the provider refused once more."""
    user = member_of(request)
    ordering.access_order(user, number)
    if refund_id not in {refund.pk for refund in payments.refunds_for(number)}:
        raise DomainError("request.not_found")
    refund = payment_actions.retry_refund(user, refund_id)
    messages.success(request, _("Refund %(number)s is sent once more.") % {"number": refund.number})
    return redirect("console:order", number)


def show_order(request: HttpRequest, number: str, *, hand_over: HandOverForm | None = None, status: int = 200) -> HttpResponse:
    """Render the page of an order; ``hand_over`` is a form that was refused."""
    user = member_of(request)
    held = permissions_of(user)
    view = ordering.order_page(user, number)
    parcels = [parcel.shipment for parcel in view.shipments]
    for parcel in parcels:
        parcel.order = view.order  # known already: the drawers need not ask for it
    may_ship = Permission.ORDERS_SHIP in held and view.order.delivery == Order.Delivery.PARCEL
    context: dict[str, Any] = {
        "view": view,
        "order": view.order,
        "crumbs": [Crumb(pgettext("navigation", "Orders"), reverse("console:orders")), Crumb(number)],
        "timeline": items(view.timeline),
        "hand_over": hand_over or HandOverForm(),
        "may_ship": may_ship,
        "may_retry": Permission.AFTER_SALES_DECIDE in held,
        "drawers": drawers(parcels) if may_ship else (),
        "ship_next": reverse("console:order", args=[number]),
        "waits_for_pickup": Permission.ORDERS_SHIP in held and _waits_for_pickup(view.order),
        **_money(view, held=held),
        **_attribution(view, held=held),
    }
    return show(request, "console/selling/order.html", context, status=status)


@staff(Permission.ORDERS_VIEW)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find orders, claims, agents and goods by what was typed; an exact number opens at once."""
    user = member_of(request)
    text = requests.words(request)
    exact = _exact(user, text) if text else None
    if exact is not None:
        return redirect(exact)
    held = permissions_of(user)
    found = ordering.all_orders(user, OrderFilter(text=text)).items if text else ()
    context = {
        "search_text": text,
        "orders": found,
        "shops": sharing.shops_by_id({order.shop_id for order in found if order.shop_id}),
        "agents": distribution.agents(user, text=text) if text and Permission.AGENTS_MANAGE in held else (),
        "goods": desk.goods(user, desk.GoodsFilter(text=text)) if text and Permission.PRODUCTS_EDIT in held else (),
    }
    return show(request, "console/selling/search.html", context)


def _exact(user: User, text: str) -> str | None:
    """Return the page of the one order or claim whose number this is."""
    number = text.upper()
    for find, page in ((ordering.access_order, "console:order"), (ordering.access_after_sale, "console:after_sale")):
        try:
            find(user, number)
        except DomainError:
            continue
        return reverse(page, args=[number])
    return None


def _waits_for_pickup(order: Order) -> bool:
    return order.delivery == Order.Delivery.PICKUP and order.status == Order.Status.PAID


def _money(view: OrderPage, *, held: frozenset[Permission]) -> dict[str, Any]:
    if Permission.REFUNDS_VIEW not in held:
        return {"payments": (), "refunds": ()}
    number = view.order.number
    return {"payments": payments.payments_for(number), "refunds": payments.refunds_for(number), "sees_money": True}


def _attribution(view: OrderPage, *, held: frozenset[Permission]) -> dict[str, Any]:
    if Permission.ATTRIBUTION_VIEW not in held:
        return {}
    attribution = sharing.attribution_of(view.order.pk)
    return {
        "sees_attribution": True,
        "attribution": evidence.explained([attribution])[0] if attribution else None,
        "commissions": distribution.commissions_of_order(view.order.pk),
    }
