"""Pages that are put into words once for everything they show.

A page whose whole context is one frozen value reads the same for the same value. So its text is kept under that value, and only what is
different in every answer, the token against forged forms, is put in afterwards. Nothing here can be out of date: the value is read anew
for every request, and a price, a stock or a word that has changed makes another value, which is put into words anew.

The text of one language is never shown in another, a page with messages for one person is never kept, and what is kept is bounded:
the pages that were asked for least recently go first.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.safestring import SafeData
from django.utils.translation import get_language

BYTES_KEPT = 8 * 1024 * 1024
"""Per process: some four hundred pages of the usual 20 kB. The values they stand under take not half as much again."""

PLAIN = (str, int, date, Enum, Promise, type(None))
# Not to be guessed, so that no text on a page can stand where the token goes.
TOKEN_PLACE = secrets.token_hex(32)

Text = tuple[bytes, ...]
"""A page, cut where the token goes in."""


class _Key:
    """Template, language and what is shown. Adding up a page with twenty goods takes a while, so it is done once."""

    __slots__ = ("hash", "parts")

    def __init__(self, *parts: Hashable) -> None:
        self.parts = parts
        self.hash = hash(parts)

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.parts == other.parts


class _Shelf:
    """The kept pages, the one used last at the end, never more than ``limit`` bytes of them."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._texts: OrderedDict[_Key, tuple[_Key, Text]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key) -> Text | None:
        """Return the page under ``key`` and note that it was used."""
        with self._lock:
            kept = self._texts.get(key)
            if kept is None:
                return None
            # By its own key, which needs no comparing.
            self._texts.move_to_end(kept[0])
            return kept[1]

    def put(self, key: _Key, text: Text) -> None:
        """Keep a page; the oldest ones make room for it."""
        with self._lock:
            if key in self._texts:
                return
            self._texts[key] = (key, text)
            self.size += _length(text)
            while self.size > self.limit and self._texts:
                _oldest, (_key, gone) = self._texts.popitem(last=False)
                self.size -= _length(gone)

    def clear(self) -> None:
        """Forget every page."""
        with self._lock:
            self._texts.clear()
            self.size = 0


shelf = _Shelf(BYTES_KEPT)


def render_shown(request: HttpRequest, template: str, shown: Any, *, status: int = 200) -> HttpResponse:
    """Answer with ``template`` filled from the fields of ``shown``, as ``django.shortcuts.render`` would, from memory when it is there.

    ``shown`` is a frozen dataclass of plain values all the way down, and the template's whole context but for ``csrf_token`` and
    ``messages``: it gets neither ``request`` nor ``user``. Raises ``TypeError`` for anything else, such as an object of the database:
    two of those are equal when their keys are, whatever else they say.
    """
    # The same question the template would ask; it also makes the answer vary by cookie.
    messages = get_messages(request)
    # Whoever works on the templates wants to see what she has just written.
    if messages or settings.DEBUG:
        return HttpResponse(_rendered(template, shown, token=get_token(request), messages=messages), status=status)
    key = _Key(template, get_language() or "", shown)
    text = shelf.get(key)
    if text is None:
        _require_plain(shown)
        text = tuple(part.encode() for part in _rendered(template, shown, token=TOKEN_PLACE).split(TOKEN_PLACE))
        shelf.put(key, text)
    body = text[0] if len(text) == 1 else get_token(request).encode().join(text)
    return HttpResponse(body, status=status)


def _rendered(template: str, shown: Any, *, token: str, messages: Any = ()) -> str:
    context = {field.name: getattr(shown, field.name) for field in fields(shown)}
    # Without a request no context processor is asked: the page has all it needs.
    return get_template(template).render(context | {"csrf_token": token, "messages": messages})


def _require_plain(value: object) -> None:
    """Raise ``TypeError`` unless ``value`` is equal to another exactly when both read the same."""
    if isinstance(value, SafeData):
        raise TypeError("a kept page takes texts as they are, not markup: it is equal to the text that must be escaped")
    if isinstance(value, tuple | frozenset):
        for part in value:
            _require_plain(part)
    elif is_dataclass(value) and not isinstance(value, type):
        if not value.__dataclass_params__.frozen:  # type: ignore[attr-defined]
            raise TypeError(f"a kept page cannot show {type(value).__name__}, which may change")
        for field in fields(value):
            _require_plain(getattr(value, field.name))
    elif not isinstance(value, PLAIN):
        raise TypeError(
            f"a kept page cannot show a {type(value).__name__}: only plain, frozen values are equal when they read the same"
        )


def _length(text: Text) -> int:
    return sum(map(len, text))
