"""Walks the resolver: every address with its name, its view and the methods that the view takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

NINJA = "ninja.operation"
EVERY_METHOD = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


@dataclass(frozen=True)
class Endpoint:
    """One address: ``name`` with its namespace, ``words`` the parts of the address that change."""

    name: str
    route: str
    methods: frozenset[str]
    words: tuple[str, ...]
    is_of_the_api: bool


def endpoints() -> tuple[Endpoint, ...]:
    """Return every address of the project."""
    return tuple(_walk(get_resolver(), "", ""))


def methods_of(view: Callable[..., Any]) -> frozenset[str]:
    """Return the methods that a decorator of Django's lets through, anywhere around ``view``; every method when there is none."""
    step: Any = view
    while step is not None:
        closed_over = (
            dict(zip(step.__code__.co_freevars, step.__closure__ or (), strict=True)) if hasattr(step, "__code__") else {}
        )
        if "request_method_list" in closed_over:
            return frozenset(closed_over["request_method_list"].cell_contents)
        step = getattr(step, "__wrapped__", None)
    return EVERY_METHOD


def _walk(resolver: URLResolver, route: str, namespace: str) -> Iterator[Endpoint]:
    for pattern in resolver.url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, whole, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "__wrapped__", pattern.callback)
            yield Endpoint(
                name=f"{namespace}{pattern.name or _name_of(pattern.callback)}",
                route=whole,
                methods=methods_of(pattern.callback),
                words=tuple(pattern.pattern.converters) or tuple(getattr(pattern.pattern, "regex", None).groupindex or ()),  # type: ignore[union-attr]
                is_of_the_api=str(getattr(view, "__module__", "")).startswith("ninja"),
            )


def _name_of(view: Any) -> str:
    return f"{view.__module__.rpartition('.')[2]}.{view.__name__}"
