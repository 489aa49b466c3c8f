"""What the base templates need to draw navigation: frozen values that page-sets build for the current page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Tab:
    """One entry of the phone's bottom tabs (``tabs``) or of the console's left navigation."""

    label: str | Promise
    icon: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class NavigationGroup:
    """A titled group of entries in the console's left navigation (context value ``navigation`` is a list of these)."""

    label: str | Promise
    links: tuple[Tab, ...]


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumbs; the last one has no address."""

    label: str | Promise
    url: str = ""


@dataclass(frozen=True)
class TimelineItem:
    """One event of a timeline. ``state``: done, now, todo or bad. ``url`` makes the detail a link."""

    title: str | Promise
    state: Literal["done", "now", "todo", "bad"] = "done"
    at: datetime | None = None
    detail: str | Promise = ""
    url: str = ""


@dataclass(frozen=True)
class Column:
    """A column of ``table.html``. ``sort_url`` makes its head a link; ``sorted`` is ``ascending`` or ``descending``."""

    label: str | Promise
    number: bool = False
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of ``table.html``: text, optionally a link, a number (right-aligned) or a badge (``kind``: good, warn, bad, info)."""

    text: str | Promise
    url: str = ""
    number: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Error:
    """What ``ui/error.html`` shows: a sentence and a way on."""

    status: int
    title: str | Promise
    sentence: str | Promise
    illustration_url: str
    way_on_url: str = "/"
    way_on_label: str | Promise = ""
    back_url: str = "/"
    code: str = field(default="")


def with_current(tabs: Sequence[Tab], path: str) -> list[Tab]:
    """Return ``tabs`` with the one whose address is the longest prefix of ``path`` marked as current."""
    matching = [tab.url for tab in tabs if path == tab.url or path.startswith(tab.url.rstrip("/") + "/")]
    best = max(matching, key=len, default=None)
    return [replace(tab, current=tab.url == best) for tab in tabs]
