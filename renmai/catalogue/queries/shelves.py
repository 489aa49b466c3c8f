"""Shelves: search, categories, a shop's own choice, all as pages of cards."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal

from django.db.models import Count, Q, QuerySet, Sum

from renmai.catalogue import search
from renmai.catalogue.models import Category, Product, SearchTerm, Sku
from renmai.catalogue.pages import Page, PictureView, ProductCard
from renmai.catalogue.queries.pictures import first_pictures
from renmai.catalogue.queries.prices import true_reference
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled, CompiledValues

PAGE_SIZE: Final = 20
MAX_PAGE_SIZE: Final = 100
MAX_RESULTS: Final = 2000
"""A shelf is looked through up to here; whoever wants more narrows it."""

MAX_CHOICE: Final = 1000
MAX_LEADING: Final = 20
MAX_SHAPES: Final = 200

Sort = Literal["relevance", "price", "-price", "newest", "sold"]

_ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "price": ("lowest_price_fen", "pk"),
    "-price": ("-lowest_price_fen", "-pk"),
    "newest": ("-listed_at", "-pk"),
    "sold": ("-sold_count", "-pk"),
}


@dataclass(frozen=True, kw_only=True)
class ShelfQuery:
    """What to put on a shelf.

    ``product_ids`` limits it to a shop's choice (at most ``MAX_CHOICE``). ``category_id`` includes the categories below. ``sort``
    ``relevance`` without a text means best-selling first. Prices bound the lowest price of the product, in fen, both ends included.
    """

    text: str = ""
    category_id: int | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    product_ids: Sequence[int] | None = None
    minimum_fen: int | None = None
    maximum_fen: int | None = None
    only_in_stock: bool = False


def _offers_of(product_ids: Any) -> QuerySet[Sku, Any]:
    rows = Sku.objects.filter(product_id__in=product_ids, is_active=True).order_by("product_id", "price_fen", "position")
    return rows.values_list("product_id", "stock_free", "price_fen", "reference_price_fen", "reference_until")


_OFFERS: Final = CompiledValues(_offers_of)
_SHOWN: Final = Compiled(lambda ids: Product.objects.filter(pk__in=ids).defer("description_zh", "description_en", "keywords"))


def _leading(sort: str) -> CompiledValues:
    listed = Product.objects.filter(status=Product.Status.LISTED).order_by(*_ORDERS[sort])
    return CompiledValues(lambda: listed.values_list("pk")[:MAX_LEADING])


_LEADING: Final = {sort: _leading(sort) for sort in ("newest", "sold")}


def shelf(query: ShelfQuery) -> Page[ProductCard]:
    """Return one page of products on sale.

    Four statements however long the page is (a search that must be loosened takes one or two more): the ids in order up to
    ``MAX_RESULTS``, then the cards of the page.
    """
    terms = search.query_terms(query.text)
    if query.text.strip() and not terms:
        return Page((), 1, _size(query), 0)
    ids, is_loosened = _search(terms, query) if terms else (_browse(query), False)
    size = _size(query)
    number = min(max(1, query.page), max(1, -(-len(ids) // size)))
    return Page(
        items=cards(ids[(number - 1) * size : number * size]),
        number=number,
        size=size,
        total=len(ids),
        is_capped=len(ids) == MAX_RESULTS,
        is_loosened=is_loosened,
    )


def leading(sort: Literal["newest", "sold"], *, size: int) -> tuple[int, ...]:
    """Return the ids of the first products of the whole shelf, at most ``MAX_LEADING``, for ``cards``. One statement."""
    return tuple(product_id for (product_id,) in _LEADING[sort].rows()[:size])


def cards(product_ids: Sequence[int], *, only_listed: bool = True) -> tuple[ProductCard, ...]:
    """Return the cards of these products in this order, at most ``MAX_PAGE_SIZE``, in three statements.

    Products that are not on sale are left out unless ``only_listed`` is False.
    """
    wanted = list(dict.fromkeys(product_ids))[:MAX_PAGE_SIZE]
    if not wanted:
        return ()
    found = _SHOWN.rows(wanted)
    products = {product.pk: product for product in found if product.status == Product.Status.LISTED or not only_listed}
    offers = _offers(list(products))
    pictures = first_pictures(list(products))
    now = clock.now()
    return tuple(_card(products[pk], offers[pk], pictures.get(pk), now=now) for pk in wanted if pk in products)


def _size(query: ShelfQuery) -> int:
    return min(max(1, query.size), MAX_PAGE_SIZE)


_LIMITS: Final = ("category_id", "product_ids", "minimum_fen", "maximum_fen")
"""What a shelf may be narrowed by, each with a value."""


@dataclass(frozen=True)
class _Shape:
    """A question without its values: two questions of the same shape are the same statement."""

    sort: str
    only_in_stock: bool
    limits: tuple[str, ...]


def _asked(query: ShelfQuery) -> tuple[_Shape, list[Any]]:
    """Take a question apart into its shape and the values of its limits."""
    chosen = None if query.product_ids is None else list(query.product_ids)[:MAX_CHOICE]
    given = {name: chosen if name == "product_ids" else getattr(query, name) for name in _LIMITS}
    limits = tuple(name for name in _LIMITS if given[name] is not None)
    return _Shape(query.sort, query.only_in_stock, limits), [given[name] for name in limits]


def _conditions(shape: _Shape, values: Sequence[Any], path: str = "") -> Q:
    found = Q(**{f"{path}status": Product.Status.LISTED})
    key = f"{path}id"
    for name, value in zip(shape.limits, values, strict=True):
        if name == "category_id":
            within = Category.objects.filter(Q(pk=value) | Q(parent_id=value))
            found &= Q(**{f"{path}category_id__in": within.values("pk")})
        elif name == "product_ids":
            found &= Q(**{f"{key}__in": value})
        else:
            found &= Q(**{f"{path}lowest_price_fen__{'gte' if name == 'minimum_fen' else 'lte'}": value})
    if shape.only_in_stock:
        offered = Sku.objects.filter(is_active=True, stock_free__gt=0)
        found &= Q(**{f"{key}__in": offered.values("product_id")})
    return found


@lru_cache(maxsize=MAX_SHAPES)
def _browsing(shape: _Shape, most: int) -> CompiledValues:
    def rows(*values: Any) -> QuerySet[Product, Any]:
        found = Product.objects.filter(_conditions(shape, values)).order_by(*_ORDERS.get(shape.sort, _ORDERS["sold"]))
        return found.values_list("pk")[:most]

    return CompiledValues(rows)


@lru_cache(maxsize=MAX_SHAPES)
def _searching(shape: _Shape, needed: int, most: int) -> CompiledValues:
    if shape.sort in _ORDERS:
        order = [_of_product(name) for name in _ORDERS[shape.sort]]
    else:
        order = ["-hits", "-score", "-product__sold_count", "-product_id"]

    def rows(terms: Any, *values: Any) -> QuerySet[SearchTerm, Any]:
        found = SearchTerm.objects.filter(_conditions(shape, values, "product__"), term__in=terms).values("product_id")
        found = found.annotate(score=Sum("weight"), hits=Count("pk")).filter(hits__gte=needed)
        return found.order_by(*order).values_list("product_id")[:most]

    return CompiledValues(rows)


def _browse(query: ShelfQuery) -> list[int]:
    shape, values = _asked(query)
    return [product_id for (product_id,) in _browsing(shape, MAX_RESULTS).rows(*values)]


def _search(terms: Sequence[str], query: ShelfQuery) -> tuple[list[int], bool]:
    found = _matching(terms, query, needed=search.needed_terms(len(terms)))
    if found:
        return found, False
    found = _matching(terms, query, needed=1) if len(terms) > 1 else []
    found = found or _matching(search.near_terms(terms), query, needed=1)
    return found, bool(found)


def _matching(terms: Sequence[str], query: ShelfQuery, *, needed: int) -> list[int]:
    shape, values = _asked(query)
    return [product_id for (product_id,) in _searching(shape, needed, MAX_RESULTS).rows(list(terms), *values)]


def _of_product(name: str) -> str:
    sign = "-" if name.startswith("-") else ""
    column = name.removeprefix("-")
    return f"{sign}product_id" if column == "pk" else f"{sign}product__{column}"


@dataclass(frozen=True)
class _Offer:
    """What a card says about the variants of a product."""

    free: int = 0
    cheapest_fen: int | None = None
    reference_fen: int | None = None
    reference_until: datetime | None = None


def _offers(product_ids: Sequence[int]) -> dict[int, _Offer]:
    found: dict[int, _Offer] = defaultdict(_Offer)
    for product_id, free, price_fen, reference_fen, until in _OFFERS.rows(product_ids) if product_ids else ():
        earlier = found[product_id]
        if earlier.cheapest_fen is None:
            found[product_id] = _Offer(free, price_fen, reference_fen, until)
        else:
            found[product_id] = _Offer(earlier.free + free, earlier.cheapest_fen, earlier.reference_fen, earlier.reference_until)
    return found


def _card(product: Product, offer: _Offer, picture: PictureView | None, *, now: datetime) -> ProductCard:
    return ProductCard(
        id=product.pk,
        code=product.code,
        title=product.title,
        subtitle=product.subtitle,
        category_id=product.category_id,
        currency=product.currency,
        lowest_price_fen=product.lowest_price_fen,
        highest_price_fen=product.highest_price_fen,
        reference_price_fen=true_reference(
            offer.reference_fen, until=offer.reference_until, price_fen=product.lowest_price_fen, now=now
        ),
        sold_count=product.sold_count,
        rating_sum=product.rating_sum,
        rating_count=product.rating_count,
        free=offer.free,
        motif=product.motif,
        picture_seed=product.picture_seed,
        picture=picture,
    )
