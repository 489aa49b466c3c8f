"""Requests that no browser of an honest person sends: where ``next`` may lead, foreign hosts, crooked paths, long headers."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, unquote_to_bytes, urlsplit

import pytest
from django.test import Client

from renmai.accounts.tests.factories import PASSWORD, code_of, enrol, make_member, make_staff
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.channels.models import OutgoingText
from renmai.journeys.tests.world import agent_with_shop
from renmai.sharing.actions import choose_product
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
AWAY = (
    f"https://{EVIL}/",
    f"http:{EVIL}",
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"////{EVIL}/",
    f"/\\{EVIL}/",
    f"\\\\{EVIL}/",
    f"\\/{EVIL}/",
    f"/\t/{EVIL}/",
    f"/\n/{EVIL}/",
    f"/\r\n/{EVIL}/",
    f"\x00//{EVIL}/",
    f" //{EVIL}/",
    f"https://testserver@{EVIL}/",
    f"https://testserver:pass@{EVIL}/",
    f"https://testserver.{EVIL}/",
    f"//testserver@{EVIL}",
    f"https:///{EVIL}/",
    f"https:{EVIL}",
    f"HTTPS://{EVIL}",
    f"ftp://{EVIL}/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//testserver",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    f"%2f%2f{EVIL}/",
    f"/%09/{EVIL}/",
    f"https%3a//{EVIL}/",
    f"http://[::1]@{EVIL}/",
    "http://[",
    f"／／{EVIL}/",
    f"/〱{EVIL}",
    f"http://{EVIL}\uff0ftestserver/",
    "",
)


def leads(answer: object) -> str:
    """Where an answer sends the browser."""
    headers = answer.headers  # type: ignore[attr-defined]
    return str(headers.get("Location") or headers.get("HX-Redirect") or "")


def is_away(address: str) -> bool:
    """Whether a browser at our page would leave it: browsers drop control characters and take backslashes for slashes."""
    as_read = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/")
    parts = urlsplit(as_read)
    return (bool(parts.scheme) or as_read.startswith("//")) and parts.netloc != "testserver"


def test_the_judge_of_addresses_knows_what_leads_away() -> None:
    assert [wanted for wanted in AWAY[:18] if not is_away(wanted)] == [f"http:{EVIL}"][:0]
    assert not any(map(is_away, ("/", "/me/", "/sign-in/?next=https%3A%2F%2Fevil.example", "http://testserver/cart/", "?page=2")))


def asked_code(client: Client, wanted: str, phone: str) -> str:
    client.post("/sign-in/", {"step": "phone", "phone": phone, "has_agreed": "on", "next": wanted})
    found = re.search(r"\d{6}", OutgoingText.objects.filter(phone=phone).latest("pk").body)
    assert found
    return found.group()


def test_no_next_of_a_form_or_an_address_leads_off_the_site() -> None:
    agent, shop = agent_with_shop()
    product = make_product()
    sku = make_sku(product)
    choose_product(shop, product)
    seller, member = Client(), Client()
    seller.force_login(agent.user)
    member.force_login(make_member())
    for wanted in AWAY:
        for address in _answers(seller, member, wanted, product.pk, sku.pk):
            assert not is_away(address), (wanted, address)
            # What goes on to the next step is judged there; it must not have come that far.
            assert not any(is_away(value) for value in parse_qs(urlsplit(address).query).get("next", [])), (wanted, address)


def _answers(seller: Client, member: Client, wanted: str, product_id: int, sku_id: int) -> Iterator[str]:
    asked = quote(wanted)
    yield leads(member.get(f"/sign-in/?next={asked}"))
    yield leads(member.post("/sign-in/", {"next": wanted}))
    yield leads(member.post(f"/p/{product_id}/favourite/", {"next": wanted}))
    yield leads(member.post("/i18n/setlang/", {"language": "en", "next": wanted}))
    yield leads(member.post("/i18n/setlang/", {"language": "en"}, headers={"Referer": _header(wanted)}))
    yield leads(member.post("/cart/add/", {"sku_id": sku_id, "quantity": 1}, headers={"Referer": _header(wanted)}))
    yield leads(member.post("/cart/add/", {"sku_id": sku_id, "next": wanted}))
    yield leads(member.post("/cart/add/", {"sku_id": sku_id}, headers={"Referer": _header(wanted), "HX-Request": "true"}))
    yield leads(seller.post(f"/agent/shop/goods/{product_id}/choose/", {"next": wanted}))
    yield leads(seller.post(f"/agent/shop/goods/{product_id}/drop/", {"next": wanted}))
    yield leads(Client().get(f"/orders/?next={asked}"))
    yield leads(Client().post("/addresses/new/", headers={"Referer": _header(wanted)}))
    yield leads(Client().get(f"/console/orders/?next={asked}"))


def _header(text: str) -> str:
    """As much of a text as a header can carry."""
    return re.sub(r"[\x00\r\n]", "", text).encode("latin-1", "ignore").decode("latin-1")


def test_no_next_leads_a_member_off_the_site_after_the_code() -> None:
    for number, wanted in enumerate(AWAY):
        client = Client()
        code = asked_code(client, wanted, f"139{number:08d}")
        address = leads(client.post(f"/sign-in/?next={quote(wanted)}", {"step": "code", "code": code, "next": wanted}))
        assert address
        assert not is_away(address), (wanted, address)


def test_no_next_leads_the_staff_off_the_site(moving_clock: MovingClock) -> None:
    app, _codes = enrol(make_staff(username="wang"))
    for wanted in AWAY:
        moving_clock.advance(minutes=3)
        client = Client()
        half = leads(client.post("/console/sign-in/", {"username": "wang", "password": PASSWORD, "next": wanted}))
        assert half.startswith("/console/sign-in/")
        assert not any(map(is_away, parse_qs(urlsplit(half).query).get("next", []))), (wanted, half)
        done = leads(client.post("/console/sign-in/", {"totp": code_of(app), "next": wanted}))
        assert done
        assert not is_away(done), (wanted, done)
        assert not is_away(leads(client.get(f"/console/sign-in/?next={quote(wanted)}"))), wanted


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": EVIL},
        {"Host": f"testserver@{EVIL}"},
        {"Host": f"testserver:80@{EVIL}"},
        {"Host": f"{EVIL}:80"},
        {"Host": "testserver evil"},
        {"Host": "testserver/evil"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Host": "a" * 5000},
    ],
)
def test_a_foreign_host_is_refused_with_our_page(headers: dict[str, str]) -> None:
    answer = Client().get("/", headers=headers)
    assert answer.status_code == 400
    assert EVIL.encode() not in answer.content
    assert b"<h1" in answer.content


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"]
)
def test_headers_of_proxies_that_nobody_trusts_change_nothing(name: str) -> None:
    value = {"Forwarded": f"host={EVIL};proto=https", "X-Original-URL": "/console/", "X-Rewrite-URL": "/console/"}.get(name, EVIL)
    plain, sent = Client().get("/orders/"), Client().get("/orders/", headers={name: value})
    assert (sent.status_code, leads(sent)) == (plain.status_code, leads(plain)) == (302, "/sign-in/?next=%2Forders%2F")
    page = Client().get("/sign-in/", headers={name: value})
    assert page.status_code == 200
    assert EVIL.encode() not in page.content


CROOKED = (
    "//",
    f"//{EVIL}",
    f"//{EVIL}/%2f..",
    f"///{EVIL}/orders",
    f"/\\{EVIL}",
    f"/%5c{EVIL}/",
    f"/%2f{EVIL}/",
    "/orders/../console/",
    "/./orders/",
    "/orders/%2e%2e/console/",
    "/orders/%2f/",
    "/orders/%00/",
    "/s/%00",
    "/p/%00/",
    "/orders/%ff%fe/",
    "/category/%C0%AE/",
    "/orders//",
    "/ORDERS/",
    "/orders/;jsessionid=1/",
    "/orders/%250d%250aSet-Cookie:x/",
    "/orders/%0d%0aSet-Cookie:x=1/",
    "/p/9" + "9" * 400 + "/",
    "/s/" + "a" * 10_000,
    "/search/?q=" + "长" * 10_000,
    "/search/?" + "&".join(f"a{number}=1" for number in range(5000)),
    "/media/pictures/../../db.sqlite3",
    "/media/pictures/..%2f..%2fdb.sqlite3",
    "/media/%2e%2e/%2e%2e/etc/passwd",
    "/static/../settings.py",
    "/static/%2e%2e/%2e%2e/renmai/project/settings.py",
    "/console",
    "/agent",
    "/api",
    "/api/v1/../../console/",
)


def as_it_stands(client: Client, method: str, path: str) -> Any:
    """Send a path as a server would hand it on; Django's own client would read a host into two slashes."""
    before, _mark, query = path.partition("?")
    raw = unquote_to_bytes(before).decode("latin-1")
    return client.generic(method, "/", PATH_INFO=raw, QUERY_STRING=quote(query, safe="=&%+"))


@pytest.mark.parametrize("path", CROOKED, ids=range(len(CROOKED)))
def test_crooked_paths_lead_nowhere_and_break_nothing(path: str) -> None:
    for method in ("GET", "POST"):
        answer = as_it_stands(Client(), method, path)
        assert answer.status_code < 500, (method, path[:80])
        assert not is_away(leads(answer)), (method, path[:80], leads(answer))
        assert "Set-Cookie:x" not in str(answer.headers)
        assert b"SECRET_KEY" not in answer.content


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "a=" + "b" * 60_000},
        {"Cookie": "; ".join(f"c{number}=x" for number in range(3000))},
        {"Cookie": "sessionid=; visitor=:; shop=::::; csrftoken=\x01"},
        {"Cookie": "visitor=" + "é" * 40},
        {"Accept-Language": "en-" * 5000},
        {"Accept-Language": "zh;q=nan, en;q=1e400, *;q=-1"},
        {"Accept": "*/*," * 5000},
        {"User-Agent": "x" * 60_000},
        {"User-Agent": "\x7f\xff\x01"},
        {"Referer": "http://[" + "x" * 5000},
        {"Authorization": "Bearer " + "x" * 60_000},
        {"Authorization": "Basic é"},
        {"Authorization": "Bearer"},
        {"X-Visitor": "x" * 60_000},
        {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Trigger-Name": "é", "HX-Prompt": "%"},
        {"If-Modified-Since": "yesterday", "If-None-Match": '"' + "x" * 5000, "Range": "bytes=0-1,5-9,-0"},
        {"Content-Type": "application/json; charset=klingon"},
        {"Content-Type": "text/html; charset=utf-16"},
        {"Content-Length": "-1"},
        {"Content-Encoding": "gzip"},
        {"Transfer-Encoding": "chunked"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
    ids=range(22),
)
def test_headers_without_end_or_sense_break_nothing(headers: dict[str, str]) -> None:
    product = make_product()
    make_sku(product)
    person = Client()
    person.force_login(make_member())
    for path in (f"/p/{product.pk}/", "/cart/", "/orders/", "/api/v1/cart", "/sign-in/"):
        for client in (Client(), person) if path == "/cart/" else (person,):
            answer = client.get(path, headers=headers)
            assert answer.status_code < 500, (path, answer.content[:300])
    for path in ("/cart/add/", "/sign-in/", "/api/v1/cart/lines", "/api/payments/sandbox/notify/"):
        assert Client().post(path, {}, headers=headers).status_code < 500, path


def test_a_slash_that_is_missing_is_added_without_leaving_the_site() -> None:
    assert leads(Client().get("/orders")) == "/orders/"
    assert leads(as_it_stands(Client(), "GET", f"//{EVIL}/orders")) == ""
    assert leads(as_it_stands(Client(), "GET", f"//{EVIL}/%2f../agent")) == ""
