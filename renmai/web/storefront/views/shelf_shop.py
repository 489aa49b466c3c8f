"""An agent's micro-shop: her face, her words, her choice of goods."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import PAGE_SIZE, ShelfQuery
from renmai.kernel.errors import DomainError
from renmai.sharing import queries as sharing
from renmai.sharing.models import Share, Shop
from renmai.web.storefront import presence
from renmai.web.storefront.introductions import Introduction, ShopFace, introduce, shop_face
from renmai.web.storefront.navigation import tabs
from renmai.web.storefront.paging import Position, page_number, query_of
from renmai.web.storefront.tiles import KNOWN, Funnel, Tile, tile
from renmai.web.ui import errors
from renmai.web.ui.navigation import Tab
from renmai.web.ui.people import user_of
from renmai.web.ui.remembering import render_shown

TEXT_KEPT = 80
FUNNEL: Funnel = "social"


@dataclass(frozen=True, kw_only=True)
class ShopShown:
    """What the page of a shop shows. ``is_part`` leaves everything but the goods away."""

    shop: ShopFace
    voice: str
    introduction: Introduction
    tiles: tuple[Tile, ...]
    total: int
    position: Position
    query: str
    text: str
    everywhere: str
    shop_url: str
    back_url: str
    tabs: tuple[Tab, ...] = ()
    is_part: bool = False


@require_safe
@vary_on_headers("HX-Request")
def shop(request: HttpRequest, code: str) -> HttpResponse:
    """Show an open shop, and let this browser be in it."""
    try:
        found = sharing.shop_by_code(code)
    except DomainError as error:
        return errors.refusal(request, error, way_on=(reverse("storefront:discover"), _("See what agents recommend")))
    presence.go_into(request, found)
    return show_shop(request, found)


def show_shop(request: HttpRequest, found: Shop, *, link: Share | None = None) -> HttpResponse:
    """Answer with the page of a shop, or with the goods that follow when the page asks for more."""
    shown = shop_shown(request, found, link=link)
    if request.headers.get("HX-Request") and link is None:
        return render_shown(request, "storefront/shelf/shop_goods.html", replace(shown, is_part=True))
    return render_shown(request, "storefront/shelf/shop.html", replace(shown, tabs=tabs(request)))


def shop_shown(request: HttpRequest, found: Shop, *, link: Share | None = None) -> ShopShown:
    """Return what the page of a shop shows, in a fixed number of statements."""
    text = request.GET.get("q", "").strip()[:TEXT_KEPT]
    items = sharing.picks_of(found)
    wanted = list(items)
    if text:
        results = catalogue.shelf(ShelfQuery(text=text, product_ids=wanted, page=page_number(request)))
        cards, total, position = results.items, results.total, Position(results.number, results.has_next)
    else:
        number = min(page_number(request), max(1, -(-len(wanted) // PAGE_SIZE)))
        cards = catalogue.cards(wanted[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        total, position = len(wanted), Position(number, number * PAGE_SIZE < len(wanted))
    user = user_of(request)
    is_own = user is not None and user.pk == found.owner_id
    return ShopShown(
        shop=shop_face(found),
        voice=found.voice,
        introduction=introduce(found, None, user=user, link=link),
        tiles=tuple(tile(card, KNOWN if is_own else FUNNEL, voice=items[card.id].voice) for card in cards),
        total=total,
        position=position,
        query=query_of(request, position),
        text=text,
        everywhere=f"{reverse('storefront:search')}?{urlencode({'q': text})}",
        shop_url=reverse("storefront:shop", args=[found.code]),
        back_url=reverse("storefront:home"),
    )


@require_POST
def leave_shop(request: HttpRequest) -> HttpResponse:
    """Go back to the platform's own shelf."""
    presence.leave(request)
    return HttpResponseRedirect(reverse("storefront:home"))
