"""Addresses of uploaded pictures."""

from collections.abc import Collection

from renmai.catalogue.models import ProductPicture
from renmai.catalogue.pages import PictureView
from renmai.kernel.compiled import Compiled

_OF_PRODUCTS: Compiled[ProductPicture] = Compiled(
    lambda ids: ProductPicture.objects.filter(product_id__in=ids).order_by("product_id", "position", "pk")
)
LARGE_SUFFIX = "-1200.webp"
SMALL_SUFFIX = "-480.webp"


def picture_view(picture: ProductPicture) -> PictureView:
    """Return the addresses of ``picture`` below the media folder: for its page and for a card."""
    small = picture.path.removesuffix(LARGE_SUFFIX) + SMALL_SUFFIX
    return PictureView(picture.path, small, picture.width, picture.height)


def first_pictures(product_ids: Collection[int]) -> dict[int, PictureView]:
    """Return the first uploaded picture of each of these products that has one. One statement."""
    found: dict[int, PictureView] = {}
    for picture in _OF_PRODUCTS.rows(list(product_ids)) if product_ids else ():
        found.setdefault(picture.product_id, picture_view(picture))
    return found
