"""Which goods look and read alike: palette and texture of their pictures, and word vectors learnt from the catalogue itself.

No model from outside: a palette of 36 colours and 16 edge directions for the picture, and for the words a truncated singular value
decomposition of the catalogue's own titles (Deerwester et al. 1990), so that "水蜜桃" and "黄桃" are near each other because they stand
with the same words. What was computed lies in one file under ``RENMAI_HOME``; without it no product is like another, and the console
says so.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from django.conf import settings
from PIL import Image
from scipy import sparse
from scipy.sparse.linalg import svds

from renmai.catalogue.models import Product
from renmai.catalogue.queries import first_pictures
from renmai.catalogue.search import query_terms
from renmai.matching.shelf import Floats, Ints, unit_rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIDE: Final = 64
HUES, GREYS, DIRECTIONS = 8, 4, 8
PALETTE: Final = HUES * 4 + GREYS
TEXTURE: Final = DIRECTIONS * 2
WORD_DIMENSIONS: Final = 32
PICTURE_SHARE: Final = 0.5
"""A picture says as much as the words."""

FILE_NAME: Final = "likeness.npz"
VERSION: Final = 1
MOST_GOODS: Final = 200_000


@dataclass(frozen=True)
class Look:
    """What a product looks like: an uploaded picture below the media folder, or a drawing by its motif and seed."""

    product_id: int
    path: str
    motif: str
    seed: int

    @property
    def key(self) -> str:
        """What changes when the picture does."""
        return self.path or f"{self.motif}:{self.seed}"


Draw = Callable[[str, str, int], Image.Image | None]
"""Opens or draws a picture by its path, or by motif and seed; None when there is none any more. Given from above, where pictures are drawn."""


def picture_features(image: Image.Image) -> Floats:
    """Return palette (36) and texture (16) of a picture, each of length one together: 52 numbers, the same for every size."""
    small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    colours = np.asarray(small.convert("HSV"), dtype=np.float64).reshape(-1, 3) / 255.0
    grey = np.asarray(small.convert("L"), dtype=np.float64) / 255.0
    both = np.concatenate([unit_rows(np.sqrt(_palette(colours))[None])[0], unit_rows(_texture(grey)[None])[0]])
    found: Floats = both / np.sqrt(2.0)
    return found


def word_vectors(texts: Sequence[Iterable[str]]) -> Floats:
    """Return a vector (rows of length one, or zero) for each list of terms, learnt from which terms stand together in this catalogue.

    Terms that stand in one text only teach nothing. At most ``WORD_DIMENSIONS`` columns; the same texts give the same vectors.
    """
    seen = Counter(term for terms in texts for term in set(terms))
    at = {term: column for column, term in enumerate(sorted(term for term, count in seen.items() if count > 1))}
    pairs = [(row, at[term]) for row, terms in enumerate(texts) for term in sorted(set(terms)) if term in at]
    dimensions = min(WORD_DIMENSIONS, len(texts) - 1, len(at) - 1)
    if dimensions < 1:
        return np.zeros((len(texts), 1))
    rarity = np.array([np.log(len(texts) / seen[term]) + 0.1 for term in at])
    rows, columns = zip(*pairs, strict=True)
    counts = sparse.csr_array((rarity[list(columns)], (rows, columns)), shape=(len(texts), len(at)))
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    scaled = sparse.diags_array(np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)) @ counts
    _left, strengths, right = svds(scaled, k=dimensions, v0=np.ones(min(scaled.shape)))
    kept = strengths > 1e-9 * max(float(strengths.max()), 1e-12)
    return unit_rows(np.asarray(scaled @ right[kept].T))


def combined(pictures: Floats, words: Floats) -> Floats:
    """Return one vector for each product from its picture's features and its words; products with one of them have that alone."""
    parts = [np.sqrt(PICTURE_SHARE) * unit_rows(_centred(pictures)), np.sqrt(1.0 - PICTURE_SHARE) * words]
    return unit_rows(np.hstack(parts))


def refresh(draw: Draw, limit: int) -> int:
    """Look at up to ``limit`` pictures that are new or changed, learn the words anew, and keep all of it; return how many pictures.

    Does nothing when neither goods nor pictures changed. Reading and drawing happen outside any transaction.
    """
    rows = list(_listed()[:MOST_GOODS])
    uploaded = first_pictures([row[0] for row in rows])
    looks = [Look(row[0], uploaded[row[0]].small_path if row[0] in uploaded else "", row[1], row[2]) for row in rows]
    kept = _kept()
    known = {} if kept is None else dict(zip(kept.keys, kept.pictures, strict=True))
    missing = list({look.key: look for look in looks if look.key not in known}.values())[:limit]
    texts = [" ".join(row[3:]) for row in rows]
    digest = [f"{look.product_id} {look.key} {text}" for look, text in zip(looks, texts, strict=True)]
    if not missing and kept is not None and kept.digest == digest:
        return 0
    for look in missing:
        image = draw(look.path, look.motif, look.seed)
        known[look.key] = np.zeros(PALETTE + TEXTURE) if image is None else picture_features(image)
    nothing = np.zeros(PALETTE + TEXTURE)
    pictures = np.array([known.get(look.key, nothing) for look in looks]).reshape(len(looks), PALETTE + TEXTURE)
    words = word_vectors([[term for part in row[3:] for term in query_terms(part)] for row in rows])
    in_use = {look.key: known[look.key] for look in looks if look.key in known}
    ids = np.array([look.product_id for look in looks], dtype=np.int64)
    _keep(_Kept(ids, list(in_use), np.array(list(in_use.values())), combined(pictures, words), digest))
    return len(missing)


def kept_vectors(product_ids: Ints) -> Floats:
    """Return the vectors of these products (n × d) as they were computed last; zeros for those that were not, or without a file."""
    kept = _kept()
    if kept is None or not len(kept.ids):
        return np.zeros((len(product_ids), 1))
    at = np.minimum(np.searchsorted(kept.ids, product_ids), len(kept.ids) - 1)
    found: Floats = np.where((kept.ids[at] == product_ids)[:, None], kept.vectors[at], 0.0)
    return found


def has_vectors() -> bool:
    """Whether anything was computed and can be read."""
    return _kept() is not None


@dataclass(frozen=True)
class _Kept:
    """What the file holds: vectors of products by id, and features of pictures by key, each picture once."""

    ids: Ints
    keys: list[str]
    pictures: Floats
    vectors: Floats
    digest: list[str]


def _file() -> Path:
    return Path(settings.RENMAI_HOME) / "matching" / FILE_NAME


def _kept() -> _Kept | None:
    """Return what the file holds; None when there is none, or none that this version wrote whole."""
    try:
        with np.load(_file(), allow_pickle=False) as stored:
            said = json.loads(str(stored["said"]))
            if said["version"] != VERSION:
                return None
            return _Kept(stored["ids"], said["keys"], stored["pictures"], stored["vectors"], said["digest"])
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _keep(kept: _Kept) -> None:
    """Write the file whole or not at all."""
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    said = json.dumps({"version": VERSION, "keys": kept.keys, "digest": kept.digest})
    passing = path.with_suffix(".passing.npz")
    np.savez_compressed(passing, ids=kept.ids, pictures=kept.pictures, vectors=kept.vectors, said=np.array(said))
    passing.replace(path)


def _listed() -> "QuerySet[Product, tuple[int, str, int, str, str, str, str, str]]":
    listed = Product.objects.filter(status=Product.Status.LISTED).order_by("pk")
    return listed.values_list("pk", "motif", "picture_seed", "title_zh", "title_en", "keywords", "brand", "category__name_zh")


def _palette(colours: Floats) -> Floats:
    """Return how much of the picture has each colour: eight hues, each pale or strong, dark or light; and four greys."""
    hue, saturation, value = colours.T
    is_grey = (saturation < 0.12) | (value < 0.12)
    hues = (hue * HUES + 0.5).astype(np.int64) % HUES  # red stands in the middle of its part, not on its edge
    tinted = hues * 4 + (saturation > 0.5) * 2 + (value > 0.6)
    greys = HUES * 4 + np.minimum((value * GREYS).astype(np.int64), GREYS - 1)
    found: Floats = np.bincount(np.where(is_grey, greys, tinted), minlength=PALETTE) / len(colours)
    return found


def _texture(grey: Floats) -> Floats:
    """Return how strong the edges of each direction are, near (over one pixel) and far (over four)."""
    parts = []
    for step in (1, 4):
        across = grey[step:-step, 2 * step :] - grey[step:-step, : -2 * step]
        down = grey[2 * step :, step:-step] - grey[: -2 * step, step:-step]
        strength, direction = np.hypot(across, down).ravel(), np.arctan2(down, across).ravel() % np.pi
        sector = np.minimum((direction / np.pi * DIRECTIONS).astype(np.int64), DIRECTIONS - 1)
        parts.append(np.bincount(sector, weights=strength, minlength=DIRECTIONS) / len(strength))
    return np.concatenate(parts)


def _centred(pictures: Floats) -> Floats:
    """Return the features less their mean: what all pictures have in common says nothing about any of them."""
    shown = (pictures != 0).sum(axis=1) > 0
    if shown.sum() < 2:
        return pictures
    found: Floats = np.where(shown[:, None], pictures - pictures[shown].mean(axis=0), 0.0)
    return found
