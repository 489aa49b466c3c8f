"""The two front doors: the home page, and Discover, where agents speak."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.accounts.models import User
from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import CategoryNode
from renmai.distribution.policies import pays_commission
from renmai.insight import queries as insight
from renmai.insight.experiments.queries import variant
from renmai.insight.portraits.queries import fulfils
from renmai.matching import queries as matching
from renmai.matching.actions import note_met
from renmai.sharing import queries as sharing
from renmai.sharing.models import ShopItem
from renmai.web.storefront.introductions import Introduction, ShopFace, introduce, shop_face
from renmai.web.storefront.navigation import tabs
from renmai.web.storefront.paging import Position, page_number, query_of
from renmai.web.storefront.presence import is_looking, known_visitor, shop_here
from renmai.web.storefront.tiles import KNOWN, Tile, product_address, tile, tiles_of
from renmai.web.ui.navigation import Tab
from renmai.web.ui.people import shop_code_of, user_of, visitor_id_of
from renmai.web.ui.remembering import render_shown

SHELF_SIZE = 6
SEEN_SIZE = 10
SHOPS_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class FrontDoor:
    """What the home page shows. ``here`` is its address, for whoever changes the language."""

    tabs: tuple[Tab, ...]
    here: str
    tree: tuple[CategoryNode, ...]
    introduction: Introduction | None
    is_entered: bool
    newest_first: bool
    chosen: tuple[Tile, ...]
    chosen_by: str
    newest: tuple[Tile, ...]
    bestsellers: tuple[Tile, ...]
    seen: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class Discovery:
    """What Discover shows. ``is_part`` leaves everything but the picks away."""

    tiles: tuple[Tile, ...]
    position: Position
    query: str
    is_part: bool = False
    tabs: tuple[Tab, ...] = ()
    agents_earn: bool = False
    shops: tuple[ShopFace, ...] = ()


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the categories, the agent one is with, what sells, what is new (which of the two first may be tried out), and what one looked at."""
    user, shop = user_of(request), shop_here(request)
    newest = catalogue.leading("newest", size=SHELF_SIZE)
    bestsellers = catalogue.leading("sold", size=SHELF_SIZE)
    seen = insight.seen_ids(known_visitor(request), user, limit=SEEN_SIZE)
    hers = _chosen_for(user)
    chosen = [entry.product_id for entry in hers.entries[:SHELF_SIZE]] if hers else []
    if chosen and is_looking(request) and variant("home.chosen", user=user, belongs=fulfils) == "popular":
        chosen = []
    if chosen and hers and user and is_looking(request):
        note_met(user, hers)
    # One thing may stand on all four shelves: it is read and made once.
    made = {card.id: tile(card, "content") for card in catalogue.cards([*newest, *bestsellers, *seen, *chosen])}
    shown = FrontDoor(
        tabs=tabs(request),
        here=request.get_full_path(),
        tree=catalogue.categories_tree(is_counted=False),
        introduction=introduce(shop, None, user=user) if shop else None,
        is_entered=bool(shop_code_of(request)),
        newest_first=is_looking(request) and _puts_newest_first(request, user),
        chosen=tuple(made[key] for key in chosen if key in made and not made[key].gone),
        chosen_by=hers.strategy if hers else "",
        newest=tuple(made[key] for key in newest if key in made),
        bestsellers=tuple(made[key] for key in bestsellers if key in made),
        seen=tuple(replace(made[key], url=product_address(key, KNOWN)) for key in seen if key in made),
    )
    return render_shown(request, "storefront/shelf/home.html", shown)


@require_safe
@vary_on_headers("HX-Request")
def discover(request: HttpRequest) -> HttpResponse:
    """Show agents' picks with their words, page by page."""
    user = user_of(request)
    viewer_id = user.pk if user else 0
    feed = sharing.recommended(page=page_number(request), viewer_id=viewer_id)
    picks, position = tiles_of(_each_once(feed.items), "content"), Position(feed.number, feed.has_next)
    query = query_of(request, position)
    if request.headers.get("HX-Request"):
        part = Discovery(tiles=picks, position=position, query=query, is_part=True)
        return render_shown(request, "storefront/shelf/more_picks.html", part)
    shops = sharing.open_shops(viewer_id=viewer_id)[:SHOPS_SHOWN] if feed.number == 1 else []
    shown = Discovery(
        tiles=picks,
        position=position,
        query=query,
        tabs=tabs(request),
        agents_earn=pays_commission(),
        shops=tuple(map(shop_face, shops)),
    )
    return render_shown(request, "storefront/shelf/discover.html", shown)


def _chosen_for(user: User | None) -> matching.ForMember | None:
    """Return a member's own list; None for guests and for who wants no personal one. One statement, none for guests."""
    found = matching.for_member(user) if user is not None else None
    return found if found is not None and found.is_personal else None


def _puts_newest_first(request: HttpRequest, user: User | None) -> bool:
    return variant("home.shelf", user=user, visitor=visitor_id_of(request), belongs=fulfils) == "newest"


def _each_once(items: Iterable[ShopItem]) -> list[ShopItem]:
    """Return the picks with every product only once: two agents' words about the same thing side by side tire the reader."""
    return list({item.product_id: item for item in items}.values())
