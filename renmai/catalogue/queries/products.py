"""Single products: access, their page, their variants at checkout."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db.models import Prefetch

from renmai.accounts.models import User
from renmai.catalogue.models import OptionValue, Product, ProductOption, ProductPicture, Sku
from renmai.catalogue.pages import CheckoutSku, OptionView, PictureView, ProductPage, SkuView, ValueView
from renmai.catalogue.policies import may_edit_products
from renmai.catalogue.queries.pictures import first_pictures, picture_view
from renmai.catalogue.queries.prices import true_reference
from renmai.kernel import clock
from renmai.kernel.errors import DomainError

MAX_CHECKOUT_SKUS: Final = 200


def access_product(actor: User | None, product_id: int) -> Product:
    """Return a product that ``actor`` may see: what is on sale is for everybody, the rest for those who edit products.

    Raises ``request.not_found``, and does not say whether there is such a product.
    """
    product = Product.objects.select_related("category__parent", "supplier").filter(pk=product_id).first()
    if product is None or (product.status != Product.Status.LISTED and not may_edit_products(actor)):
        raise DomainError("request.not_found")
    return product


def product_page(product_id: int, *, actor: User | None = None, for_editing: bool = False) -> ProductPage:
    """Return everything the page of a product shows, in six statements whatever its size.

    Variants that are switched off are there only ``for_editing``, which is for those who edit products. Raises as ``access_product``.
    """
    if for_editing and not may_edit_products(actor):
        raise DomainError("request.forbidden")
    product = access_product(actor, product_id)
    values = Prefetch("values", OptionValue.objects.order_by("position", "pk"))
    options = list(ProductOption.objects.filter(product=product).order_by("position", "pk").prefetch_related(values))
    rows = Sku.objects.filter(product=product).prefetch_related("values")
    if not for_editing:
        rows = rows.filter(is_active=True)
    order = {option.pk: position for position, option in enumerate(options)}
    now = clock.now()
    return ProductPage(
        product=product,
        category=product.category,
        supplier=product.supplier,
        options=tuple(
            OptionView(option.pk, option.name, tuple(ValueView(row.pk, row.value) for row in option.values.all()))
            for option in options
        ),
        skus=tuple(sku_view(sku, order, now=now) for sku in rows),
        pictures=tuple(picture_view(row) for row in ProductPicture.objects.filter(product=product).order_by("position", "pk")),
    )


def sku_view(sku: Sku, order: dict[int, int], *, now: datetime) -> SkuView:
    """Return a variant with its values in the ``order`` of the options (option id → position)."""
    chosen = sorted(sku.values.all(), key=lambda value: order.get(value.option_id, 0))
    return SkuView(
        id=sku.pk,
        code=sku.code,
        value_ids=tuple(value.pk for value in chosen),
        options_text=sku.options_text,
        price_fen=sku.price_fen,
        reference_price_fen=true_reference(sku.reference_price_fen, until=sku.reference_until, price_fen=sku.price_fen, now=now),
        wholesale_price_fen=sku.wholesale_price_fen,
        wholesale_minimum=sku.wholesale_minimum,
        weight_grams=sku.weight_grams,
        free=sku.stock_free if sku.is_active else 0,
        is_active=sku.is_active,
    )


def skus_for_checkout(sku_ids: Sequence[int]) -> dict[int, CheckoutSku]:
    """Return these variants by their id with all that an order freezes, in two statements; unknown ids are left out.

    ``is_on_sale`` says whether the product is listed and the variant switched on; how many are free may change until they are
    reserved. At most ``MAX_CHECKOUT_SKUS``.
    """
    wanted = list(dict.fromkeys(sku_ids))[:MAX_CHECKOUT_SKUS]
    if not wanted:
        return {}
    rows = list(
        Sku.objects.filter(pk__in=wanted)
        .select_related("product__supplier")
        .defer("product__description_zh", "product__description_en", "product__keywords")
    )
    pictures = first_pictures({sku.product_id for sku in rows})
    return {sku.pk: _checkout_sku(sku, pictures.get(sku.product_id)) for sku in rows}


def _checkout_sku(sku: Sku, picture: PictureView | None) -> CheckoutSku:
    product = sku.product
    is_on_sale = sku.is_active and product.status == Product.Status.LISTED
    return CheckoutSku(
        sku_id=sku.pk,
        sku_code=sku.code,
        product_id=product.pk,
        product_code=product.code,
        title_zh=product.title_zh,
        title_en=product.title_en,
        options_zh=sku.options_zh,
        options_en=sku.options_en,
        price_fen=sku.price_fen,
        wholesale_price_fen=sku.wholesale_price_fen,
        wholesale_minimum=sku.wholesale_minimum,
        currency=product.currency,
        weight_grams=sku.weight_grams,
        supplier_id=product.supplier_id,
        supplier_zh=product.supplier.name_zh,
        supplier_en=product.supplier.name_en,
        freight_template_id=product.freight_template_id,
        free=sku.stock_free if is_on_sale else 0,
        is_on_sale=is_on_sale,
        pickup_allowed=product.pickup_allowed,
        motif=product.motif,
        picture_seed=product.picture_seed,
        picture=picture,
    )
