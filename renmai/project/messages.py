"""Translations: what the rooms say, what is still untranslated, and the compiled files that Django reads.

Each room keeps its own ``locale/zh_Hans/LC_MESSAGES/django.po``; the message ids are the English sentences. Compiled files are
never committed: the build makes them for the wheel, and a checkout makes them when a ``.po`` is newer.
"""

import io
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as babel_extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGE = "zh_Hans"
PO_PATH = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
SKIPPED_FOLDERS = frozenset({"tests", "migrations", "__pycache__"})
LINE_WIDTH = 120


@dataclass(frozen=True)
class Gap:
    """One sentence without its translation."""

    room: str
    message: str
    reason: str


@dataclass(frozen=True)
class Dispute:
    """One sentence that rooms translate differently: Django knows only one, and whose it is depends on the order of the rooms."""

    message: str
    texts: tuple[tuple[str, str], ...]
    """Each room with its translation."""


def compile_stale(package: Path = PACKAGE) -> int:
    """Compile every ``.po`` that is newer than its ``.mo``; return how many. Safe when several processes do it at once."""
    count = 0
    for source in sorted(package.rglob("LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        buffer = io.BytesIO()
        write_mo(buffer, read_catalogue(source))
        half = target.with_suffix(f".{os.getpid()}.mo")
        half.write_bytes(buffer.getvalue())
        half.replace(target)
        count += 1
    return count


def read_catalogue(path: Path) -> Catalog:
    """Return the translations in ``path``."""
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, domain="django", abort_invalid=True)


def rooms(package: Path = PACKAGE) -> Iterator[Path]:
    """Yield the folder of every room: each folder with an ``apps.py``."""
    for apps in sorted(package.rglob("apps.py")):
        yield apps.parent


def room_name(room: Path, package: Path = PACKAGE) -> str:
    """Return the name of a room as imports write it: ``web.ui``."""
    return ".".join(room.relative_to(package).parts)


def extract(room: Path) -> Catalog:
    """Return every string that ``room`` shows to people, from its Python files and its templates."""
    found = Catalog(locale=LANGUAGE, project="Renmai", version="", fuzzy=False)
    for path in _sources(room):
        content = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            content = _as_python(content, path)
        place = path.relative_to(room).as_posix()
        stream = io.BytesIO(content.encode())
        for _line, message, comments, context in babel_extract("python", stream, KEYWORDS, ["Translators:"]):
            found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def gaps(room: Path, *, package: Path = PACKAGE) -> list[Gap]:
    """Return what is untranslated, unsure or no longer used in the room's catalogue."""
    name = room_name(room, package)
    wanted = extract(room)
    path = room / PO_PATH
    have = read_catalogue(path) if path.exists() else Catalog(locale=LANGUAGE)
    result = []
    for message in wanted:
        if not message.id:
            continue
        entry = have.get(message.id, message.context)
        text = str(message.id)
        if entry is None:
            result.append(Gap(name, text, "missing"))
        elif entry.fuzzy:
            result.append(Gap(name, text, "fuzzy"))
        elif not _is_translated(entry):
            result.append(Gap(name, text, "empty"))
        else:
            result.extend(Gap(name, text, str(error)) for error in entry.check(have))
    unused = [entry for entry in have if entry.id and wanted.get(entry.id, entry.context) is None]
    return result + [Gap(name, str(entry.id), "not used") for entry in unused]


def disputes(package: Path = PACKAGE) -> list[Dispute]:
    """Return the sentences to which the rooms give different translations without telling them apart by a context."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for room in rooms(package):
        path = room / PO_PATH
        for entry in read_catalogue(path) if path.exists() else ():
            if entry.id and _is_translated(entry):
                found[_text(entry.id), entry.context or ""][room_name(room, package)] = _text(entry.string or "")
    return [
        Dispute(message, tuple(texts.items()))
        for (message, _context), texts in sorted(found.items())
        if len(set(texts.values())) > 1
    ]


def update(room: Path) -> int:
    """Add the room's new strings to its catalogue, drop unused ones, keep translations; return how many are left to translate."""
    wanted = extract(room)
    path = room / PO_PATH
    if not any(message.id for message in wanted):
        return 0
    catalogue = read_catalogue(path) if path.exists() else Catalog(locale=LANGUAGE, project="Renmai", fuzzy=False)
    catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=LINE_WIDTH, include_lineno=False, sort_by_file=True, ignore_obsolete=True)
    return sum(1 for message in catalogue if message.id and not _is_translated(message))


def _text(forms: str | list[str] | tuple[str, ...]) -> str:
    return forms if isinstance(forms, str) else " / ".join(forms)


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def _sources(room: Path) -> Iterator[Path]:
    nested = [other.parent for other in room.rglob("apps.py") if other.parent != room]
    for path in sorted(room.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or SKIPPED_FOLDERS & set(path.relative_to(room).parts):
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        if not any(path.is_relative_to(inner) for inner in nested):
            yield path


def _as_python(content: str, path: Path) -> str:
    from django.utils.translation.template import templatize

    # Brackets around the whole keep Python's tokenizer from reading meaning into the indentation of a page.
    return f"({templatize(content, origin=str(path))})"
