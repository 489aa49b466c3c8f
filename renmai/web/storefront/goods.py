"""Goods in a cart or an order as pages show them: the uploaded picture of the product, else its drawing."""

from collections.abc import Iterable
from dataclasses import dataclass

from renmai.catalogue import queries as catalogue
from renmai.catalogue.models import Product
from renmai.catalogue.queries import CheckoutSku, PictureView
from renmai.ordering.models import OrderLine


@dataclass(frozen=True)
class Pictured:
    """What ``product_picture`` draws."""

    motif: str
    picture_seed: int
    picture_path: str = ""


def pictured(goods: Product | OrderLine | CheckoutSku, picture: PictureView | None) -> Pictured:
    """Return how ``goods`` look, with ``picture`` when one was uploaded."""
    return Pictured(goods.motif, goods.picture_seed, picture.small_path if picture else "")


def pictured_products(products: Iterable[Product]) -> dict[int, Pictured]:
    """Return how these products look, by their id. One statement."""
    rows = {product.pk: product for product in products}
    pictures = catalogue.first_pictures(rows.keys()) if rows else {}
    return {pk: pictured(product, pictures.get(pk)) for pk, product in rows.items()}


def pictured_lines(lines: Iterable[OrderLine]) -> dict[int, Pictured]:
    """Return how the goods of these order lines look, by the line's id. One statement."""
    rows = list(lines)
    pictures = catalogue.first_pictures({line.product_id_at_order for line in rows}) if rows else {}
    return {line.pk: pictured(line, pictures.get(line.product_id_at_order)) for line in rows}
