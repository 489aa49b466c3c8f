"""Pages of long lists: every list that grows is read page by page."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
View = TypeVar("View")

LARGEST_PAGE = 200


def paged(rows: QuerySet[Row], *, number: int, size: int) -> Page[Row]:
    """Return page ``number`` (from 1) of ``rows``, which must be ordered; a page beyond the end is the last one."""
    return Paginator(rows, min(size, LARGEST_PAGE)).get_page(number)


def viewed(page: Page[Any], convert: Callable[[Any], View]) -> Page[View]:
    """Return the same page with every row turned into what its reader needs."""
    views: list[View] = [convert(row) for row in page.object_list]
    return Page(views, page.number, page.paginator)
