"""The cart: what was chosen, shop by shop, and one sum. Guests have one too."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from renmai.catalogue import queries as catalogue
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.ordering.actions import cart as actions
from renmai.ordering.queries import CartGroup, CartItem
from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop
from renmai.web.storefront.choices import SKU_KEY, choose
from renmai.web.storefront.goods import Pictured, pictured
from renmai.web.storefront.navigation import show
from renmai.web.storefront.numbers import whole, wholes
from renmai.web.storefront.presence import known_visitor, shop_here
from renmai.web.storefront.tiles import WAY, funnel_named
from renmai.web.ui.people import on_this_site, user_of, visitor_of

UNDO_SALT = "storefront.cart.undo"
UNDO_SECONDS = 3600


@dataclass(frozen=True)
class LineView:
    """One line with its picture. ``problem`` is what was refused a moment ago."""

    item: CartItem
    picture: Pictured
    problem: str = ""

    @property
    def ids(self) -> tuple[int, ...]:
        """The line's id, as a list of one."""
        return (self.item.id,)

    @property
    def most(self) -> int:
        """The largest quantity that can be asked for now."""
        return max(1, min(self.item.left, actions.MAX_QUANTITY))


@dataclass(frozen=True)
class GroupView:
    """The lines of one shop; ``shop`` is None for the platform's own shelf."""

    shop: Shop | None
    lines: tuple[LineView, ...]
    amount_fen: int
    is_selected: bool
    line_ids: tuple[int, ...]


@require_safe
def cart(request: HttpRequest) -> HttpResponse:
    """Show the cart."""
    return _page(request)


@require_POST
def cart_add(request: HttpRequest) -> HttpResponse:
    """Put a variant into the cart, or with ``next=checkout`` take it straight to the checkout and leave the cart alone.

    The variant is ``sku_id``, or ``product`` with the chosen option values. A refusal goes back to where she was, with its sentence.
    """
    way_on = request.POST.get("next", "")
    back = _came_from(request)
    try:
        sku_id, quantity = _wanted_sku(request), _quantity(request)
        if way_on == "checkout":
            query = {"sku_id": sku_id, "quantity": quantity, WAY: funnel_named(request.POST.get(WAY, ""))}
            return _redirect(request, f"{reverse('storefront:checkout')}?{urlencode(query)}")
        shop = shop_here(request)
        actions.add_to_cart(
            visitor_of(request), user_of(request), sku_id=sku_id, quantity=quantity, shop_id=shop.pk if shop else 0
        )
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        messages.error(request, error.sentence)
        return _redirect(request, back)
    if way_on == "cart":
        return _redirect(request, reverse("storefront:cart"))
    messages.success(request, _("It is in your cart."))
    return _redirect(request, back)


@require_POST
def cart_change(request: HttpRequest) -> HttpResponse:
    """Change the quantity of one line; a refusal stands beside the line."""
    line_id = whole(request.POST.get("line")) or 0
    try:
        actions.change_quantity(known_visitor(request), user_of(request), line_id=line_id, quantity=_quantity(request))
    except DomainError as error:
        if error.code == "request.not_found":
            raise
        return _page(request, status=error.status, problem=(line_id, error.sentence))
    return _after(request)


@require_POST
def cart_select(request: HttpRequest) -> HttpResponse:
    """Tick or untick lines for the checkout: ``lines`` (several), or all of them without any."""
    named = request.POST.getlist("lines")
    is_selected = request.POST.get("is_selected") == "1"
    line_ids = wholes(named) if named else None
    actions.select(known_visitor(request), user_of(request), line_ids=line_ids, is_selected=is_selected)
    return _after(request)


@require_POST
def cart_remove(request: HttpRequest) -> HttpResponse:
    """Take lines out of the cart; the page that follows offers to put them back."""
    visitor, user = known_visitor(request), user_of(request)
    line_ids = wholes(request.POST.getlist("lines"))
    groups = ordering.cart(visitor, user).groups
    gone = [(line.sku.pk, line.quantity, group.shop_id) for group in groups for line in group.lines if line.id in line_ids]
    actions.remove(visitor, user, line_ids=line_ids)
    undo = signing.dumps(gone, salt=UNDO_SALT) if gone else ""
    return _after(request, undo=undo)


@require_POST
def cart_restore(request: HttpRequest) -> HttpResponse:
    """Put back what was just taken out. What is in the cart again already stays as it is."""
    try:
        gone = signing.loads(request.POST.get("undo", ""), salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        raise DomainError("request.invalid") from None
    visitor, user = visitor_of(request), user_of(request)
    there = {(line.sku.pk, group.shop_id) for group in ordering.cart(visitor, user).groups for line in group.lines}
    for sku_id, quantity, shop_id in gone:
        if (sku_id, shop_id) in there:
            continue
        try:
            actions.add_to_cart(visitor, user, sku_id=sku_id, quantity=quantity, shop_id=shop_id)
        except DomainError as error:
            messages.error(request, error.sentence)
    return _after(request)


def _page(request: HttpRequest, *, status: int = 200, problem: tuple[int, str] = (0, ""), undo: str = "") -> HttpResponse:
    found = ordering.cart(known_visitor(request), user_of(request))
    items = [item for group in found.groups for item in group.lines]
    pictures = catalogue.first_pictures({item.sku.product_id for item in items}) if items else {}
    shops = sharing.shops_by_id([group.shop_id for group in found.groups])

    def line(item: CartItem) -> LineView:
        product = item.sku.product
        said = problem[1] if item.id == problem[0] else ""
        return LineView(item, pictured(product, pictures.get(product.pk)), said)

    groups = [_group(group, shops.get(group.shop_id), tuple(line(item) for item in group.lines)) for group in found.groups]
    context = {
        "cart": found,
        "groups": groups,
        "currency": items[0].sku.product.currency if items else "CNY",
        "is_all_selected": found.selected_count > 0 and all(group.is_selected for group in groups),
        "undo": undo or request.GET.get("undo", ""),
    }
    # A fragment that is put into the page is no failure of the request, whatever it says.
    return show(request, "storefront/buying/cart.html", context, status=200 if request.headers.get("HX-Request") else status)


def _group(group: CartGroup, shop: Shop | None, lines: tuple[LineView, ...]) -> GroupView:
    can_buy = [line.item for line in lines if line.item.can_buy]
    return GroupView(
        shop=shop,
        lines=lines,
        amount_fen=group.amount_fen,
        is_selected=all(item.is_selected for item in can_buy),
        line_ids=tuple(item.id for item in can_buy),
    )


def _after(request: HttpRequest, *, undo: str = "") -> HttpResponse:
    """Show the cart as it is now: at once to htmx, by way of its address to everybody else."""
    if request.headers.get("HX-Request"):
        return _page(request, undo=undo)
    address = reverse("storefront:cart")
    return HttpResponseRedirect(f"{address}?{urlencode({'undo': undo})}" if undo else address)


def _wanted_sku(request: HttpRequest) -> int:
    named = whole(request.POST.get("sku_id") or request.POST.get(SKU_KEY))
    if named is not None:
        return named
    product_id = whole(request.POST.get("product"))
    choice = choose(catalogue.product_page(product_id), request.POST.dict()) if product_id else None
    if choice is None:
        raise DomainError("request.not_found")
    return choice.sku.id


def _quantity(request: HttpRequest) -> int:
    quantity = whole(request.POST.get("quantity", "1"))
    if quantity is None or not 1 <= quantity <= actions.MAX_QUANTITY:
        raise DomainError("ordering.quantity", field="quantity", most=actions.MAX_QUANTITY)
    return quantity


def _came_from(request: HttpRequest) -> str:
    """Return the page of this site that she came from, the cart when it is not known."""
    return on_this_site(request, request.headers.get("Referer", ""), reverse("storefront:cart"))


def _redirect(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
