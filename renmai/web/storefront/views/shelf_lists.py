"""Shelves one looks through: search and categories."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import CategoryNode
from renmai.catalogue.queries.shelves import MAX_CHOICE
from renmai.matching.queries import safe_picks
from renmai.web.storefront.listing import DEFAULT_SORT, SORTS, Wish, find_category, read_wish
from renmai.web.storefront.navigation import tabs
from renmai.web.storefront.paging import Position, page_number, query_of
from renmai.web.storefront.tiles import Tile, tiles
from renmai.web.ui import errors
from renmai.web.ui.navigation import Tab
from renmai.web.ui.remembering import render_shown

CONSOLATION_SIZE = 6


@dataclass(frozen=True)
class Counted:
    """How many goods were found."""

    total: int
    is_capped: bool
    is_loosened: bool


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a list of goods shows. ``counted`` is the tree again where an empty page offers the categories that have something."""

    tabs: tuple[Tab, ...] = ()
    tree: tuple[CategoryNode, ...]
    counted: tuple[CategoryNode, ...]
    list_url: str
    is_search: bool
    top: CategoryNode | None = None
    wish: Wish
    category: CategoryNode | None
    results: Counted
    tiles: tuple[Tile, ...]
    consolation: tuple[Tile, ...]
    position: Position
    query: str
    sorts: tuple[tuple[str, str, str, bool], ...]
    unfiltered: str
    back_url: str
    is_part: bool


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Find goods by words, in one category or all, in an order and within prices. No words: everything."""
    wish, tree = read_wish(request.GET), catalogue.categories_tree(is_counted=False)
    chosen, _above = find_category(tree, wish.category_slug)
    listed = _listed(request, wish, chosen, tree=tree)
    return _answer(request, replace(listed, list_url=reverse("storefront:search"), is_search=True))


@require_safe
@vary_on_headers("HX-Request")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a category with what is below it."""
    wish, tree = read_wish(request.GET), catalogue.categories_tree(is_counted=False)
    chosen, above = find_category(tree, slug)
    if chosen is None:
        way_on = (reverse("storefront:search"), _("See what is on sale"))
        return errors.render_error(request, 404, sentence=_("There is no such category."), way_on=way_on)
    listed = _listed(request, wish, chosen, tree=tree)
    return _answer(request, replace(listed, list_url=reverse("storefront:category", args=[slug]), top=above or chosen))


def _listed(request: HttpRequest, wish: Wish, chosen: CategoryNode | None, *, tree: tuple[CategoryNode, ...]) -> Listing:
    safe = [entry.product_id for entry in safe_picks()[:MAX_CHOICE]] if wish.only_safe else None
    results = catalogue.shelf(wish.query(chosen, page=page_number(request), among=safe))
    consolation = () if results.total else catalogue.cards(catalogue.leading("sold", size=CONSOLATION_SIZE))
    position = Position(results.number, results.has_next)
    return Listing(
        tree=tree,
        counted=() if results.total else catalogue.categories_tree(),
        list_url="",
        is_search=False,
        wish=wish,
        category=chosen,
        results=Counted(results.total, results.is_capped, results.is_loosened),
        tiles=tiles(results.items, "search"),
        consolation=tiles(consolation, "content"),
        position=position,
        query=query_of(request, position),
        sorts=tuple((name, str(label), _kept(request, sort=name), name == wish.sort) for name, label in SORTS),
        unfiltered=_kept(request, min="", max="", stock="", safe=""),
        back_url=reverse("storefront:home"),
        is_part=bool(request.headers.get("HX-Request")),
    )


def _kept(request: HttpRequest, **changes: str) -> str:
    """Return this page's query with ``changes``, back on the first page; empty values and the usual order are left out."""
    given = {key: request.GET.get(key, "")[:80] for key in ("q", "category", "sort", "min", "max", "stock", "safe")} | changes
    if given["sort"] == DEFAULT_SORT:
        given["sort"] = ""
    return "?" + urlencode({key: value for key, value in given.items() if value})


def _answer(request: HttpRequest, listing: Listing) -> HttpResponse:
    if listing.is_part:
        return render_shown(request, "storefront/shelf/more_tiles.html", listing)
    shown = replace(listing, tabs=tabs(request))
    return render_shown(request, "storefront/shelf/list.html", shown, status=400 if listing.wish.errors else 200)
