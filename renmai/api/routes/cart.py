"""The cart of a guest or a member."""

from django.http import HttpRequest
from ninja import Router

from renmai.api.callers import ANYONE, known_visitor, user_or_guest, visitor
from renmai.api.parsing import Id
from renmai.api.schemas.buying import AddIn, CartOut, QuantityIn, SelectionIn
from renmai.ordering import queries as ordering
from renmai.ordering.actions import cart
from renmai.sharing import queries as sharing

router = Router(tags=["Cart"], auth=ANYONE)


@router.get("/cart", response=CartOut)
def get_cart(request: HttpRequest) -> ordering.Cart:
    """The cart, by the shop in which things were chosen. At today's prices, with what has changed since."""
    return _cart(request)


@router.post("/cart/lines", response={201: CartOut})
def add_to_cart(request: HttpRequest, given: AddIn) -> ordering.Cart:
    """Put more pieces of a SKU into the cart. Answers with the whole cart; reserves nothing."""
    shop_id = sharing.shop_by_code(given.shop_code).pk if given.shop_code else 0
    cart.add_to_cart(visitor(request), user_or_guest(request), sku_id=given.sku_id, quantity=given.quantity, shop_id=shop_id)
    return _cart(request)


@router.patch("/cart/lines/{line_id}", response=CartOut)
def change_cart_line(request: HttpRequest, line_id: Id, given: QuantityIn) -> ordering.Cart:
    """Set the quantity of a line. Answers with the whole cart."""
    cart.change_quantity(known_visitor(request), user_or_guest(request), line_id=line_id, quantity=given.quantity)
    return _cart(request)


@router.delete("/cart/lines/{line_id}", response=CartOut)
def remove_cart_line(request: HttpRequest, line_id: Id) -> ordering.Cart:
    """Take a line out of the cart. Taking out what is gone already changes nothing."""
    cart.remove(known_visitor(request), user_or_guest(request), line_ids=[line_id])
    return _cart(request)


@router.post("/cart/selection", response=CartOut)
def select_cart_lines(request: HttpRequest, given: SelectionIn) -> ordering.Cart:
    """Tick or untick lines for checkout. All of them when none is named."""
    cart.select(known_visitor(request), user_or_guest(request), line_ids=given.line_ids, is_selected=given.is_selected)
    return _cart(request)


def _cart(request: HttpRequest) -> ordering.Cart:
    return ordering.cart(known_visitor(request), user_or_guest(request))
