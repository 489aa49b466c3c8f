"""Shelves one looks through: search and categories."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from renmai.catalogue import queries as catalogue
from renmai.catalogue.queries import CategoryNode, ShelfQuery
from renmai.web.storefront.listing import DEFAULT_SORT, SORTS, Wish, find_category, read_wish
from renmai.web.storefront.navigation import show
from renmai.web.storefront.paging import Position, page_number
from renmai.web.storefront.tiles import tiles
from renmai.web.ui import errors

CONSOLATION_SIZE = 6


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """Find goods by words, in one category or all, in an order and within prices. No words: everything."""
    wish, tree = read_wish(request.GET), catalogue.categories_tree()
    chosen, _above = find_category(tree, wish.category_slug)
    context = _listed(request, wish, chosen) | {"tree": tree, "list_url": reverse("storefront:search"), "is_search": True}
    return _answer(request, context, bool(wish.errors))


@require_safe
@vary_on_headers("HX-Request")
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a category with what is below it."""
    wish, tree = read_wish(request.GET), catalogue.categories_tree()
    chosen, above = find_category(tree, slug)
    if chosen is None:
        way_on = (reverse("storefront:search"), _("See what is on sale"))
        return errors.render_error(request, 404, sentence=_("There is no such category."), way_on=way_on)
    context = _listed(request, wish, chosen) | {
        "tree": tree,
        "top": above or chosen,
        "list_url": reverse("storefront:category", args=[slug]),
        "is_search": False,
    }
    return _answer(request, context, bool(wish.errors))


def _listed(request: HttpRequest, wish: Wish, chosen: CategoryNode | None) -> dict[str, Any]:
    results = catalogue.shelf(wish.query(chosen, page=page_number(request)))
    consolation = () if results.total else catalogue.shelf(ShelfQuery(sort="sold", size=CONSOLATION_SIZE)).items
    return {
        "wish": wish,
        "category": chosen,
        "results": results,
        "tiles": tiles(results.items),
        "consolation": tiles(consolation),
        "position": Position(results.number, results.has_next),
        "sorts": [(name, label, _kept(request, sort=name), name == wish.sort) for name, label in SORTS],
        "unfiltered": _kept(request, min="", max="", stock=""),
        "back_url": reverse("storefront:home"),
    }


def _kept(request: HttpRequest, **changes: str) -> str:
    """Return this page's query with ``changes``, back on the first page; empty values and the usual order are left out."""
    given = {key: request.GET.get(key, "")[:80] for key in ("q", "category", "sort", "min", "max", "stock")} | changes
    if given["sort"] == DEFAULT_SORT:
        given["sort"] = ""
    return "?" + urlencode({key: value for key, value in given.items() if value})


def _answer(request: HttpRequest, context: dict[str, Any], has_errors: bool) -> HttpResponse:  # noqa: FBT001
    if request.headers.get("HX-Request"):
        return render(request, "storefront/shelf/more_tiles.html", context)
    return show(request, "storefront/shelf/list.html", context, status=400 if has_errors else 200)
