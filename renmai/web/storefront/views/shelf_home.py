"""The two front doors: the home page, and Discover, where agents speak."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import ShelfQuery
from renmai.distribution.policies import pays_commission
from renmai.sharing import queries as sharing
from renmai.sharing.models import ShopItem
from renmai.web.storefront.introductions import introduce
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.presence import known_visitor, shop_here
from renmai.web.storefront.tiles import seen_tiles, tiles, tiles_of
from renmai.web.ui.people import shop_code_of, user_of

SHELF_SIZE = 6
SEEN_SIZE = 10
SHOPS_SHOWN = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the categories, the agent one is with, what sells, what is new, and what one looked at."""
    user, shop = user_of(request), shop_here(request)
    context = {
        "tree": catalogue.categories_tree(),
        "shop": shop,
        "is_entered": bool(shop_code_of(request)),
        "introduction": introduce(shop, None, user=user) if shop else None,
        "newest": tiles(catalogue.shelf(ShelfQuery(sort="newest", size=SHELF_SIZE)).items),
        "bestsellers": tiles(catalogue.shelf(ShelfQuery(sort="sold", size=SHELF_SIZE)).items),
        "seen": seen_tiles(known_visitor(request), user, limit=SEEN_SIZE),
    }
    return show(request, "storefront/shelf/home.html", context)


@require_safe
@vary_on_headers("HX-Request")
def discover(request: HttpRequest) -> HttpResponse:
    """Show agents' picks with their words, page by page."""
    feed = sharing.recommended(page=page_number(request))
    context = {
        "tiles": tiles_of(_each_once(feed.items), "content"),
        "agents_earn": pays_commission(),
        "position": Position(feed.number, feed.has_next),
    }
    if request.headers.get("HX-Request"):
        return render(request, "storefront/shelf/more_picks.html", context)
    shops = sharing.open_shops()[:SHOPS_SHOWN] if feed.number == 1 else []
    return show(request, "storefront/shelf/discover.html", context | {"shops": shops})


def _each_once(items: Iterable[ShopItem]) -> list[ShopItem]:
    """Return the picks with every product only once: two agents' words about the same thing side by side tire the reader."""
    return list({item.product_id: item for item in items}.values())
