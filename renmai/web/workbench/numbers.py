"""Numbers that people type: page numbers and amounts of money."""

import re
import unicodedata
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

LAST_PAGE = 500
AMOUNT = re.compile(r"([0-9]{1,11})(?:\.([0-9]{0,2}))?")
GROUPS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
Item = TypeVar("Item")


def page_number(request: HttpRequest) -> int:
    """Return the number after ``page=``, between 1 and ``LAST_PAGE``; anything else is the first page."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def number_of(request: HttpRequest, name: str) -> int:
    """Return a small whole number of the query, 0 for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def page_of(total: int, *, number: int, size: int) -> Page[int]:
    """Return the page ``number`` of a list of ``total`` lines, for its heading and its buttons; beyond the end is the last one."""
    return Paginator(range(total), size).get_page(number)


def parse_fen(text: str) -> int | None:
    """Return an amount in yuan as fen, exactly; None for what is no amount.

    Takes full-width digits, a leading ¥, a trailing 元, spaces and thousands separators. No sign, no exponent, at most two decimals.
    """
    plain = unicodedata.normalize("NFKC", text).replace("。", ".").strip()
    plain = re.sub(r"\s", "", plain.removeprefix("\N{YEN SIGN}").removesuffix("元"))
    if GROUPS.fullmatch(plain):
        plain = plain.replace(",", "")
    found = AMOUNT.fullmatch(plain)
    if found is None:
        return None
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def plain_yuan(amount_fen: int) -> str:
    """Return an amount as one types it: ``12.50``."""
    return f"{amount_fen // 100}.{amount_fen % 100:02d}"


def percent_text(basis_points: int) -> str:
    """Return a rate as people read it: ``12%``, ``7.5%``."""
    whole, hundredths = divmod(basis_points, 100)
    return (f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".")) + "%"
