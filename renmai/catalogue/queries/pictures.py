"""Addresses of uploaded pictures."""

from renmai.catalogue.models import ProductPicture
from renmai.catalogue.pages import PictureView

LARGE_SUFFIX = "-1200.webp"
SMALL_SUFFIX = "-480.webp"


def picture_view(picture: ProductPicture) -> PictureView:
    """Return the addresses of ``picture`` below the media folder: for its page and for a card."""
    small = picture.path.removesuffix(LARGE_SUFFIX) + SMALL_SUFFIX
    return PictureView(picture.path, small, picture.width, picture.height)
