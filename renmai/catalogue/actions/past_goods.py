"""Goods that an outside shop sold in the past: made in bulk, never on sale here, so that past orders have something to point to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from renmai.catalogue.models import Category, Product, Sku, Supplier

SHELF = "imported"


@dataclass(frozen=True)
class PastGoods:
    """One thing as its shop called it. ``code`` is the shop's own, unique within the shop whatever its letters' case."""

    code: str
    title: str
    price_fen: int
    currency: str


@transaction.atomic
def record_past_goods(source: str, goods: Sequence[PastGoods]) -> dict[str, int]:
    """Make what is missing, each a draft product with one variant, and return the id of every code's SKU.

    A batch of some hundred takes five statements. What is there already stays as it is.
    """
    wanted = {one.code: one for one in goods}
    codes = {code: sku_code(source, code) for code in wanted}
    known = dict(Sku.objects.filter(code__in=codes.values()).values_list("code", "pk"))
    missing = [one for code, one in wanted.items() if codes[code] not in known]
    if missing:
        category, _new = Category.objects.get_or_create(slug=SHELF, defaults={"name_zh": "导入", "name_en": "Imported"})
        supplier, _new = Supplier.objects.get_or_create(
            code=f"{SHELF}-{source}", defaults={"name_zh": "导入的店铺", "name_en": "Imported shop", "is_active": False}
        )
        products = Product.objects.bulk_create([_product(source, one, category=category, supplier=supplier) for one in missing])
        skus = Sku.objects.bulk_create(
            [
                Sku(product=product, code=codes[one.code], price_fen=one.price_fen, is_active=False)
                for product, one in zip(products, missing, strict=True)
            ]
        )
        known.update({sku.code: sku.pk for sku in skus})
    return {code: known[codes[code]] for code in wanted}


def sku_code(source: str, code: str) -> str:
    """Return the code here of what ``source`` calls ``code``. Case matters there, so it is kept visible here."""
    marked = re.sub(r"[a-z]", lambda letter: f"_{letter[0]}", code)
    return f"{source}-{marked}"[:60]


def _product(source: str, one: PastGoods, *, category: Category, supplier: Supplier) -> Product:
    return Product(
        code=re.sub(r"[^a-z0-9_-]", "-", sku_code(source, one.code).lower()),
        category=category,
        supplier=supplier,
        title_zh=one.title[:120],
        title_en=one.title[:120],
        currency=one.currency,
    )
