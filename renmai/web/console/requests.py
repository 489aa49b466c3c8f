"""What a request says, read without trust: numbers, days, uploaded text."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from renmai.kernel.errors import DomainError

LARGEST_PAGE = 100_000
LARGEST_ID = 2**63 - 1
TEXT_LENGTH = 80
CSV_BYTES = 2 * 1024 * 1024
EARLIEST_YEAR = 2000
LATEST_YEAR = 2999


def page_number(request: HttpRequest) -> int:
    """Return the page asked for, 1 for anything that is none."""
    return min(max(1, number(request, "page") or 1), LARGEST_PAGE)


def number(request: HttpRequest, name: str) -> int | None:
    """Return a small whole number of the query, None for anything else."""
    text = request.GET.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID)) and int(text) <= LARGEST_ID):
        return None
    return int(text)


def revision_seen(request: HttpRequest) -> int:
    """Return the revision that stood on the page from which somebody decides; 0, which nothing has, for anything else."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_ID)) else 0


def words(request: HttpRequest, name: str = "q") -> str:
    """Return what somebody typed into a search, without what no database takes, at most 80 characters."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:TEXT_LENGTH]


def choice(request: HttpRequest, name: str, allowed: "frozenset[str] | set[str] | list[str]") -> str:
    """Return the query's value when it is one of ``allowed``, "" for anything else."""
    value = request.GET.get(name, "")
    return value if value in allowed else ""


def day(request: HttpRequest, name: str) -> date | None:
    """Return a day of the query (``2026-11-21``), None for anything that is none, or that no shop has seen."""
    try:
        found = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None


def csv_text(upload: "UploadedFile[Any]") -> str:
    """Return an uploaded CSV as text: UTF-8, or what a Chinese spreadsheet writes. Raises ``ordering.csv_broken`` for anything else."""
    if upload.size is None or upload.size > CSV_BYTES:
        raise DomainError("ordering.csv_broken", field="file")
    content: bytes = upload.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DomainError("ordering.csv_broken", field="file")
