"""Pages of long lists."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 20
LAST_PAGE = 500
"""Nobody reads further; a search narrows the list."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a list, numbered from 1."""

    items: tuple[Item, ...]
    number: int
    size: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1


def page_of(rows: QuerySet[Row], *, number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """Cut one page out of ``rows``, without counting all of them."""
    number = min(max(1, number), LAST_PAGE)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(items=tuple(found[:size]), number=number, size=size, has_next=len(found) > size)
