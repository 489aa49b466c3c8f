"""Choosing a variant by its code or a part of its title: what stands in the form, and what a search found."""

from collections.abc import Sequence
from dataclasses import dataclass

from renmai.accounts.models import User
from renmai.catalogue.models import Product
from renmai.catalogue.queries import desk, skus_for_checkout

SHOWN = 8


@dataclass(frozen=True)
class SkuOption:
    """One variant to choose."""

    id: int
    title: str
    options: str
    code: str
    price_fen: int
    currency: str
    free: int

    @property
    def name(self) -> str:
        """Its title with its options, as lists write it."""
        return f"{self.title} {self.options}".strip()


def found(actor: User, text: str) -> list[SkuOption]:
    """Return the variants on sale whose code or title contains ``text``, a few of them; nothing for an empty one."""
    if not text:
        return []
    rows = desk.stock(actor, desk.GoodsFilter(text=text, status=Product.Status.LISTED)).object_list
    return [
        SkuOption(sku.pk, sku.product.title, sku.options_text, sku.code, sku.price_fen, sku.product.currency, sku.stock_free)
        for sku in list(rows)[:SHOWN]
    ]


def named(sku_ids: Sequence[int]) -> dict[int, SkuOption]:
    """Return these variants by their id, in one statement; none for no ids."""
    rows = skus_for_checkout(sku_ids, with_pictures=False)
    return {
        sku.sku_id: SkuOption(sku.sku_id, sku.title, sku.options_text, sku.sku_code, sku.price_fen, sku.currency, sku.free)
        for sku in rows.values()
    }


def names(sku_ids: Sequence[int]) -> dict[int, str]:
    """Return what these variants are called."""
    return {sku_id: option.name for sku_id, option in named(sku_ids).items()}
