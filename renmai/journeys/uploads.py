"""Files that people uploaded: which rows name them, and what becomes of one that none names any more.

Rows go without their files: a picture is taken off a post, a shop gets another portrait, somebody dies between the file and its row. The
same content is stored once, so whoever takes a row away does not know who else shows it. All tables are asked here.
"""

import time
from collections.abc import Collection, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Model

from renmai.campaigns.models import ScenePicture
from renmai.catalogue.actions.pictures import FOLDER as PICTURES
from renmai.catalogue.actions.pictures import discard_picture, sizes_of
from renmai.catalogue.models import ProductPicture
from renmai.content.clips import FOLDER as VIDEOS
from renmai.content.clips import discard_clip, is_clip
from renmai.journeys.holdings import holdings
from renmai.ordering.actions.evidence import CLAIMS_FOLDER

FOLDERS: Final = (PICTURES, VIDEOS, CLAIMS_FOLDER)
WRITTEN_FOR: Final = timedelta(days=1)
"""A younger file may still be on its way to its row. The time is that of the disk, which no clock of ours moves."""

ASKED_AT_ONCE: Final = 200


def discard(path: str) -> None:
    """Delete a picture, all its sizes, or a video, unless a row names any of it."""
    if not _named_among(_together(path)):
        (discard_clip if is_clip(path) else discard_picture)(path)


def sweep(limit: int) -> int:
    """Delete up to ``limit`` files that no row names and that are older than ``WRITTEN_FOR``; return how many. For a timer.

    A database that names no file at all is not the one these belong to: somebody moves the shop, or is about to restore it.
    """
    if not any(model._default_manager.exclude(**{column: ""}).exists() for model, column in _columns()):
        return 0
    gone = 0
    for block in _blocks(_old_files()):
        named = _named_among([each for path in block for each in _together(path)])
        for path in block:
            if gone == limit:
                return gone
            file = Path(settings.MEDIA_ROOT) / path
            # Asked again at the last moment: who uploads the same once more makes the file as good as new.
            if named.isdisjoint(_together(path)) and _is_old(file):
                file.unlink(missing_ok=True)
                gone += 1
    return gone


def _together(path: str) -> tuple[str, ...]:
    """Return the paths of all files that come and go with one: the sizes of a picture."""
    return (path,) if is_clip(path) else sizes_of(path)


def _columns() -> dict[tuple[type[Model], str], None]:
    """Return the columns that hold paths, each once."""
    found: list[tuple[type[Model], str]] = [(each.model, column) for each in holdings() for column in each.files]
    return dict.fromkeys([*found, (ProductPicture, "path"), (ScenePicture, "path"), (ScenePicture, "small_path")])


def _named_among(paths: Collection[str]) -> set[str]:
    """Return those of ``paths`` that any row names. One statement for each column that holds paths."""
    found: set[str] = set()
    for model, column in _columns():
        rows = model._default_manager.filter(**{f"{column}__in": list(paths)})
        found.update(rows.values_list(column, flat=True))
    return found


def _old_files() -> Iterator[str]:
    """Yield the paths below the media folder of uploads that are old enough, and of what was left half written."""
    root = Path(settings.MEDIA_ROOT)
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and _is_old(file):
                yield file.relative_to(root).as_posix()


def _is_old(file: Path) -> bool:
    try:
        return file.stat().st_mtime < time.time() - WRITTEN_FOR.total_seconds()
    except FileNotFoundError:
        return False


def _blocks(paths: Iterator[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for path in paths:
        block.append(path)
        if len(block) == ASKED_AT_ONCE:
            yield block
            block = []
    if block:
        yield block
