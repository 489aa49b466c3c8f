"""Who is here, and in whose shop: the micro-shop in the cookie, else the one this member is bound to."""

from django.http import HttpRequest

from renmai.accounts.models import Visitor
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.sharing import queries as sharing
from renmai.sharing.models import Shop
from renmai.web.ui.people import enter_shop, shop_code_of, user_of, visitor_id_of, visitor_of

UNREAD = object()


def is_looking(request: HttpRequest) -> bool:
    """Whether a person sees the answer: a browser that fetches ahead, or only asks for the headers, does not count as a visit."""
    return request.method == "GET" and not request.headers.get("Sec-Purpose", "").startswith("prefetch")


def known_visitor(request: HttpRequest) -> Visitor | None:
    """Return this browser's visitor if it has one; pages that only read make none. One statement, the first time."""
    if visitor_id_of(request) is None and getattr(request, "renmai_visitor", None) is None:
        return None
    return visitor_of(request)


def pieces_in_cart(request: HttpRequest) -> int:
    """Return how many pieces are in this person's cart. One statement; none for a guest who has just come."""
    user = user_of(request)
    if user is None and visitor_id_of(request) is None:
        return 0
    return ordering.cart_count(known_visitor(request), user)


def shop_here(request: HttpRequest) -> Shop | None:
    """Return the open shop that this person is in; asked once per request.

    A shop that was closed meanwhile is left without a word, and the member's binding decides again.
    """
    known = getattr(request, "renmai_shop", UNREAD)
    if known is UNREAD:
        known = _entered(request) or _bound(request)
        request.renmai_shop = known  # type: ignore[attr-defined]
    return known if isinstance(known, Shop) else None


def go_into(request: HttpRequest, shop: Shop) -> None:
    """Let this browser be in ``shop`` from now on."""
    enter_shop(request, shop.code)
    request.renmai_shop = shop  # type: ignore[attr-defined]


def leave(request: HttpRequest) -> None:
    """Let this browser be in no shop."""
    enter_shop(request, "")
    request.renmai_shop = None  # type: ignore[attr-defined]


def _entered(request: HttpRequest) -> Shop | None:
    code = shop_code_of(request)
    if not code:
        return None
    try:
        return sharing.shop_by_code(code)
    except DomainError:
        enter_shop(request, "")
        return None


def _bound(request: HttpRequest) -> Shop | None:
    user = user_of(request)
    binding = sharing.heard_binding(user) if user else None
    return binding.shop if binding and binding.shop.status == Shop.Status.OPEN else None
