"""Pictures: whatever is uploaded is decoded, bounded and written anew as WebP, so that nothing of the upload itself is ever served.

Files lie in the media folder under the hash of their content: the same picture is stored once, and an address never changes what it
shows. Other rooms keep their pictures (a shop's portrait, the evidence of an after-sale) the same way: ``encode_picture`` before the
transaction, ``keep_picture`` in it, once nothing can be refused any more.
"""

import hashlib
import io
import struct
import uuid
import warnings
from dataclasses import dataclass, field
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
LONGEST: Final = max(SIZES.values())
SCALABLE: Final = frozenset({"RGB", "RGBA", "L", "LA"})
"""Modes of pixels that can be scaled as they are. The others, of colours from a table above all, are converted first."""

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


@dataclass(frozen=True)
class EncodedPicture:
    """An upload decoded and written anew, in memory: nothing of it lies in the media folder yet. ``files`` by the ends of their names."""

    name: str
    width: int
    height: int
    files: tuple[tuple[str, bytes], ...] = field(repr=False)


def encode_picture(data: bytes) -> EncodedPicture:
    """Check and decode an uploaded picture and encode it in two sizes.

    Accepts JPEG, PNG, WebP and GIF (its first frame) up to ``MAX_BYTES`` and ``MAX_PIXELS``; told by their bytes, not by their name.
    Metadata (such as where a photo was taken) is dropped, its orientation applied. Raises ``catalogue.picture_too_large``,
    ``catalogue.picture_format``, ``catalogue.picture_broken``.
    """
    picture = _decoded(data)
    encoded = {suffix: _webp(picture, longest) for suffix, longest in SIZES.items()}
    large = encoded[LARGE_SUFFIX]
    name = hashlib.sha256(large.content).hexdigest()
    return EncodedPicture(name, large.width, large.height, tuple((suffix, file.content) for suffix, file in encoded.items()))


def keep_picture(picture: EncodedPicture, *, folder: str = "") -> StoredPicture:
    """Write an encoded picture into the media folder: below ``folder``, or where everybody may see it. All of its files or none.

    Raises ``storage.full``.
    """
    base = f"{folder or f'{FOLDER}/{picture.name[:2]}'}/{picture.name}"
    written: list[Path] = []
    try:
        for suffix, content in picture.files:
            path = Path(settings.MEDIA_ROOT) / f"{base}{suffix}"
            if path.exists():
                path.touch()  # as good as new: whoever sweeps what no row names leaves it for a day
            else:
                _write(path, content)
                written.append(path)
    except (DomainError, OSError):
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return StoredPicture(base + LARGE_SUFFIX, base + SMALL_SUFFIX, picture.width, picture.height)


def store_picture(data: bytes) -> StoredPicture:
    """Do ``encode_picture`` and ``keep_picture`` for everybody to see; the same content is stored once."""
    return keep_picture(encode_picture(data))


def discard_picture(path: str) -> None:
    """Delete the files of a stored picture, by the path of either size; nothing happens when they are gone.

    The same content is stored once: who calls this knows that nothing shows it any more.
    """
    for each in sizes_of(path):
        (Path(settings.MEDIA_ROOT) / each).unlink(missing_ok=True)


def sizes_of(path: str) -> tuple[str, ...]:
    """Return the paths of all sizes of a stored picture, by the path of any of them."""
    base = path.removesuffix(SMALL_SUFFIX).removesuffix(LARGE_SUFFIX)
    return tuple(f"{base}{suffix}" for suffix in SIZES)


def add_picture(actor: User, product_id: int, data: bytes) -> ProductPicture:
    """Add a picture behind those a product has. Raises as ``store_picture``, and ``catalogue.too_many_pictures``."""
    require_products(actor)
    if not Product.objects.filter(pk=product_id).exists():
        raise DomainError("request.not_found")
    encoded = encode_picture(data)
    with transaction.atomic():
        # The product's row serialises two uploads at once, so that the count holds.
        Product.objects.select_for_update().get(pk=product_id)
        rows = ProductPicture.objects.filter(product_id=product_id)
        if rows.count() >= MAX_PICTURES:
            raise DomainError("catalogue.too_many_pictures", most=MAX_PICTURES)
        last = rows.aggregate(last=Max("position"))["last"]
        stored = keep_picture(encoded)
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
    """Take a picture off its product. Its file is swept a day later, unless something else shows it."""
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
            # Of large pictures (the bound below is the stricter one, and asked before any pixel is decoded) and of odd metadata.
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(data), formats=[kind])
            if opened.width * opened.height > MAX_PIXELS:
                raise DomainError("catalogue.picture_too_large", field="picture")
            # A photo is decoded at a fraction of its size where its format allows that; any other is scaled down in place.
            opened.draft("RGB", (2 * LONGEST, 2 * LONGEST))
            opened.load()
            picture = opened if opened.mode in SCALABLE else opened.convert("RGBA" if _has_alpha(opened) else "RGB")
            picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            upright = _upright(picture)
    except Image.DecompressionBombError:
        raise DomainError("catalogue.picture_too_large", field="picture") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise DomainError("catalogue.picture_broken", field="picture") from None
    return upright.convert("RGBA" if _has_alpha(upright) else "RGB")


def _upright(picture: Image.Image) -> Image.Image:
    """Turn the picture as its metadata says; when they cannot be read, it is shown as it lies."""
    try:
        return ImageOps.exif_transpose(picture)
    except (SyntaxError, ValueError, KeyError, TypeError, IndexError, OSError, struct.error):
        return picture


def _has_alpha(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def _webp(picture: Image.Image, longest: int) -> _File:
    copy = picture.copy()
    copy.info.clear()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    copy.save(buffer, format="WEBP", quality=QUALITY, method=4)
    return _File(buffer.getvalue(), copy.width, copy.height)


def _write(path: Path, content: bytes) -> None:
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
