"""Single products: access, their page, their variants at checkout."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F, Prefetch

from renmai.accounts.models import User
from renmai.catalogue.models import OptionValue, Product, ProductOption, ProductPicture, Sku
from renmai.catalogue.pages import CheckoutSku, OptionView, PictureView, ProductPage, SkuView, ValueView
from renmai.catalogue.policies import may_edit_products
from renmai.catalogue.queries.pictures import first_pictures, picture_view
from renmai.catalogue.queries.prices import true_reference
from renmai.kernel import clock
from renmai.kernel.compiled import Compiled
from renmai.kernel.errors import DomainError

MAX_CHECKOUT_SKUS: Final = 200

_PRODUCT: Final = Compiled(lambda pk: Product.objects.filter(pk=pk).select_related("category", "supplier"))
_PICTURES: Final = Compiled(lambda pk: ProductPicture.objects.filter(product_id=pk).order_by("position", "pk"))
# The columns of a value and its option.
_OF_VALUE: Final = {
    "id": "values__id",
    "option_id": "values__option_id",
    "value_zh": "values__value_zh",
    "value_en": "values__value_en",
    "position": "values__position",
    "name_zh": "values__option__name_zh",
    "name_en": "values__option__name_en",
    "option_position": "values__option__position",
}
_AT_CHECKOUT: Final = Compiled(
    lambda ids: (
        Sku.objects.filter(pk__in=ids)
        .select_related("product__supplier")
        .defer("product__description_zh", "product__description_en", "product__keywords")
    )
)
_VALUE_FIELDS: Final = ("id", "option_id", "value_zh", "value_en", "position")
_SKUS_ON_SALE: Final = Compiled(
    lambda pk: Sku.objects.filter(product_id=pk, is_active=True).annotate(
        **{f"of_{name}": F(path) for name, path in _OF_VALUE.items()}
    )
)


def access_product(actor: User | None, product_id: int) -> Product:
    """Return a product that ``actor`` may see: what is on sale is for everybody, the rest for those who edit products.

    Raises ``request.not_found``, and does not say whether there is such a product.
    """
    product = _PRODUCT.first(product_id)
    if product is None or (product.status != Product.Status.LISTED and not may_edit_products(actor)):
        raise DomainError("request.not_found")
    return product


def product_page(
    product_id: int, *, actor: User | None = None, for_editing: bool = False, known: Product | None = None
) -> ProductPage:
    """Return everything the page of a product shows, in three statements whatever its size; six ``for_editing``.

    Variants that are switched off, and values that no variant has, are there only ``for_editing``, which is for those who edit
    products. ``known`` is the product on sale, when the caller has just read it with its category and supplier. Raises as
    ``access_product``.
    """
    if for_editing and not may_edit_products(actor):
        raise DomainError("request.forbidden")
    is_known = known is not None and known.pk == product_id and known.status == Product.Status.LISTED
    product = known if known is not None and is_known else access_product(actor, product_id)
    matrix = _whole_matrix(product) if for_editing else _matrix_on_sale(product)
    order = {option.pk: position for position, (option, _values) in enumerate(matrix.options)}
    now = clock.now()
    return ProductPage(
        product=product,
        category=product.category,
        supplier=product.supplier,
        options=tuple(
            OptionView(option.pk, option.name, tuple(ValueView(row.pk, row.value) for row in values))
            for option, values in matrix.options
        ),
        skus=tuple(sku_view(sku, values, order, now=now) for sku, values in matrix.skus),
        pictures=tuple(picture_view(row) for row in _PICTURES.rows(product.pk)),
    )


@dataclass(frozen=True)
class _Matrix:
    """The options of a product with their values in order, and its variants with theirs."""

    options: list[tuple[ProductOption, list[OptionValue]]]
    skus: list[tuple[Sku, list[OptionValue]]]


def _whole_matrix(product: Product) -> _Matrix:
    """Return all options, values and variants, used or not. Four statements."""
    values = Prefetch("values", OptionValue.objects.order_by("position", "pk"))
    options = ProductOption.objects.filter(product=product).order_by("position", "pk").prefetch_related(values)
    skus = Sku.objects.filter(product=product).prefetch_related("values")
    return _Matrix([(option, list(option.values.all())) for option in options], [(sku, list(sku.values.all())) for sku in skus])


def _matrix_on_sale(product: Product) -> _Matrix:
    """Return the variants that are switched on, and what they are made of. One statement."""
    skus: dict[int, Sku] = {}
    of_sku: dict[int, list[OptionValue]] = defaultdict(list)
    of_option: dict[int, tuple[ProductOption, dict[int, OptionValue]]] = {}
    # A variant comes once for each of its values.
    for row in _SKUS_ON_SALE.rows(product.pk):
        sku = skus.setdefault(row.pk, row)
        found = {name: getattr(row, f"of_{name}") for name in _OF_VALUE}
        if found["id"] is None:
            continue
        value = OptionValue(**{name: found[name] for name in _VALUE_FIELDS})
        option = ProductOption(
            id=value.option_id,
            product_id=product.pk,
            name_zh=found["name_zh"],
            name_en=found["name_en"],
            position=found["option_position"],
        )
        of_sku[sku.pk].append(of_option.setdefault(option.pk, (option, {}))[1].setdefault(value.pk, value))
    options = sorted(of_option.values(), key=lambda entry: (entry[0].position, entry[0].pk))
    in_order = [(option, sorted(values.values(), key=lambda value: (value.position, value.pk))) for option, values in options]
    return _Matrix(in_order, [(sku, of_sku[sku.pk]) for sku in skus.values()])


def sku_view(sku: Sku, values: Iterable[OptionValue], order: dict[int, int], *, now: datetime) -> SkuView:
    """Return a variant with its ``values`` in the ``order`` of the options (option id → position)."""
    chosen = sorted(values, key=lambda value: order.get(value.option_id, 0))
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


def skus_for_checkout(sku_ids: Sequence[int], *, with_pictures: bool = True) -> dict[int, CheckoutSku]:
    """Return these variants by their id with all that an order freezes, in two statements; unknown ids are left out.

    Pages want the pictures too; an order freezes none, so placing it asks ``with_pictures=False`` and saves a statement.

    ``is_on_sale`` says whether the product is listed and the variant switched on; how many are free may change until they are
    reserved. At most ``MAX_CHECKOUT_SKUS``.
    """
    wanted = list(dict.fromkeys(sku_ids))[:MAX_CHECKOUT_SKUS]
    if not wanted:
        return {}
    rows = _AT_CHECKOUT.rows(wanted)
    pictures = first_pictures({sku.product_id for sku in rows}) if with_pictures else {}
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
