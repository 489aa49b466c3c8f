"""What somebody saw when she opened a form: a mark by which an edit that comes too late is known.

A mark is the digest of what the form shows, so a change of stock, of which the form says nothing, disturbs nobody.
"""

import hashlib
import json
from typing import Final

from renmai.catalogue.models import OptionValue, Product, Sku

TEXT_FIELDS: Final = (
    "code",
    "category_id",
    "supplier_id",
    "freight_template_id",
    "title_zh",
    "title_en",
    "subtitle_zh",
    "subtitle_en",
    "description_zh",
    "description_en",
    "keywords",
    "brand",
    "motif",
    "picture_seed",
    "pickup_allowed",
)
SKU_FIELDS: Final = (
    "pk",
    "code",
    "position",
    "options_zh",
    "options_en",
    "price_fen",
    "wholesale_price_fen",
    "wholesale_minimum",
    "weight_grams",
    "is_active",
)
VALUE_FIELDS: Final = ("option__position", "option__name_zh", "option__name_en", "position", "value_zh", "value_en")


def text_version(product: Product) -> str:
    """Return the mark of what a product says."""
    return _mark([getattr(product, name) for name in TEXT_FIELDS])


def matrix_version(product_id: int) -> str:
    """Return the mark of a product's options and variants, in two statements."""
    values = OptionValue.objects.filter(option__product_id=product_id).order_by("option__position", "option_id", "position", "pk")
    skus = Sku.objects.filter(product_id=product_id).order_by("pk")
    return _mark([list(values.values_list(*VALUE_FIELDS)), list(skus.values_list(*SKU_FIELDS))])


def _mark(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:24]
