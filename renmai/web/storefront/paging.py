"""Page numbers from addresses: anything that is no sensible number is the first page."""

from dataclasses import dataclass

from django.http import HttpRequest

LAST_PAGE = 1000


def page_number(request: HttpRequest) -> int:
    """Return the number after ``page=``, between 1 and ``LAST_PAGE``."""
    text = request.GET.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def query_of(request: HttpRequest, position: "Position") -> str:
    """Return this page's query string where its neighbours' addresses need it, "" where it is the only one."""
    return request.GET.urlencode() if position.has_next or position.has_previous else ""


@dataclass(frozen=True)
class Position:
    """Where one is in a list: for the buttons below it."""

    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def next(self) -> int:
        """The number of the page that follows."""
        return self.number + 1

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1
