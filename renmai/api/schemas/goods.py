"""Goods as customers see them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from pydantic import Field

from renmai.api.answers import Out, Text
from renmai.web.ui.pictures import product_url

DRAWN_WIDTH = 750


class PictureOut(Out):
    """A picture: the address of the large one and of a small one."""

    url: str = Field(examples=["/media/pictures/3f/3f….webp"])
    small_url: str


class CategoryOut(Out):
    """A category with those below it, and how many products are on sale in all of them."""

    id: int
    slug: str = Field(examples=["tea"])
    name: str
    product_count: int
    children: list["CategoryOut"]


class CardOut(Out):
    """A product on a shelf. ``reference_price_fen`` is the lowest price of the 30 days before a reduction, none without one."""

    id: int
    code: str
    title: str = Field(examples=["明前龙井 礼盒"])
    subtitle: str
    category_id: int
    currency: str = Field(examples=["CNY"])
    lowest_price_fen: int = Field(examples=[12800])
    highest_price_fen: int
    reference_price_fen: int | None
    sold_count: int
    rating_tenths: int | None = Field(description="Mean rating in tenths of a star.", examples=[47])
    rating_count: int
    free: int = Field(description="Pieces that can be bought now.")
    is_sold_out: bool
    picture: PictureOut

    @staticmethod
    def resolve_picture(card: Any) -> PictureOut:
        """The uploaded picture, else the drawing."""
        return picture_out(card)


class ValueOut(Out):
    """One value of an option."""

    id: int
    value: str


class OptionOut(Out):
    """One option, such as size, with its values in order."""

    id: int
    name: str
    values: list[ValueOut]


class SkuOut(Out):
    """One variant; ``value_ids`` follow the order of the options."""

    id: int
    code: str
    value_ids: list[int]
    options_text: str
    price_fen: int = Field(examples=[12800])
    reference_price_fen: int | None
    wholesale_price_fen: int | None
    wholesale_minimum: int
    weight_grams: int
    free: int = Field(description="Pieces that can be bought now.")
    is_active: bool


class VoiceOut(Out):
    """What an agent says about a product."""

    shop_code: str = Field(alias="shop.code")
    shop_name: str = Field(alias="shop.name")
    agent_name: str = Field(alias="shop.owner.display_name")
    product_id: int
    voice: str
    added_at: datetime


class RecommendationOut(VoiceOut):
    """What an agent says about a product, with the product."""

    product: CardOut


class ReviewOut(Out):
    """What a customer says of what she received."""

    id: int
    author_name: str = Field(alias="author.display_name")
    rating: int = Field(ge=1, le=5)
    text: str
    options_text: str = Field(alias="order_line.options_text")
    at: datetime
    pictures: list[str]

    @staticmethod
    def resolve_pictures(review: Any) -> list[str]:
        """The addresses of the pictures."""
        return [media_url(picture.path) for picture in review.pictures.all()]


class ProductOut(Out):
    """Everything about a product."""

    id: int = Field(alias="product.pk")
    code: str = Field(alias="product.code")
    title: str = Field(alias="product.title")
    subtitle: str = Field(alias="product.subtitle")
    description: str = Field(alias="product.description")
    brand: str = Field(alias="product.brand")
    currency: str = Field(alias="product.currency")
    status: str = Field(alias="product.status")
    category_slug: str = Field(alias="category.slug")
    category_name: str = Field(alias="category.name")
    supplier_name: str = Field(alias="supplier.name")
    ship_within_hours: int = Field(alias="supplier.ship_within_hours")
    pickup_allowed: bool = Field(alias="product.pickup_allowed")
    lowest_price_fen: int = Field(alias="product.lowest_price_fen")
    highest_price_fen: int = Field(alias="product.highest_price_fen")
    sold_count: int = Field(alias="product.sold_count")
    rating_count: int = Field(alias="product.rating_count")
    rating_tenths: int | None
    free: int
    options: list[OptionOut]
    skus: list[SkuOut]
    pictures: list[PictureOut]

    @staticmethod
    def resolve_rating_tenths(page: Any) -> int | None:
        """The mean rating in tenths of a star, rounded half up."""
        count = page.product.rating_count
        return (20 * page.product.rating_sum + count) // (2 * count) if count else None

    @staticmethod
    def resolve_pictures(page: Any) -> list[PictureOut]:
        """The uploaded pictures, else the drawing."""
        uploads = [PictureOut(url=media_url(each.path), small_url=media_url(each.small_path)) for each in page.pictures]
        return uploads or [drawn(page.product)]


class ProductForCustomerOut(Out):
    """A product as one person sees it: her favourites, and what agents say."""

    product: ProductOut
    is_favourite: bool
    voices: list[VoiceOut]
    after_sale_days: int


class FreightOut(Out):
    """What sending costs, by parcel. ``unserved_sku_ids`` cannot be sent there."""

    fee_fen: int
    unserved_sku_ids: list[int]
    parcels: list["ParcelFreightOut"]


class FreightPartOut(Out):
    """The lines of a parcel under one template, and why they cost what they cost."""

    template_name: str
    weight_grams: int
    fee_fen: int
    reason: str = Field(examples=["by_weight"], description="included, free_over, by_weight or not_served")
    free_over_fen: int | None
    sku_ids: list[int]

    @staticmethod
    def resolve_reason(part: Any) -> str:
        """The reason's name."""
        return str(part.reason.value)


class ParcelFreightOut(Out):
    """The parcel of one supplier."""

    supplier_id: int
    fee_fen: int
    parts: list[FreightPartOut]


class LabelOut(Out):
    """A value that can be chosen, and its name in the language of the request."""

    code: str
    label: Text


def media_url(path: str) -> str:
    """Return the address of an upload."""
    return f"{settings.MEDIA_URL}{path}"


def drawn(product: Any) -> PictureOut:
    """Return the drawing of a product (or of anything with its motif and seed)."""
    url = product_url(product.motif, product.picture_seed, width=DRAWN_WIDTH)
    return PictureOut(url=url, small_url=product_url(product.motif, product.picture_seed, width=320))


def picture_out(card: Any) -> PictureOut:
    """Return the uploaded picture of a card, else its drawing."""
    if card.picture is None:
        return drawn(card)
    return PictureOut(url=media_url(card.picture.path), small_url=media_url(card.picture.small_path))


def labels(pairs: Any) -> list[LabelOut]:
    """Return choices as they are shown."""
    return [LabelOut(code=code, label=str(label)) for code, label in pairs]
