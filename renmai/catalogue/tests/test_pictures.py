"""Pictures: only what was decoded and written anew is served."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from renmai.accounts.models import Role
from renmai.catalogue.actions import add_picture, order_pictures, remove_picture, store_picture
from renmai.catalogue.models import ProductPicture
from renmai.catalogue.queries import cards, product_page
from renmai.catalogue.tests.factories import make_product, make_staff
from renmai.kernel.errors import DomainError


def picture(kind: str = "PNG", size: tuple[int, int] = (1600, 800), *, mode: str = "RGB", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, "orange").save(buffer, format=kind, **options)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def _own_media(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_kind_becomes_webp_in_two_sizes(kind: str) -> None:
    stored = store_picture(picture(kind))
    assert (stored.width, stored.height) == (1200, 600)
    for path, size in ((stored.path, (1200, 600)), (stored.small_path, (480, 240))):
        with Image.open(Path(settings.MEDIA_ROOT) / path) as written:
            assert (written.format, written.size) == ("WEBP", size)


def test_the_same_picture_is_stored_once() -> None:
    first, again = store_picture(picture()), store_picture(picture("PNG", compress_level=1))
    assert first == again
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 2


def test_metadata_goes_and_orientation_stays() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "at home"
    stored = store_picture(picture("JPEG", (400, 200), exif=exif))
    assert (stored.width, stored.height) == (200, 400)
    content = (Path(settings.MEDIA_ROOT) / stored.path).read_bytes()
    assert b"at home" not in content
    with Image.open(io.BytesIO(content)) as written:
        assert dict(written.getexif()) == {}


def test_transparency_is_kept() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(buffer, format="PNG")
    with Image.open(Path(settings.MEDIA_ROOT) / store_picture(buffer.getvalue()).path) as written:
        assert written.mode == "RGBA"


def _bomb() -> bytes:
    """A PNG of a few bytes that says it has 900 million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "catalogue.picture_format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "catalogue.picture_format"),
        (b"%PDF-1.4", "catalogue.picture_format"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "catalogue.picture_format"),
        (b"\x89PNG\r\n\x1a\n broken", "catalogue.picture_broken"),
        (picture()[:200], "catalogue.picture_broken"),
        (picture("JPEG")[:300], "catalogue.picture_broken"),
        (b"\xff\xd8\xff" + b"0" * (8 * 1024 * 1024), "catalogue.picture_too_large"),
        (_bomb(), "catalogue.picture_too_large"),
    ],
    ids=["empty", "svg", "pdf", "wave", "no png", "cut png", "cut jpeg", "bytes", "pixels"],
)
def test_what_is_refused_leaves_nothing(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        store_picture(data)
    assert refused.value.code == code
    assert list(Path(settings.MEDIA_ROOT).rglob("*")) == []


@pytest.mark.django_db
def test_pictures_of_a_product() -> None:
    staff, product = make_staff(Role.MERCHANDISER), make_product()
    first = add_picture(staff, product.pk, picture(size=(300, 300)))
    second = add_picture(staff, product.pk, picture(size=(200, 100)))
    assert [row.width for row in product_page(product.pk).pictures] == [300, 200]
    order_pictures(staff, product.pk, [second.pk])
    assert [row.width for row in product_page(product.pk).pictures] == [200, 300]
    (card,) = cards([product.pk])
    assert card.picture is not None
    assert card.picture.small_path == second.path.replace("-1200.webp", "-480.webp")
    remove_picture(staff, second.pk)
    assert [row.pk for row in ProductPicture.objects.all()] == [first.pk]


@pytest.mark.django_db
def test_pictures_are_bounded_and_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.catalogue.actions.pictures.MAX_PICTURES", 1)
    product = make_product()
    add_picture(make_staff(), product.pk, picture())
    with pytest.raises(DomainError) as refused:
        add_picture(make_staff(), product.pk, picture())
    assert refused.value.code == "catalogue.too_many_pictures"
    for act in (
        lambda: add_picture(make_staff(Role.SERVICE), product.pk, picture()),
        lambda: remove_picture(make_staff(Role.SERVICE), ProductPicture.objects.get().pk),
        lambda: order_pictures(make_staff(Role.SERVICE), product.pk, []),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "request.forbidden"
    assert ProductPicture.objects.count() == 1
