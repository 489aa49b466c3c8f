"""Filters as chips: links that keep the rest of the query."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Chip:
    """One choice of a filter."""

    label: "str | Promise"
    url: str
    current: bool
    count: int | None = None


def chips(
    request: HttpRequest,
    name: str,
    choices: "Iterable[tuple[str, str | Promise]]",
    *,
    default: str = "",
    counts: "dict[str, int] | None" = None,
    path: str = "",
) -> list[Chip]:
    """Return the choices of the filter ``name``; each link keeps the other filters and goes back to the first page.

    ``path`` is the list's own address, for a list that answers a form sent elsewhere.
    """
    values = [(value, label) for value, label in choices]
    now = request.GET.get(name, default)
    if now not in {value for value, _label in values}:
        now = default
    found = []
    for value, label in values:
        query = request.GET.copy()
        for key in ("page", name):
            query.pop(key, None)
        if value != default:
            query[name] = value
        address = f"{path or request.path}?{query.urlencode()}" if query else path or request.path
        found.append(Chip(label, address, current=value == now, count=counts.get(value) if counts else None))
    return found
