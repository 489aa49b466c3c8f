"""What the content security policy promises, seen in every page that people get: nothing inline, nothing from another host."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from renmai.project.middleware import CONTENT_SECURITY_POLICY, HEADERS
from renmai.project.tests.endpoints import town as towns
from renmai.project.tests.endpoints.requests import knocks, sent_and_taken_back, whoever_may
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

LOADS = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("audio", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("form", "action"),
    ("use", "href"),
    ("image", "href"),
}
"""Attributes from which a browser fetches, or to which it sends, without being told again."""

DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})


class Page(HTMLParser):
    """Notes what a page may not contain."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        found = {name: value or "" for name, value in attrs}
        for name, value in found.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.wrong.append(f"<{tag} {name}>")
            if re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE):
                self.wrong.append(f"<{tag} {name}={value[:40]}>")
            if (tag, name) in LOADS and not self._is_ours(value):
                self.wrong.append(f"<{tag} {name}={value}>")
        if tag in {"style", "iframe", "object", "embed", "base"}:
            self.wrong.append(f"<{tag}>")
        if tag == "script" and "src" not in found and found.get("type") not in DATA_SCRIPTS:
            self.wrong.append("<script> without src")

    def _is_ours(self, value: str) -> bool:
        hosts = {urlsplit(part.strip().split(" ")[0]).netloc for part in value.split(",")}
        return hosts <= {"", "testserver", "localhost:8000"}


def offences(text: str) -> list[str]:
    page = Page()
    page.feed(text)
    assert page.tags, "no page at all"
    return page.wrong


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color:red">', ["<p style>"]),
        ("<style>p{}</style>", ["<style>"]),
        ("<script>1</script>", ["<script> without src"]),
        ('<a onclick="x()">', ["<a onclick>"]),
        ('<div hx-on::after-request="x()">', ["<div hx-on::after-request>"]),
        ('<a href=" javascript:x()">', ["<a href= javascript:x()>"]),
        ('<script src="https://cdn.example/x.js"></script>', ["<script src=https://cdn.example/x.js>"]),
        ('<img src="/a.png" srcset="/a.png 1x, //cdn.example/b.png 2x">', ["<img srcset=/a.png 1x, //cdn.example/b.png 2x>"]),
        ('<form action="https://evil.example/">', ["<form action=https://evil.example/>"]),
        ('<a href="https://example.org/">a link is no load</a><img src="/a.png">', []),
    ],
)
def test_the_scan_finds_what_it_is_for(text: str, found: list[str]) -> None:
    assert offences(text) == found


def test_no_page_holds_anything_inline_or_foreign(moving_clock: MovingClock) -> None:
    town = towns.build(moving_clock)
    wrong, pages = [], 0
    for knock in knocks(town):
        answer, _changes = sent_and_taken_back(whoever_may(town, knock), knock, town)
        if "html" not in answer.headers.get("Content-Type", "") or answer.streaming or not answer.content:
            continue
        pages += 1
        wrong += [f"{knock.method} {knock.endpoint.name}: {found}" for found in offences(answer.content.decode())]
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert pages > 100


def test_the_policy_allows_our_own_host_and_nothing_inline() -> None:
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; ")
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    sources = {word for part in CONTENT_SECURITY_POLICY.split("; ") for word in part.split(" ")[1:]}
    assert sources == {"'self'", "'none'"}


ALWAYS = {
    **HEADERS,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def _broken(*_arguments: object, **_options: object) -> None:
    raise ZeroDivisionError


def _checked(answer: Any, status: int) -> None:
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    if answer.streaming:
        b"".join(answer.streaming_content)


def test_every_kind_of_answer_carries_every_header() -> None:
    client = Client()
    _checked(client.get("/"), 200)
    _checked(client.get("/nothing"), 404)
    _checked(client.get("/healthz"), 200)
    _checked(client.get("/favicon.ico"), 302)
    _checked(client.get("/orders/"), 302)
    _checked(client.get("/cart/add/"), 405)
    _checked(client.get("/media/pictures/00/nothing.webp"), 404)
    _checked(client.get("/api/v1/categories"), 200)
    _checked(client.get("/api/v1/me"), 401)
    _checked(client.get("/api/nothing"), 404)
    _checked(client.post("/api/payments/sandbox/notify/", b"{}", content_type="application/json"), 401)
    _checked(client.get("/", headers={"Host": "evil.example"}), 400)
    _checked(Client(enforce_csrf_checks=True).post("/sign-in/", {"phone": "13800138000"}), 403)


def test_a_page_that_breaks_carries_every_header(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("renmai.web.storefront.views.me.show", _broken)
    client = Client(raise_request_exception=False)
    _checked(client.get("/me/"), 500)
    assert "ZeroDivisionError" not in client.get("/me/").content.decode()


def test_static_files_carry_every_header(tmp_path: Any, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    _checked(Client().get("/static/a.svg"), 200)


def test_https_is_for_a_year_where_the_shop_is_on_https(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.middleware.security import SecurityMiddleware
    from django.test import RequestFactory, override_settings

    from renmai.project.environment import read

    assert read({"RENMAI_BASE_URL": "https://shop.example"}).https
    with override_settings(SECURE_HSTS_SECONDS=365 * 24 * 3600):
        middleware = SecurityMiddleware(lambda _request: Client().get("/healthz"))
        answer: Any = middleware(RequestFactory().get("/", secure=True))
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
