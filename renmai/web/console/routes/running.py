"""Addresses of the pages that run the house: signing in, goods, suppliers, settings, audit, staff."""

from django.urls import URLPattern, path

from renmai.web.console.views import (
    product_commission,
    product_pictures,
    product_variants,
    products,
    sign_in,
    stock,
)

PRODUCT = "products/<int:product_id>/"
PICTURE = f"{PRODUCT}pictures/<int:picture_id>/"

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/enrolment/", sign_in.enrolment, name="enrolment"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("products/", products.products, name="products"),
    path("products/new/", products.product_new, name="product_new"),
    path("products/preview/", products.product_preview, name="product_preview"),
    path(PRODUCT, products.product, name="product"),
    path(f"{PRODUCT}list/", products.product_list, name="product_list"),
    path(f"{PRODUCT}delist/", products.product_delist, name="product_delist"),
    path(f"{PRODUCT}variants/", product_variants.product_variants, name="product_variants"),
    path(f"{PRODUCT}pictures/", product_pictures.product_pictures, name="product_pictures"),
    path(f"{PICTURE}move/", product_pictures.picture_move, name="picture_move"),
    path(f"{PICTURE}remove/", product_pictures.picture_remove, name="picture_remove"),
    path(f"{PRODUCT}commission/", product_commission.product_commission, name="product_commission"),
    path("products/skus/<int:sku_id>/", stock.sku, name="sku"),
    path("products/skus/<int:sku_id>/price/", stock.sku_price, name="sku_price"),
    path("products/skus/<int:sku_id>/count/", stock.sku_count, name="sku_count"),
    path("suppliers/stock/", stock.stock, name="stock"),
]
