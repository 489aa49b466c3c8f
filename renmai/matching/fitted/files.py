"""Where the model that serves is kept: a file of what it learnt about goods, and a manifest that names the file and says why this one.

The manifest is the truth and is replaced last, so whoever dies in between leaves the model before. Nothing here needs NumPy until a model is
written or read: pages read manifests.
"""

import json
import os
import secrets
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from renmai import __version__
from renmai.kernel import clock
from renmai.ordering.models import Order

if TYPE_CHECKING:
    from renmai.matching.recommenders.base import Learnt
    from renmai.matching.shelf import Ints

FORMAT: Final = 1
"""Changes whenever what a model keeps changes its meaning: an older file is then not read, and the next refit comes at once."""

MANIFEST: Final = "serving.json"
ALERT: Final = "matching.model"
SUBJECT: Final = "matching"
GOODS: Final = "goods"
STALE_AFTER: Final = timedelta(days=7)
STRAY_AFTER: Final = 3600.0
"""Seconds after which a file that no manifest names is swept: until then another worker may be about to name it."""


class Fault(StrEnum):
    """Why no model serves."""

    NONE_YET = "none_yet"
    NONE_CHOSEN = "none_chosen"
    MISSING = "missing"
    CORRUPT = "corrupt"
    OTHER_VERSION = "other_version"
    STALE = "stale"
    OTHER_SHOP = "other_shop"
    OTHER_GOODS = "other_goods"


class Unusable(Exception):
    """The kept model cannot serve; ``fault`` says why, the sentence is for the log."""

    def __init__(self, fault: Fault, sentence: str = "") -> None:
        super().__init__(sentence or fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is known of the model that serves without opening it. ``model`` is its name, "" when none was good enough.

    ``rests_on`` is the number of the newest order that was read: a folder that came from another shop is known by it. ``figures`` are
    those of ``choosing.Figure`` by their names.
    """

    model: str
    why: str
    made_at: datetime
    file: str
    checksum: str
    code: str
    form: int
    rests_on: str
    people: int
    goods: int
    orders: int
    wishes: int
    seconds: float
    held_out_days: int
    asked_people: int
    asked_pairs: int
    figures: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Contents:
    """What a file holds: the ids of the goods it is about, ascending, and what was learnt of them."""

    goods: "Ints"
    learnt: "Mapping[str, Learnt]"


def folder() -> Path:
    """Return where models lie, made when it is missing."""
    path = Path(settings.RENMAI_HOME) / "models"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def manifest() -> Manifest:
    """Return the manifest as it stands, however old. Raises ``Unusable``: there is none yet, or it cannot be read."""
    try:
        text = (Path(settings.RENMAI_HOME) / "models" / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Unusable(Fault.NONE_YET) from error
    except OSError as error:
        raise Unusable(Fault.MISSING, f"the manifest cannot be read: {error}") from error
    try:
        said = json.loads(text)
        if said["form"] != FORMAT:
            raise Unusable(Fault.OTHER_VERSION, f"the manifest has form {said['form']}, and {FORMAT} is expected")
        made_at = datetime.fromisoformat(said["made_at"])
        return Manifest(**{**said, "made_at": made_at, "figures": tuple(said["figures"])})
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable(Fault.CORRUPT, f"the manifest cannot be understood: {error}") from error


def check(found: Manifest) -> None:
    """Raise ``Unusable`` for a model that may not serve now. At most one statement.

    None chosen, of other code, of a shop whose newest order is not one of ours, stale or of the future, or its file gone.
    """
    if not found.model:
        raise Unusable(Fault.NONE_CHOSEN)
    if found.code != __version__:
        raise Unusable(Fault.OTHER_VERSION, f"it was made by version {found.code}, and this is {__version__}")
    if not Order.objects.filter(number=found.rests_on).exists():
        raise Unusable(Fault.OTHER_SHOP, f"it rests on order {found.rests_on}, which is not ours")
    age = clock.now() - found.made_at
    if age > STALE_AFTER or age < -timedelta(minutes=5):
        raise Unusable(Fault.STALE, f"it was made at {found.made_at:%Y-%m-%d %H:%M}Z")
    if not (folder() / found.file).is_file():
        raise Unusable(Fault.MISSING, f"{found.file} is gone")


def read(found: Manifest) -> Contents:
    """Return what the file of a manifest holds. Raises ``Unusable`` when it is gone, or not what was written."""
    import numpy as np

    path = folder() / found.file
    try:
        with path.open("rb") as file:
            checksum = file_digest(file, "sha256").hexdigest()
        if checksum != found.checksum:
            raise Unusable(Fault.CORRUPT, f"{found.file} is not what was written")
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except FileNotFoundError as error:
        raise Unusable(Fault.MISSING, f"{found.file} is gone") from error
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise Unusable(Fault.CORRUPT, f"{found.file} cannot be read: {error}") from error
    return Contents(arrays.pop(GOODS), _joined(arrays))


def keep(about: Manifest, contents: Contents | None) -> Manifest:
    """Keep a model in place of the one before and return its manifest with file and checksum; without ``contents`` only that none serves.

    Whole or not at all: an ``OSError`` (a full disk) leaves the model before, and nothing of this one.
    """
    before = _named_now()
    kept = about
    if contents is not None:
        name = f"{_slug(about.model)}-{about.made_at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.npz"
        kept = replace(about, file=name, checksum=_write(folder() / name, contents))
    said = {**asdict(kept), "made_at": kept.made_at.isoformat()}
    try:
        _whole(folder() / MANIFEST, json.dumps(said, ensure_ascii=False, indent=1).encode())
    except OSError:
        if kept.file:
            (folder() / kept.file).unlink(missing_ok=True)
        raise
    if before and before != kept.file:
        (folder() / before).unlink(missing_ok=True)
    _sweep(kept.file)
    return kept


def _named_now() -> str:
    try:
        return manifest().file
    except Unusable:
        return ""


def _write(path: Path, contents: Contents) -> str:
    """Write the file whole or not at all, and return the checksum of what stands on the disk."""
    import numpy as np

    passing = path.with_suffix(".part")
    try:
        with passing.open("wb") as file:
            np.savez_compressed(file, **{GOODS: contents.goods, **_parted(contents.learnt)})
            file.flush()
            os.fsync(file.fileno())
        with passing.open("rb") as file:
            checksum = file_digest(file, "sha256").hexdigest()
        passing.replace(path)
    except OSError:
        passing.unlink(missing_ok=True)
        raise
    return checksum


def _whole(path: Path, content: bytes) -> None:
    passing = path.with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        with passing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError:
        passing.unlink(missing_ok=True)
        raise


def _sweep(named: str) -> None:
    """Remove what no manifest names and no other worker can be about to name: left by one that died."""
    for path in [*folder().glob("*.npz"), *folder().glob("*.part")]:
        if path.name != named and time.time() - path.stat().st_mtime > STRAY_AFTER:
            path.unlink(missing_ok=True)


def _slug(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).split())


_PARTS: Final[Sequence[str]] = ("data", "indices", "indptr", "shape")


def _parted(learnt: "Mapping[str, Learnt]") -> dict[str, Any]:
    """Return what was learnt as plain arrays: a sparse matrix becomes its four parts."""
    import numpy as np
    import scipy.sparse as sp

    found: dict[str, Any] = {}
    for name, value in learnt.items():
        if sp.issparse(value):
            found |= {f"{name}.{part}": np.asarray(getattr(value, part)) for part in _PARTS}
        else:
            found[name] = value
    return found


def _joined(arrays: Mapping[str, Any]) -> "dict[str, Learnt]":
    import scipy.sparse as sp

    names = {name.partition(".")[0]: "." in name for name in arrays}
    found: dict[str, Any] = {}
    for name, is_sparse in names.items():
        if not is_sparse:
            found[name] = arrays[name]
            continue
        data, indices, indptr, shape = (arrays[f"{name}.{part}"] for part in _PARTS)
        found[name] = sp.csr_matrix((data, indices, indptr), shape=tuple(shape.tolist()))
    return found
