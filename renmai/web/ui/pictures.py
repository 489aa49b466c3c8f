"""Addresses and bytes of drawn pictures: products, faces, category tiles, illustrations.

Addresses name what is drawn, so a picture never changes under its address and may be kept for ever. Raster sizes are a fixed list:
nobody can make the server draw a size of their choosing.
"""

import io
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

import resvg_py
from django.conf import settings
from django.urls import reverse
from PIL import Image

from renmai.web.ui.drawing.products import FALLBACK_MOTIF, MOTIFS, draw_product

WIDTHS = (96, 160, 320, 480, 750, 1080)
SEEDS = 10_000
WEBP_QUALITY = 82
CACHED_PICTURES = 400
CACHED_ADDRESSES = 20_000


@dataclass(frozen=True)
class Sources:
    """What an ``<img>`` needs: default address, candidates by width, layout width, and its own size in CSS pixels."""

    url: str
    srcset: str
    sizes: str
    pixels: int


@dataclass(frozen=True)
class Layout:
    """How large a picture is shown and which raster widths serve it on dense screens."""

    pixels: int
    widths: tuple[int, ...]
    sizes: str


LAYOUTS = {
    "small": Layout(48, (96, 160), "48px"),
    "thumb": Layout(80, (160, 320), "80px"),
    "large-thumb": Layout(104, (160, 320), "104px"),
    "card": Layout(176, (320, 480), "(min-width: 481px) 220px, 50vw"),
    "full": Layout(480, (480, 750, 1080), "(min-width: 481px) 480px, 100vw"),
}


def known_motif(motif: str) -> str:
    """Return ``motif`` when it can be drawn, else the plain parcel."""
    return motif if motif in MOTIFS else FALLBACK_MOTIF


@lru_cache(maxsize=CACHED_ADDRESSES)
def product_url(motif: str, seed: int, *, width: int) -> str:
    """Return the address of a product drawing as WebP, ``width`` pixels square."""
    return reverse("ui:product_webp", args=[known_motif(motif), seed % SEEDS, width])


def media_url(path: str) -> str:
    """Return the address of an uploaded picture."""
    return f"{settings.MEDIA_URL}{quote(path)}"


def sources(path: str, *, motif: str, seed: int, size: str) -> Sources:
    """Return what to put into the ``<img>`` of a product: its uploaded picture at ``path``, else the drawing."""
    layout = LAYOUTS[size]
    if path:
        return Sources(media_url(path), "", "", layout.pixels)
    addresses = [(width, product_url(motif, seed, width=width)) for width in layout.widths]
    srcset = ", ".join(f"{url} {width}w" for width, url in addresses)
    return Sources(addresses[0][1], srcset, layout.sizes, layout.pixels)


def avatar_url(seed: str) -> str:
    """Return the address of the face drawn from ``seed``; an address or media path given as seed is returned as it is served."""
    text = str(seed)
    if text.startswith(("/", "https://")):
        return text
    if "/" in text or "." in text:
        return media_url(text)
    return reverse("ui:avatar", args=[text or "nobody"])


def tile_url(motif: str) -> str:
    """Return the address of a category tile."""
    return reverse("ui:tile", args=[known_motif(motif)])


def illustration_url(name: str) -> str:
    """Return the address of an illustration."""
    return reverse("ui:illustration", args=[name])


def rasterise(svg: str, width: int) -> bytes:
    """Return ``svg`` as PNG, ``width`` pixels wide. Nothing is read from the system; text belongs into ``posters``, not into drawings."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))


def webp(png: bytes) -> bytes:
    """Return a PNG as WebP."""
    with Image.open(io.BytesIO(png)) as image:
        out = io.BytesIO()
        image.convert("RGB").save(out, "WEBP", quality=WEBP_QUALITY, method=2)
    return out.getvalue()


@lru_cache(maxsize=CACHED_PICTURES)
def product_webp(motif: str, seed: int, width: int) -> bytes:
    """Return a product drawing as WebP; the last few hundred stay in memory (some 15 kB each)."""
    return webp(rasterise(draw_product(motif, seed), width))
