"""Pieces and prices of one variant, and the list of what runs out."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.accounts.policies import Permission
from renmai.accounts.queries import has_permission
from renmai.catalogue import actions
from renmai.catalogue.actions.feeds import in_pools
from renmai.catalogue.models import Product, Sku
from renmai.catalogue.queries import desk
from renmai.catalogue.queries import reference_price as reference_now
from renmai.catalogue.queries.prices import REFERENCE_DAYS
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.web.console import requests
from renmai.web.console.filters import chips
from renmai.web.console.forms import blame
from renmai.web.console.goods_forms import CountForm, PriceForm
from renmai.web.console.navigation import show
from renmai.web.ui.guards import staff
from renmai.web.ui.navigation import Crumb, Tab
from renmai.web.ui.people import member_of

LOW = "low"


@staff(Permission.STOCK_FEED)
@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    """List variants, the scarcest first."""
    low_below = policy.integer("stock.low")
    status = requests.choice(request, "status", [Product.Status.LISTED, LOW])
    wanted = desk.GoodsFilter(
        text=requests.words(request),
        status=Product.Status.LISTED if status == Product.Status.LISTED else "",
        supplier_id=requests.number(request, "supplier"),
        low_below=low_below if status == LOW else None,
    )
    choices = [("", _("All")), (Product.Status.LISTED, _("On sale")), (LOW, _("Stock low"))]
    context = {
        "page": desk.stock(member_of(request), wanted, page=requests.page_number(request)),
        "wanted": wanted,
        "status": status,
        "low_below": low_below,
        "suppliers": desk.suppliers(),
        "status_chips": chips(request, "status", choices),
        "tabs": supply_tabs("stock"),
        "is_filtered": wanted != desk.GoodsFilter(),
    }
    return show(request, "console/running/stock.html", context)


@staff(Permission.PRODUCTS_EDIT, Permission.STOCK_FEED)
@require_safe
def sku(request: HttpRequest, sku_id: int) -> HttpResponse:
    """Show one variant: its pieces, its moves, its prices; ``?price_fen=12.80`` shows what a new price would do."""
    asked = PriceForm(request.GET) if "price_fen" in request.GET else None
    return _show(request, sku_id, price=asked)


@staff(Permission.PRODUCTS_EDIT)
@require_POST
def sku_price(request: HttpRequest, sku_id: int) -> HttpResponse:
    """Set the price from now on."""
    form = PriceForm(request.POST)
    if not form.is_valid():
        return _show(request, sku_id, price=form, status=400)
    try:
        found = actions.set_price(member_of(request), sku_id, price_fen=form.cleaned_data["price_fen"])
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        form.add_error("price_fen", error.sentence)
        return _show(request, sku_id, price=form, status=error.status)
    messages.success(request, _("%(code)s has its new price.") % {"code": found.code})
    return redirect("console:sku", sku_id)


@staff(Permission.STOCK_FEED)
@require_POST
def sku_count(request: HttpRequest, sku_id: int) -> HttpResponse:
    """Set the pieces on hand as somebody counted them."""
    form = CountForm(request.POST)
    if not form.is_valid():
        return _show(request, sku_id, count=form, status=400)
    given = form.cleaned_data
    try:
        found = actions.count_stock(member_of(request), sku_id, on_hand=given["on_hand"], reason=given["reason"])
    except DomainError as error:
        if error.code in {"request.not_found", "request.forbidden"}:
            raise
        blame(form, error)
        return _show(request, sku_id, count=form, status=error.status)
    told = _("Counted: %(free)s pieces of %(code)s can be bought now.") % {"free": found.stock_free, "code": found.code}
    if given["on_hand"] < found.stock_reserved + in_pools([sku_id])[sku_id]:
        short = _("That is fewer than are reserved or set aside for campaigns: an alert tells everybody who ships.")
        messages.warning(request, f"{told} {short}")
    else:
        messages.success(request, told)
    return redirect("console:sku", sku_id)


def supply_tabs(current: str) -> list[Tab]:
    """Return the two lists of supply: who holds the goods, and what runs out."""
    return [
        Tab(_("Suppliers"), "factory", reverse("console:suppliers"), current=current == "suppliers"),
        Tab(_("Stock"), "box", reverse("console:stock"), current=current == "stock"),
    ]


def _show(
    request: HttpRequest,
    sku_id: int,
    *,
    price: PriceForm | None = None,
    count: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = member_of(request)
    found = desk.access_sku(user, sku_id)
    may_edit = has_permission(user, Permission.PRODUCTS_EDIT)
    crumbs = [Crumb(_("Goods"), reverse("console:products"))] if may_edit else []
    if may_edit:
        crumbs.append(Crumb(found.product.title, reverse("console:product_variants", args=[found.product_id])))
    else:
        crumbs.append(Crumb(_("Stock"), reverse("console:stock")))
    context: dict[str, Any] = {
        "sku": found,
        "crumbs": [*crumbs, Crumb(found.code)],
        "moves": desk.movements(sku_id, page=requests.page_number(request)),
        "points": desk.price_points(sku_id),
        "price": price or PriceForm(),
        "count": count or CountForm(),
        "effect": _effect(found, price),
        "pooled": in_pools([sku_id])[sku_id],
        "reference_fen": reference_now(found),
        "may_edit": may_edit,
        "may_feed": has_permission(user, Permission.STOCK_FEED),
        "low_below": policy.integer("stock.low"),
    }
    return show(request, "console/running/sku.html", context, status=status)


def _effect(found: Sku, form: PriceForm | None) -> dict[str, Any] | None:
    """Return what a new price would do to the reference price, None while nothing readable is asked."""
    if form is None or not form.is_valid() or not form.cleaned_data["price_fen"]:
        return None
    price_fen: int = form.cleaned_data["price_fen"]
    now = clock.now()
    lowest = desk.lowest_prices([found.pk], now).get(found.pk)
    is_reduction = price_fen < found.price_fen and lowest is not None and lowest > price_fen
    return {
        "price_fen": price_fen,
        "lowest_fen": lowest,
        "reference_fen": lowest if is_reduction else None,
        "until": now + timedelta(days=REFERENCE_DAYS),
        "change": f"{(price_fen - found.price_fen) / found.price_fen:+.0%}",
        "is_far": not found.price_fen <= 2 * price_fen <= 6 * found.price_fen,
        "is_same": price_fen == found.price_fen,
    }
