"""What others may ask about goods."""

from renmai.catalogue.freight import FreightLine, FreightPart, FreightQuote, ParcelFreight, freight_fee
from renmai.catalogue.pages import (
    CategoryNode,
    CheckoutSku,
    OptionView,
    Page,
    PictureView,
    ProductCard,
    ProductPage,
    SkuView,
    ValueView,
)
from renmai.catalogue.queries.categories import categories_tree
from renmai.catalogue.queries.favourites import favourite_ids, favourites
from renmai.catalogue.queries.pictures import first_pictures
from renmai.catalogue.queries.prices import reference_price
from renmai.catalogue.queries.products import access_product, product_page, skus_for_checkout
from renmai.catalogue.queries.restocks import is_back_on_shelf
from renmai.catalogue.queries.shelves import MAX_PAGE_SIZE, PAGE_SIZE, ShelfQuery, cards, leading, shelf
from renmai.catalogue.queries.staff import feeds_of, products_for_staff, skus_short_of_stock

__all__ = [
    "MAX_PAGE_SIZE",
    "PAGE_SIZE",
    "CategoryNode",
    "CheckoutSku",
    "FreightLine",
    "FreightPart",
    "FreightQuote",
    "OptionView",
    "Page",
    "ParcelFreight",
    "PictureView",
    "ProductCard",
    "ProductPage",
    "ShelfQuery",
    "SkuView",
    "ValueView",
    "access_product",
    "cards",
    "categories_tree",
    "favourite_ids",
    "favourites",
    "feeds_of",
    "first_pictures",
    "freight_fee",
    "is_back_on_shelf",
    "leading",
    "product_page",
    "products_for_staff",
    "reference_price",
    "shelf",
    "skus_for_checkout",
    "skus_short_of_stock",
]
