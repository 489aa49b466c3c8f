"""Pages put into words once: the same values give the same text, other values never do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from renmai.catalogue.models import Product
from renmai.web.ui import remembering
from renmai.web.ui.remembering import TOKEN_PLACE, render_shown, shelf

TEMPLATE = "{% load i18n %}{% csrf_token %}{% for one in messages %}<b>{{ one }}</b>{% endfor %}{% translate 'Search' %} {{ title }} {{ free }}"


@dataclass(frozen=True)
class Shown:
    """A small page."""

    title: str
    free: int
    parts: tuple[Any, ...] = ()


@pytest.fixture(autouse=True)
def rendered(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An empty shelf, and the titles that were put into words, in order."""
    said: list[str] = []
    template = engines["django"].from_string(TEMPLATE)

    class Noting:
        def render(self, context: dict[str, Any]) -> str:
            said.append(context["title"])
            return template.render(context)

    monkeypatch.setattr(remembering, "get_template", lambda _name: Noting())
    shelf.clear()
    yield said
    shelf.clear()


def a_request() -> HttpRequest:
    """A request with a session, as a browser without cookies sends it."""
    request = RequestFactory().get("/")
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    CsrfViewMiddleware(lambda _request: HttpResponse()).process_request(request)
    request._messages = default_storage(request)  # type: ignore[attr-defined]
    return request


def page(shown: Any, request: HttpRequest | None = None) -> str:
    """The text of the page for one more reader."""
    return render_shown(request or a_request(), "page.html", shown).content.decode()


def without_token(text: str) -> str:
    """What everybody reads."""
    return text.rpartition(">")[2]


def test_the_same_values_are_put_into_words_once(rendered: list[str]) -> None:
    first, second = page(Shown("tea", 3)), page(Shown("tea", 3))
    assert without_token(first) == without_token(second) == "搜索 tea 3"
    assert rendered == ["tea"]


@pytest.mark.parametrize("changed", [{"title": "tea!"}, {"free": 2}, {"parts": (1,)}])
def test_any_other_value_is_put_into_words_anew(changed: dict[str, Any], rendered: list[str]) -> None:
    page(Shown("tea", 3))
    other = replace(Shown("tea", 3), **changed)
    assert without_token(page(other)).endswith(f" {other.title} {other.free}")
    assert len(rendered) == 2


def test_every_language_has_its_own_text() -> None:
    assert without_token(page(Shown("tea", 3))) == "搜索 tea 3"
    with translation.override("en"):
        assert without_token(page(Shown("tea", 3))) == "Search tea 3"


def test_every_reader_gets_a_token_of_her_own_that_her_forms_are_taken_with() -> None:
    tokens = []
    for _reader in range(2):
        request = a_request()
        text = page(Shown("tea", 3), request)
        token = text.partition('value="')[2].partition('"')[0]
        assert TOKEN_PLACE not in text
        posted = RequestFactory().post(
            "/", {"csrfmiddlewaretoken": token}, headers={"cookie": f"csrftoken={request.META['CSRF_COOKIE']}"}
        )
        middleware = CsrfViewMiddleware(lambda _request: HttpResponse())
        posted._dont_enforce_csrf_checks = False  # type: ignore[attr-defined]
        middleware.process_request(posted)
        assert middleware.process_view(posted, lambda _request: HttpResponse(), (), {}) is None
        tokens.append(token)
    assert tokens[0] != tokens[1]


def test_a_message_is_shown_to_one_person_once_and_never_kept(rendered: list[str]) -> None:
    request = a_request()
    messages.success(request, "Kept in your favourites.")
    assert "<b>Kept in your favourites.</b>" in page(Shown("tea", 3), request)
    assert "<b>" not in page(Shown("tea", 3))
    assert rendered == ["tea", "tea"]


def test_nothing_is_kept_while_templates_are_being_written(settings: Any, rendered: list[str]) -> None:
    settings.DEBUG = True
    assert without_token(page(Shown("tea", 3))) == without_token(page(Shown("tea", 3)))
    assert rendered == ["tea", "tea"]


def test_texts_of_people_are_escaped_and_cannot_ask_for_the_token() -> None:
    text = page(Shown("<script>{{ csrf_token }}{% csrf_token %}", 3))
    assert "&lt;script&gt;{{ csrf_token }}{% csrf_token %} 3" in text


@dataclass
class Changing:
    """Not frozen."""

    title: str = "tea"


@pytest.mark.parametrize(
    "part",
    [Product(pk=1), [1], {"a": 1}, Changing(), mark_safe("<b>"), 1.5, (("deep", [1]),)],  # nosec B308  # our own markup
    ids=lambda part: type(part).__name__,
)
def test_what_may_be_equal_and_read_otherwise_is_refused(part: Any) -> None:
    with pytest.raises(TypeError):
        page(Shown("tea", 3, (part,)))


def test_plain_values_are_taken() -> None:
    parts = (
        None,
        True,
        datetime(2026, 1, 1, tzinfo=UTC),
        Product.Status.LISTED,
        translation.gettext_lazy("Search"),
        Shown("x", 1),
    )
    assert without_token(page(Shown("tea", 3, parts))) == "搜索 tea 3"


def test_what_is_kept_is_bounded_and_the_least_used_goes_first(monkeypatch: pytest.MonkeyPatch, rendered: list[str]) -> None:
    monkeypatch.setattr(shelf, "limit", 3000)
    for number in range(5):
        page(Shown("t" * 900, number))
        page(Shown("t" * 900, 0))
    assert shelf.size <= 3000
    rendered.clear()
    page(Shown("t" * 900, 0))
    assert rendered == []
    page(Shown("t" * 900, 1))
    assert len(rendered) == 1
