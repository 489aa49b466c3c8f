# ruff: noqa: S311  what is damaged where is chance, and no secret
"""What somebody uploads who means harm: what is kept shows a picture and nothing else, what is refused leaves nothing, memory is bounded."""

import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, PngImagePlugin

from renmai.catalogue.actions import store_picture
from renmai.catalogue.actions.pictures import MAX_BYTES, StoredPicture, encode_picture, keep_picture
from renmai.kernel.errors import DomainError

SCRIPT = b"<script>alert(1)</script>"
PHP = b"<?php system($_GET['c']); ?>"
GPS_IFD, GPS_LATITUDE = 0x8825, 2
ROUNDS = 300
MEBIBYTE = 1024 * 1024
REFUSALS = {"catalogue.picture_broken", "catalogue.picture_format", "catalogue.picture_too_large"}


@pytest.fixture(autouse=True)
def _own_media(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "orange").save(buffer, format=kind, **options)
    return buffer.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int, *chunks: bytes, rows: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_chunk(extra: bytes) -> bytes:
    """A good PNG with one more chunk before its end."""
    good = picture()
    at = good.rindex(b"IEND") - 4
    return good[:at] + extra + good[at:]


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.html", SCRIPT)
    return buffer.getvalue()


def text_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", (PHP + SCRIPT).decode())
    return picture(pnginfo=info)


def located() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(GPS_IFD)[GPS_LATITUDE] = (22.0, 32.0, 54.0)
    exif[0x010E] = "at home"
    exif[0x9286] = "Nanshan 4711"
    return picture("JPEG", exif=exif)


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def contents(stored: StoredPicture) -> list[bytes]:
    return [(Path(settings.MEDIA_ROOT) / path).read_bytes() for path in (stored.path, stored.small_path)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: picture("GIF", comment=b"*/=1;alert(1)//" + SCRIPT),
        lambda: picture("JPEG", comment=SCRIPT) + zipped(),
        lambda: picture("JPEG") + SCRIPT + b"<html>",
        lambda: picture() + PHP,
        text_png,
        lambda: with_chunk(chunk(b"tEXt", b"Comment\x00" + PHP)),
        lambda: with_chunk(chunk(b"eXIf", b"MM\x00*" + SCRIPT * 5000)),
        lambda: picture("WEBP", xmp=SCRIPT, exif=b"Exif\x00\x00" + SCRIPT),
        located,
    ],
    ids=[
        "gif and script",
        "jpeg and zip",
        "jpeg and page",
        "png and php",
        "text",
        "text chunk",
        "exif chunk",
        "webp",
        "location",
    ],
)
def test_of_a_polyglot_only_the_picture_is_kept(make: Callable[[], bytes]) -> None:
    for content in contents(store_picture(make())):
        for trace in (SCRIPT, b"<?php", b"alert(1)", b"PK\x03\x04", b"at home", b"4711", b"EXIF", b"XMP "):
            assert trace not in content
        with Image.open(io.BytesIO(content)) as kept:
            assert (kept.format, kept.size, dict(kept.getexif())) == ("WEBP", (40, 30), {})
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(kept.info)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", {"catalogue.picture_format"}),
        (b"<!DOCTYPE html>" + SCRIPT, {"catalogue.picture_format"}),
        (b"\n\x89PNG\r\n\x1a\n", {"catalogue.picture_format"}),
        (zipped(), {"catalogue.picture_format"}),
        (b"GIF89a/*" + b" " * 20 + b"*/=1;alert(1)//", REFUSALS),
        (b"GIF89a=1;alert(document.domain);", REFUSALS),
        (b"\xff\xd8\xff" + SCRIPT, REFUSALS),
        (b"RIFF" + struct.pack("<I", 40) + b"WEBPVP8 " + SCRIPT, REFUSALS),
        (png_of(50_000, 50_000), {"catalogue.picture_too_large"}),
        (png_of(50_000, 50_000, rows=zlib.compress(bytes(8 * MEBIBYTE))), {"catalogue.picture_too_large"}),
        (png_of(2**31 - 1, 2**31 - 1), REFUSALS),
        (png_of(0, 0), REFUSALS),
        (png_of(1, 40_000_001), {"catalogue.picture_too_large"}),
        (png_of(1000, 1000, chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(80 * MEBIBYTE), 9))), REFUSALS),
        (png_of(1000, 1000, chunk(b"iCCP", b"a\x00\x00" + zlib.compress(bytes(80 * MEBIBYTE), 9))), REFUSALS),
        (picture("GIF")[:30], REFUSALS),
        (picture("WEBP")[:40], REFUSALS),
        (picture("JPEG", (400, 300))[:500], REFUSALS),
        (b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES), {"catalogue.picture_too_large"}),
    ],
    ids=lambda value: "" if isinstance(value, set) else None,
)
def test_what_is_no_picture_or_a_bomb_is_refused(data: bytes, codes: set[str]) -> None:
    with pytest.raises(DomainError) as refused:
        store_picture(data)
    assert refused.value.code in codes
    assert refused.value.field == "picture"
    assert files() == []


def test_of_ten_thousand_frames_the_first_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = picture("GIF", (8, 8))
    first = frame.index(b",")  # where the description of the first picture begins
    film = frame[:first] + frame[first:-1] * 10_000 + b";"
    sought: list[int] = []
    seek = Image.Image.seek

    def note(self: Image.Image, frame: int) -> None:
        sought.append(frame)
        seek(self, frame)

    monkeypatch.setattr(Image.Image, "seek", note)
    stored = store_picture(film)
    assert (stored.width, stored.height) == (8, 8)
    assert sought == []
    for content in contents(stored):
        with Image.open(io.BytesIO(content)) as kept:
            assert getattr(kept, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_damaged_files_are_shown_or_refused_and_nothing_else(kind: str) -> None:
    """Bytes are changed, cut out and doubled at random places (``-p randomly_seed`` finds them again)."""
    whole = bytearray(picture(kind, (64, 48), exif=Image.Exif() if kind != "GIF" else None))
    if kind == "GIF":
        whole = bytearray(picture("GIF", (64, 48), comment=b"a comment"))
    for _round in range(ROUNDS):
        assert said_of(damaged(whole)) in REFUSALS | {"kept"}


def damaged(whole: bytearray) -> bytes:
    data = bytearray(whole)
    for _change in range(random.randrange(1, 6)):
        at = random.randrange(len(data))
        end = at + random.randrange(1, 12)
        data[at:end] = random.choice([b"", data[at:end] * 2, random.randbytes(1), random.randbytes(4), b"\xff" * 8])
    return bytes(data)


def said_of(data: bytes) -> str:
    try:
        store_picture(data)
    except DomainError as refusal:
        return refusal.code
    return "kept"


def test_a_disk_that_fills_up_leaves_no_half(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = encode_picture(picture(size=(1300, 900)))
    replaced: list[Path] = []
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        replaced.append(target)
        if len(replaced) == 2:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DomainError) as refused:
        keep_picture(encoded)
    assert refused.value.code == "storage.full"
    assert files() == []


PEAK = """
import io, resource, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from renmai.catalogue.actions.pictures import encode_picture
data = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
encode_picture(data)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(("kind", "mode", "most"), [("PNG", "RGBA", 220), ("JPEG", "RGB", 80)])
def test_the_largest_picture_needs_little_more_than_its_pixels(tmp_path: Path, kind: str, mode: str, most: int) -> None:
    """40 million pixels of four bytes are 160 MB; a photo of that size is never decoded whole."""
    path = tmp_path / "large"
    Image.new(mode, (8000, 5000), "orange").save(path, format=kind)
    ran = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout.split()[-1]) < most


def test_names_of_uploads_are_never_asked() -> None:
    """``store_picture`` takes bytes alone, and a file's name is the hash of what we wrote."""
    for _name in ("../../x.png", "a.png\x00.html", "x\r\nSet-Cookie: a=b.png"):
        stored = store_picture(picture())
        assert stored.path.startswith("pictures/")
        assert Path(stored.path).stem.partition("-")[0].isalnum()
    with suppress(DomainError):
        store_picture(b"../../etc/passwd")
    assert len(files()) == 2
