"""The goods of the demo's world come into the shop: shelves, suppliers, freight, products with their variants and stock."""

from dataclasses import dataclass
from datetime import timedelta

from renmai.accounts.models import User
from renmai.catalogue.actions.feeds import apply_feed
from renmai.catalogue.actions.matrix import OptionInput, SkuInput, ValueInput, set_skus
from renmai.catalogue.actions.prices import set_price
from renmai.catalogue.actions.products import ProductInput, create_product, list_product
from renmai.catalogue.actions.shelving import (
    CategoryInput,
    SupplierInput,
    ZoneInput,
    save_category,
    save_freight_template,
    save_supplier,
)
from renmai.catalogue.models import FreightTemplate, Product, Sku, Supplier
from renmai.demo.goods import types
from renmai.demo.goods.catalogue import PRODUCTS
from renmai.demo.goods.categories import CATEGORIES
from renmai.demo.goods.freight import FREIGHT_TEMPLATES
from renmai.demo.goods.suppliers import SUPPLIERS
from renmai.distribution.actions import set_product_rate
from renmai.kernel import clock

REDUCED_BEFORE = timedelta(days=6)
"""Goods that cost more before were reduced this long before the end, so that their reference price is a true one."""


@dataclass(frozen=True)
class Ware:
    """A product on sale with what the demo knows about it."""

    product: Product
    skus: tuple[Sku, ...]
    source: types.Product


def stock_up(actor: User) -> tuple[Ware, ...]:
    """Create every shelf, supplier, template and product, and put all of them on sale."""
    shelves = _shelves(actor)
    suppliers = {given.code: _supplier(actor, given) for given in SUPPLIERS}
    templates = {given.code: _template(actor, given) for given in FREIGHT_TEMPLATES}
    wares = tuple(
        _ware(
            actor,
            source,
            category_id=shelves[source.subcategory],
            supplier=suppliers[source.supplier],
            template=templates[source.freight],
        )
        for source in PRODUCTS
    )
    for supplier in suppliers.values():
        refill(actor, supplier, wares)
    return wares


def refill(actor: User, supplier: Supplier, wares: tuple[Ware, ...]) -> None:
    """Read the supplier's stock feed: every variant back to what it began with."""
    rows = [
        f"{sku.code},{given.stock},{clock.now():%Y-%m-%d}"
        for ware in wares
        if ware.product.supplier_id == supplier.pk
        for sku, given in zip(ware.skus, ware.source.skus, strict=True)
    ]
    apply_feed(actor, supplier.pk, "\n".join(["sku_code,on_hand,as_of", *rows]))


def reduce_prices(actor: User, wares: tuple[Ware, ...]) -> None:
    """Bring the goods that cost more until now to their present price."""
    for ware in wares:
        if ware.source.reference_price_fen is not None:
            for sku, given in zip(ware.skus, ware.source.skus, strict=True):
                set_price(actor, sku.pk, price_fen=ware.source.sku_price_fen(given))


def _shelves(actor: User) -> dict[str, int]:
    ids: dict[str, int] = {}
    for position, given in enumerate(CATEGORIES):
        top = save_category(
            actor,
            CategoryInput(
                slug=given.slug, name_zh=given.name.zh, name_en=given.name.en, motif=given.motifs[0], position=position
            ),
        )
        ids[given.slug] = top.pk
        for below, part in enumerate(given.subcategories):
            ids[part.slug] = save_category(
                actor,
                CategoryInput(
                    slug=part.slug,
                    name_zh=part.name.zh,
                    name_en=part.name.en,
                    parent_id=top.pk,
                    motif=given.motifs[below % len(given.motifs)],
                    position=below,
                ),
            ).pk
    return ids


def _supplier(actor: User, given: types.Supplier) -> Supplier:
    return save_supplier(
        actor,
        SupplierInput(
            code=given.code,
            name_zh=given.name.zh,
            name_en=given.name.en,
            region_code=given.region_code,
            ship_within_hours=given.dispatch_hours,
        ),
    )


def _template(actor: User, given: types.FreightTemplate) -> FreightTemplate:
    zones = [
        ZoneInput(
            provinces=rate.provinces,
            first_grams=rate.first_grams,
            first_fee_fen=rate.first_fee_fen,
            next_grams=rate.next_grams,
            next_fee_fen=rate.next_fee_fen,
            free_over_fen=rate.free_over_fen,
        )
        for rate in given.rates
    ]
    return save_freight_template(actor, code=given.code, name_zh=given.name.zh, name_en=given.name.en, zones=zones)


def _ware(actor: User, source: types.Product, *, category_id: int, supplier: Supplier, template: FreightTemplate) -> Ware:
    product = create_product(
        actor,
        ProductInput(
            code=source.code.lower(),
            category_id=category_id,
            supplier_id=supplier.pk,
            freight_template_id=template.pk,
            title_zh=source.title.zh,
            title_en=source.title.en,
            subtitle_zh=source.subtitle.zh,
            subtitle_en=source.subtitle.en,
            description_zh=_description(source, "zh"),
            description_en=_description(source, "en"),
            keywords=" ".join((*source.search_zh, *source.search_en))[:300],
            brand=source.brand.zh,
            motif=source.motif,
            picture_seed=source.palette_seed,
        ),
    )
    options = [
        OptionInput(
            name_zh=option.name.zh,
            name_en=option.name.en,
            values=tuple(ValueInput(value.zh, value.en) for value in option.values),
        )
        for option in source.options
    ]
    raised = (source.reference_price_fen or source.price_fen) - source.price_fen
    skus = set_skus(actor, product.pk, options, [_sku(source, given, raised_fen=raised) for given in source.skus])
    if source.commission_bps is not None:
        set_product_rate(actor, product.pk, basis_points=source.commission_bps)
    return Ware(list_product(actor, product.pk), skus, source)


def _sku(source: types.Product, given: types.Sku, *, raised_fen: int) -> SkuInput:
    wholesale = source.wholesale_price_fen(given)
    return SkuInput(
        values=tuple(option.values[index].zh for option, index in zip(source.options, given.choice, strict=True)),
        price_fen=source.sku_price_fen(given) + raised_fen,
        code=source.sku_code(given),
        weight_grams=given.weight_grams,
        wholesale_price_fen=wholesale,
        wholesale_minimum=source.wholesale.min_quantity if source.wholesale and wholesale else 0,
    )


def _description(source: types.Product, language: str) -> str:
    text: str = getattr(source.description, language)
    return f"{text}\n\n{getattr(source.storage.advice, language)}" if source.storage else text
