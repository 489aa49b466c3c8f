import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

import renmai.web.ui
from renmai.kernel.errors import DomainError
from renmai.web.ui import errors
from renmai.web.ui.icons import ICONS
from renmai.web.ui.navigation import Tab, with_current
from renmai.web.ui.tests.test_rules import offences


class NameForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the card")
    note = forms.CharField(label="Note", required=False)


@pytest.fixture
def developer(settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]


@pytest.mark.usefixtures("developer")
@pytest.mark.parametrize("query", ["", "?on=console"])
def test_the_style_page_shows_every_component_without_inline_code(client: Client, query: str) -> None:
    response = client.get(f"/ui/{query}")
    html = response.content.decode()
    assert response.status_code == 200
    assert offences(html) == []
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    for sheet in ("tokens.css", "base.css", "components.css"):
        assert f"ui/{sheet}" in html


def test_the_style_page_is_for_developers(client: Client, settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]
    settings.RENMAI_DEMO = False  # type: ignore[attr-defined]
    assert client.get("/ui/").status_code == 404


@pytest.mark.usefixtures("developer")
def test_ids_are_unique_and_labels_find_their_fields(client: Client) -> None:
    html = client.get("/ui/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'<label[^>]*\sfor="([^"]+)"', html):
        assert target in ids


def test_an_error_stands_beside_its_field_and_keeps_what_was_typed() -> None:
    html = str(NameForm({"name": "", "note": "<b>x"}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'value="&lt;b&gt;x"' in html


def test_icons_are_svg() -> None:
    assert len(ICONS) >= 60
    for name in ICONS:
        ET.fromstring(Template("{% load ui %}{% icon name label=label %}").render(Context({"name": name, "label": "<x>"})))  # noqa: S314  # nosec B314  # drawn by ourselves


def test_a_decorating_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in Template('{% load ui %}{% icon "cart" %}').render(Context())


def test_sheet_keeps_its_content_escaped_and_opens_by_its_name() -> None:
    template = Template('{% load ui %}{% sheet "sku" title %}<p>{{ text }}</p>{% endsheet %}')
    html = template.render(Context({"title": "A & B", "text": "<script>"}))
    assert '<dialog class="sheet" id="sku"' in html
    assert "A &amp; B" in html
    assert "<p>&lt;script&gt;</p>" in html


def test_sparkline_stays_in_its_box() -> None:
    html = Template('{% load ui %}{% sparkline values label="Sales" %}').render(Context({"values": [3, 3, 9, 0]}))
    points = re.search(r'polyline class="sparkline-line" points="([^"]+)"', html)
    assert points is not None
    for point in points[1].split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= 96
        assert 0 <= y <= 28
    assert Template("{% load ui %}{% sparkline values %}").render(Context({"values": [1]})) == ""


@pytest.mark.parametrize(("value", "maximum", "width"), [(0, 10, "0.0"), (5, 10, "50.0"), (20, 10, "100.0"), (1, 0, "0.0")])
def test_bar(value: int, maximum: int, width: str) -> None:
    html = Template("{% load ui %}{% bar value maximum %}").render(Context({"value": value, "maximum": maximum}))
    assert f'class="bar-fill" width="{width}"' in html


def test_querystring_with_changes_and_removes() -> None:
    request = RequestFactory().get("/shelf/", {"q": "茶", "page": "3", "sort": "new"})
    html = Template("{% load ui %}{% querystring_with page=4 sort=None %}").render(Context({"request": request}))
    assert html == "?q=%E8%8C%B6&amp;page=4"


def test_the_longest_matching_tab_is_current() -> None:
    tabs = [Tab("Home", "home", "/"), Tab("Cart", "cart", "/cart/"), Tab("Me", "person", "/me/")]
    assert [tab.current for tab in with_current(tabs, "/me/orders/")] == [False, False, True]
    assert [tab.current for tab in with_current(tabs, "/p/7/")] == [True, False, False]
    assert [tab.current for tab in with_current(tabs[1:], "/p/7/")] == [False, False]


def test_messages_are_announced() -> None:
    html = render_to_string("ui/components/messages.html", {"messages": [Message(40, "<no>")]})
    assert 'role="status"' in html
    assert "toast-error" in html
    assert "&lt;no&gt;" in html


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500])
def test_error_pages_say_a_sentence_and_a_way_on(status: int) -> None:
    response = errors.render_error(RequestFactory().get("/x/"), status)
    html = response.content.decode()
    assert response.status_code == status
    assert str(errors.SENTENCES[status]) in html
    assert 'class="button button-main" href="/"' in html


def test_a_refusal_is_shown_with_its_own_sentence() -> None:
    error = DomainError("request.too_many", seconds=12)
    response = errors.refusal(RequestFactory().get("/x/"), error)
    assert response.status_code == 429
    assert error.sentence in response.content.decode()
    assert "request.too_many" in response.content.decode()


@pytest.mark.parametrize("name", ["ui.js", "stream.js"])
def test_the_scripts_use_nothing_a_strict_policy_forbids(name: str) -> None:
    script = (Path(renmai.web.ui.__file__).parent / "static/ui" / name).read_text(encoding="utf-8")
    for forbidden in ("eval(", "new Function", ".innerHTML", ".style.", 'setAttribute("style"', "document.write"):
        assert forbidden not in script
