"""Micro-shops, links, visits, and one's own binding."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from renmai.accounts.models import User
from renmai.api.answers import Listed, Paged, cut
from renmai.api.callers import ANYONE, PERSON, person, user_or_guest, visitor
from renmai.api.parsing import Code, PageNumber
from renmai.api.schemas.shops import (
    MyBindingOut,
    OpenedShareOut,
    ShareIn,
    ShareOut,
    ShopItemOut,
    ShopOut,
    VisitOut,
    disclosure_of,
)
from renmai.catalogue import queries as catalogue
from renmai.insight import actions as insight
from renmai.kernel.errors import DomainError
from renmai.policy import queries as policy
from renmai.sharing import actions, queries
from renmai.sharing.models import Share, Shop

router = Router(tags=["Shops and shares"], auth=ANYONE)
SHOPS_PER_PAGE = 20


@router.get("/shops", response=Paged[ShopOut])
def list_shops(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """Open micro-shops. Newest first."""
    user = user_or_guest(request)
    return cut(queries.open_shops(page=page, viewer_id=user.pk if user else 0), page=page, size=SHOPS_PER_PAGE)


@router.get("/shops/{code}", response=ShopOut)
def get_shop(request: HttpRequest, code: Code) -> Shop:
    """A micro-shop: the agent's face and words. ``sharing.shop_closed`` when she has closed it."""
    return queries.shop_by_code(code)


@router.get("/shops/{code}/goods", response=Paged[ShopItemOut])
def list_shop_goods(request: HttpRequest, code: Code, *, page: PageNumber = 1) -> Listed[Any]:
    """What a shop's agent stands behind. In her order, with her words."""
    return shop_goods(queries.shop_by_code(code), page=page)


@router.get("/shares/{code}", response=OpenedShareOut)
def get_share(request: HttpRequest, code: Code) -> dict[str, object]:
    """What a link opens, with the disclosure. Records nothing; a person who opens it is recorded by a visit."""
    return _opened(queries.share_by_code(code))


@router.post("/shares/{code}/visits", response={201: VisitOut})
def visit_share(request: HttpRequest, code: Code) -> dict[str, object]:
    """Open a link. Records the visit: the last valid one before an order, within the window, decides whom the order goes to."""
    link = queries.share_by_code(code)
    if link.shop is not None and link.shop.status != Shop.Status.OPEN:
        raise DomainError("sharing.shop_closed")
    user = user_or_guest(request)
    visit = actions.record_visit(link, visitor(request), user=user, user_agent=request.headers.get("User-Agent", ""))
    if link.product_id is not None:
        funnel = "social" if visit.is_valid else ""
        insight.record_view(visitor(request), user, product_id=link.product_id, funnel=funnel, share_id=link.pk)
    return {**_opened(link), "is_valid": visit.is_valid}


@router.post("/shares", response={201: ShareOut}, auth=PERSON)
def create_share(request: HttpRequest, given: ShareIn) -> Share:
    """One's own link for a product or a shop. The same thing again gives the same link; the chain one came through is kept."""
    user = person(request)
    latest = queries.latest_share(visitor_id=None, user=user, window_days=policy.integer("attribution.window_days"))
    shop = queries.shop_by_code(given.shop_code) if given.shop_code else _usual_shop(user, latest)
    if given.kind == "shop" and shop is None:
        raise DomainError("request.invalid", field="shop_code")
    product = catalogue.access_product(None, given.product_id or 0) if given.kind == "product" else None
    came_through = latest if latest is not None and latest.shop_id == (shop.pk if shop else None) else None
    link = actions.share(user, kind=given.kind, shop=shop, product=product, came_through=came_through)
    return queries.share_by_code(link.code)


@router.get("/me/binding", response=MyBindingOut, auth=PERSON)
def get_my_binding(request: HttpRequest) -> dict[str, object]:
    """Which agent one's purchases count for, until when, and why. With the log of how it came to be."""
    user = person(request)
    return {"binding": queries.current_binding(user), "log": queries.binding_log(customer_id=user.pk)}


def shop_goods(shop: Shop, *, page: int) -> Listed[Any]:
    """Return one page of a shop's goods as cards with the agent's words."""
    items = queries.shop_items(shop, page=page)
    cards = {card.id: card for card in catalogue.cards([item.product_id for item in items])}
    shown = [
        {"product": cards[item.product_id], "voice": item.voice, "position": item.position}
        for item in items
        if item.product_id in cards
    ]
    return Listed(shown, page, has_next=len(items) == SHOPS_PER_PAGE)


def _usual_shop(user: User, latest: Share | None) -> Shop | None:
    """One's own shop, else the one that one came through, while it is open."""
    shops = (queries.shop_of(user), latest.shop if latest else None)
    return next((shop for shop in shops if shop is not None and shop.status == Shop.Status.OPEN), None)


def _opened(link: Share) -> dict[str, object]:
    cards = catalogue.cards([link.product_id]) if link.product_id else ()
    return {"share": link, "shop": link.shop, "product": cards[0] if cards else None, "disclosure": disclosure_of(link)}
