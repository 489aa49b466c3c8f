"""Pictures: whatever is uploaded is decoded, bounded and written anew as WebP, so that nothing of the upload itself is ever served.

Files lie in the media folder under the hash of their content: the same picture is stored once, and an address never changes what it
shows. Other rooms keep their pictures (a shop's portrait, the evidence of an after-sale) the same way with ``store_picture``.
"""

import hashlib
import io
import uuid
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from PIL import Image, ImageOps, UnidentifiedImageError

from renmai.accounts.actions import log_act
from renmai.accounts.models import User
from renmai.catalogue.models import Product, ProductPicture
from renmai.catalogue.policies import require_products
from renmai.catalogue.queries.pictures import LARGE_SUFFIX, SMALL_SUFFIX
from renmai.kernel import storage
from renmai.kernel.errors import DomainError

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
MAX_PICTURES: Final = 12
SIZES: Final = {LARGE_SUFFIX: 1200, SMALL_SUFFIX: 480}
QUALITY: Final = 82
FOLDER: Final = "pictures"

_MAGIC: Final = {
    "JPEG": (b"\xff\xd8\xff",),
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "WEBP": (b"RIFF",),
}


@dataclass(frozen=True)
class StoredPicture:
    """A picture in the media folder: its addresses below it, and the size of the large one in pixels."""

    path: str
    small_path: str
    width: int
    height: int


def store_picture(data: bytes) -> StoredPicture:
    """Check, decode and store an uploaded picture in two sizes; return where. The same content is stored once.

    Accepts JPEG, PNG, WebP and GIF (its first frame) up to ``MAX_BYTES`` and ``MAX_PIXELS``; told by their bytes, not by their name.
    Metadata (such as where a photo was taken) is dropped, its orientation applied. Raises ``catalogue.picture_too_large``,
    ``catalogue.picture_format``, ``catalogue.picture_broken``, ``storage.full``; nothing is left lying half written.
    """
    picture = _decoded(data)
    encoded = {suffix: _webp(picture, longest) for suffix, longest in SIZES.items()}
    name = hashlib.sha256(encoded[LARGE_SUFFIX].content).hexdigest()
    base = f"{FOLDER}/{name[:2]}/{name}"
    for suffix, file in encoded.items():
        _write(Path(settings.MEDIA_ROOT) / f"{base}{suffix}", file.content)
    large = encoded[LARGE_SUFFIX]
    return StoredPicture(base + LARGE_SUFFIX, base + SMALL_SUFFIX, large.width, large.height)


def add_picture(actor: User, product_id: int, data: bytes) -> ProductPicture:
    """Add a picture behind those a product has. Raises as ``store_picture``, and ``catalogue.too_many_pictures``."""
    require_products(actor)
    if not Product.objects.filter(pk=product_id).exists():
        raise DomainError("request.not_found")
    stored = store_picture(data)
    with transaction.atomic():
        # The product's row serialises two uploads at once, so that the count holds.
        Product.objects.select_for_update().get(pk=product_id)
        rows = ProductPicture.objects.filter(product_id=product_id)
        if rows.count() >= MAX_PICTURES:
            raise DomainError("catalogue.too_many_pictures", most=MAX_PICTURES)
        last = rows.aggregate(last=Max("position"))["last"]
        picture = ProductPicture.objects.create(
            product_id=product_id,
            path=stored.path,
            width=stored.width,
            height=stored.height,
            position=0 if last is None else last + 1,
        )
        log_act(actor, "catalogue.picture_added", object_type="product", object_id=str(product_id))
    return picture


@transaction.atomic
def remove_picture(actor: User, picture_id: int) -> None:
    """Take a picture off its product. The file stays: another product, or an order of the past, may show the same one."""
    require_products(actor)
    picture = ProductPicture.objects.filter(pk=picture_id).first()
    if picture is None:
        raise DomainError("request.not_found")
    picture.delete()
    log_act(actor, "catalogue.picture_removed", object_type="product", object_id=str(picture.product_id))


@transaction.atomic
def order_pictures(actor: User, product_id: int, picture_ids: list[int]) -> None:
    """Show the pictures of a product in this order; those not named follow as they were."""
    require_products(actor)
    place = {picture_id: position for position, picture_id in enumerate(picture_ids)}
    rows = list(ProductPicture.objects.filter(product_id=product_id).order_by("position", "pk"))
    before = [row.pk for row in rows]
    rows.sort(key=lambda row: place.get(row.pk, len(place)))
    if [row.pk for row in rows] == before:
        return
    for position, row in enumerate(rows):
        row.position = position
    ProductPicture.objects.bulk_update(rows, ["position"])
    log_act(actor, "catalogue.pictures_ordered", object_type="product", object_id=str(product_id))


@dataclass(frozen=True)
class _File:
    content: bytes
    width: int
    height: int


def _decoded(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise DomainError("catalogue.picture_too_large", field="picture")
    kind = next((kind for kind, starts in _MAGIC.items() if data.startswith(starts)), None)
    if kind is None or (kind == "WEBP" and data[8:12] != b"WEBP"):
        raise DomainError("catalogue.picture_format", field="picture")
    try:
        with warnings.catch_warnings():
            # The bound below is the stricter one and is checked before any pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=[kind])
            if opened.width * opened.height > MAX_PIXELS:
                raise DomainError("catalogue.picture_too_large", field="picture")
            opened.load()
            upright = ImageOps.exif_transpose(opened)
    except Image.DecompressionBombError:
        raise DomainError("catalogue.picture_too_large", field="picture") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise DomainError("catalogue.picture_broken", field="picture") from None
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    return upright.convert("RGBA" if has_alpha else "RGB")


def _webp(picture: Image.Image, longest: int) -> _File:
    copy = picture.copy()
    copy.info.clear()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    copy.save(buffer, format="WEBP", quality=QUALITY, method=4)
    return _File(buffer.getvalue(), copy.width, copy.height)


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    half = path.with_name(f".{uuid.uuid4()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        if storage.has_no_room(error):
            raise DomainError("storage.full", field="picture") from error
        raise
