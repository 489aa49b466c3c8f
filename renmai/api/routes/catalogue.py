"""Shelves, search, products."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from renmai.api.answers import Listed, Paged, listed, whole
from renmai.api.callers import ANYONE, user_or_guest, visitor
from renmai.api.parsing import MAX_ID, Code, Fen, Id, PageNumber, Plain, Words
from renmai.api.schemas.goods import (
    CardOut,
    CategoryOut,
    FreightOut,
    ProductForCustomerOut,
    RecommendationOut,
    ReviewOut,
)
from renmai.catalogue import queries as catalogue
from renmai.insight import actions as insight
from renmai.journeys.looking import look_at
from renmai.kernel.errors import DomainError
from renmai.ordering import queries as ordering
from renmai.policy import queries as policy
from renmai.sharing import queries as sharing

router = Router(tags=["Catalogue"], auth=ANYONE)
Funnel = Literal["search", "content", "social"]


class ShelfAsked(BaseModel):
    """What to put on a shelf."""

    model_config = ConfigDict(frozen=True)

    q: Words = Field(default="", description="Words to look for, Chinese or Latin.", examples=["龙井"])
    category: Annotated[Plain, Field(max_length=60)] = Field(
        default="", description="A category's slug; those below it count too."
    )
    sort: Literal["relevance", "price", "-price", "newest", "sold"] = "relevance"
    shop: Annotated[Plain, Field(max_length=12), AfterValidator(str.upper)] = Field(
        default="", description="Only what this shop chose."
    )
    minimum_fen: Fen | None = None
    maximum_fen: Fen | None = None
    in_stock: bool = False
    page: PageNumber = 1
    size: int = Field(default=20, ge=1, le=100)


@router.get("/categories", response=Paged[CategoryOut])
def list_categories(request: HttpRequest) -> Listed[Any]:
    """Categories with what is below them. Two levels, all at once."""
    return whole(catalogue.categories_tree())


@router.get("/products", response=Paged[CardOut])
def list_products(request: HttpRequest, wanted: Query[ShelfAsked]) -> Listed[Any]:
    """A shelf: search, category, or a shop's choice. Without words, relevance means best-selling first."""
    shop = sharing.shop_by_code(wanted.shop) if wanted.shop else None
    return listed(
        catalogue.shelf(
            catalogue.ShelfQuery(
                text=wanted.q,
                category_id=_category_id(wanted.category) if wanted.category else None,
                sort=wanted.sort,
                page=wanted.page,
                size=wanted.size,
                product_ids=tuple(sharing.picks_of(shop)) if shop else None,
                minimum_fen=wanted.minimum_fen,
                maximum_fen=wanted.maximum_fen,
                only_in_stock=wanted.in_stock,
            )
        )
    )


@router.get("/products/{product_id}", response=ProductForCustomerOut)
def get_product(
    request: HttpRequest, product_id: Id, *, way: Funnel | None = None, post: Annotated[Plain, Field(max_length=40)] = ""
) -> dict[str, object]:
    """A product with its variants. Counts as a look at it; ``way`` says what led here, left out when one comes back to what one knew."""
    page = catalogue.product_page(product_id)
    user = user_or_guest(request)
    if post:
        look_at(product_id, visitor_id=visitor(request).pk, user=user, funnel=way or "", post=post)
    else:
        insight.record_view(visitor(request), user, product_id=product_id, funnel=way or "")
    return {
        "product": page,
        "is_favourite": product_id in catalogue.favourite_ids(user, [product_id]),
        "voices": sharing.voices_for(product_id, viewer_id=user.pk if user else 0),
        "after_sale_days": policy.integer("after_sale.window_days"),
    }


@router.get("/products/{product_id}/reviews", response=Paged[ReviewOut])
def list_product_reviews(request: HttpRequest, product_id: Id, *, page: PageNumber = 1) -> Listed[Any]:
    """What customers say who received it. Newest first; no review is ever removed."""
    catalogue.access_product(None, product_id)
    return listed(ordering.reviews(product_id, page=page))


@router.get("/freight", response=FreightOut)
def quote_freight(
    request: HttpRequest, *, sku_id: Id, region_code: Code, quantity: Annotated[int, Field(ge=1, le=9999)] = 1
) -> catalogue.FreightQuote:
    """What sending pieces of one SKU to a district costs. With the reason for every fen."""
    sku = catalogue.skus_for_checkout([sku_id]).get(sku_id)
    if sku is None or not sku.is_on_sale:
        raise DomainError("request.not_found")
    weight_grams = min(sku.weight_grams * quantity, MAX_ID)
    line = catalogue.FreightLine(sku_id, sku.supplier_id, sku.freight_template_id, weight_grams, sku.price_fen * quantity)
    return catalogue.freight_fee([line], region_code)


@router.get("/recommendations", response=Paged[RecommendationOut])
def list_recommendations(request: HttpRequest, *, page: PageNumber = 1) -> Listed[Any]:
    """What agents recommend in their own words. Every agent's first choice before the second ones."""
    user = user_or_guest(request)
    feed = sharing.recommended(page=page, viewer_id=user.pk if user else 0)
    cards = {card.id: card for card in catalogue.cards([item.product_id for item in feed.items])}
    shown = [
        {
            "shop": item.shop,
            "product_id": item.product_id,
            "voice": item.voice,
            "added_at": item.added_at,
            "product": cards[item.product_id],
        }
        for item in feed.items
        if item.product_id in cards
    ]
    return Listed(shown, feed.number, feed.has_next)


def _category_id(slug: str) -> int:
    for top in catalogue.categories_tree():
        for node in (top, *top.children):
            if node.slug == slug:
                return node.id
    raise DomainError("request.not_found", field="category")
