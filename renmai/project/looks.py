"""Pictures of goods for what matching compares: uploaded ones from the media folder, drawn ones drawn small."""

import io

from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from renmai.web.ui.drawing.products import draw_product
from renmai.web.ui.pictures import known_motif, rasterise

WIDTH = 96


def look_at_goods(limit: int) -> int:
    """Look at up to ``limit`` pictures of goods that are new or changed; return how many. A sweep."""
    from renmai.matching import likeness  # brings NumPy and SciPy, which only the worker needs

    return likeness.refresh(_picture, limit)


def _picture(path: str, motif: str, seed: int) -> Image.Image | None:
    """Return the picture of a product; None when its file is gone or no picture: a broken upload must not stop the others."""
    if not path:
        return Image.open(io.BytesIO(rasterise(draw_product(known_motif(motif), seed), WIDTH)))
    try:
        with default_storage.open(path) as file, Image.open(file) as image:
            image.load()
            return image.copy()
    except (FileNotFoundError, UnidentifiedImageError):
        return None
