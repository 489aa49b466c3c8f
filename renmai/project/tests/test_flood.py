"""Floods: turned away as page and as JSON with the time left, by address, member and key; never a provider, never a statement."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from renmai.accounts.limits import GUESTS_PER_ADDRESS, LIMITS, TABLE, By, Kept
from renmai.accounts.tests.factories import make_member
from renmai.kernel.limits import Buckets
from renmai.programs.actions import create_token
from renmai.project import flood
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

ELSEWHERE = "203.0.113.7"


@pytest.fixture(autouse=True)
def _limits_hold(settings: Any, moving_clock: MovingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RENMAI_LIMITS = 1.0
    monkeypatch.setattr(flood, "buckets", Buckets())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make limits small: ``few(page=3)``."""

    def make(**most: int) -> None:
        from dataclasses import replace

        for act, number in most.items():
            name = act.replace("_", ".")
            monkeypatch.setitem(LIMITS, name, replace(LIMITS[name], most=number, seconds=60))

    return make


def statuses(client: Client, path: str, times: int, **headers: str) -> list[int]:
    return [client.get(path, headers=headers).status_code for _time in range(times)]


def routes(resolver: URLResolver, prefix: str = "") -> "list[str]":
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(prefix + str(pattern.pattern))
        else:
            found += routes(pattern, prefix + str(pattern.pattern))
    return found


def test_every_request_of_the_table_exists_and_every_act_has_its_limit() -> None:
    assert {route for _method, route in flood.ACTS} <= set(routes(get_resolver()))
    counted = {limit.act for limit in TABLE if limit.kept is Kept.MEMORY and limit.by is By.CALLER}
    assert set(flood.ACTS.values()) == counted
    assert len(LIMITS) == len(TABLE)


def test_an_address_that_asks_for_too_much_is_told_when_to_come_back(few: Callable[..., None], moving_clock: MovingClock) -> None:
    few(page=3)
    client = Client(REMOTE_ADDR=ELSEWHERE)
    assert statuses(client, "/", 4) == [200, 200, 200, 429]
    answer = client.get("/")
    assert answer["Retry-After"] == "21"
    assert "请 21 秒后再试" in answer.content.decode()
    assert "Content-Security-Policy" in answer
    told = client.get("/api/v1/categories")
    assert (told.status_code, told["Retry-After"], told.json()["code"]) == (429, "21", "request.too_many")
    assert told.json()["details"] == {"seconds": 21}
    assert statuses(client, "/nothing-here", 1) == [429]
    assert statuses(Client(REMOTE_ADDR="203.0.113.8"), "/", 1) == [200]
    moving_clock.advance(seconds=20)
    assert statuses(client, "/", 2) == [200, 429]


def test_pictures_are_counted_for_themselves(few: Callable[..., None]) -> None:
    few(page=2, picture=4)
    client = Client(REMOTE_ADDR=ELSEWHERE)
    assert statuses(client, "/pictures/a/seed.svg", 5) == [200] * 4 + [429]
    assert statuses(client, "/", 3) == [200, 200, 429]


def test_a_household_of_ipv6_is_one_and_this_machine_is_never_counted(few: Callable[..., None]) -> None:
    few(page=2)
    found = [Client(REMOTE_ADDR=f"2001:db8:1:2::{number}").get("/").status_code for number in range(1, 4)]
    assert found == [200, 200, 429]
    assert Client(REMOTE_ADDR="2001:db8:1:3::1").get("/").status_code == 200
    assert statuses(Client(), "/", 5) == [200] * 5


def test_the_proxys_word_counts_only_when_it_is_trusted(few: Callable[..., None], settings: Any) -> None:
    few(page=2)
    settings.RENMAI_TRUST_PROXY = True
    proxy = Client(REMOTE_ADDR="10.0.0.1")
    one = [proxy.get("/", headers={"X-Forwarded-For": f"9.9.9.9, {ELSEWHERE}"}).status_code for _time in range(3)]
    assert one == [200, 200, 429]
    assert proxy.get("/", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
    settings.RENMAI_TRUST_PROXY = False
    forged = [proxy.get("/", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code for number in range(20, 23)]
    assert forged == [200, 200, 429]


def test_providers_and_health_are_never_turned_away(few: Callable[..., None]) -> None:
    few(page=1)
    client = Client(REMOTE_ADDR=ELSEWHERE)
    assert statuses(client, "/healthz", 5) == [200] * 5
    notices = [client.post("/api/payments/sandbox/notify/", b"{}", content_type="application/json") for _time in range(5)]
    assert 429 not in {answer.status_code for answer in notices}


def test_a_costly_act_counts_for_the_member_wherever_she_is(few: Callable[..., None]) -> None:
    few(search=2)
    member = make_member()
    clients = [Client(REMOTE_ADDR=f"203.0.113.{number}") for number in range(3)]
    for client in clients:
        client.force_login(member)
    assert [client.get("/search/?q=茶").status_code for client in clients] == [200, 200, 429]
    other = Client(REMOTE_ADDR="203.0.113.1")
    other.force_login(make_member())
    assert statuses(other, "/search/?q=茶", 1) == [200]
    assert statuses(clients[0], "/", 1) == [200]


def test_a_costly_act_of_guests_counts_for_the_address_many_times_over(few: Callable[..., None]) -> None:
    few(search=1)
    found = [Client(REMOTE_ADDR=ELSEWHERE).get("/search/?q=茶").status_code for _time in range(GUESTS_PER_ADDRESS + 1)]
    assert found == [200] * GUESTS_PER_ADDRESS + [429]


def test_a_key_is_counted_for_itself_and_wrong_ones_for_the_address(few: Callable[..., None]) -> None:
    few(search=2, key_wrong=3)
    key = {"Authorization": f"Bearer {create_token(make_member(), name='till')[1]}"}
    client = Client(REMOTE_ADDR=ELSEWHERE)
    assert statuses(client, "/api/v1/products", 3, **key) == [200, 200, 429]
    guesses = [client.get("/api/v1/me", headers={"Authorization": f"Bearer rm_{n}"}).status_code for n in range(4)]
    assert guesses == [401, 401, 401, 429]
    assert client.get("/api/v1/me", headers=key).status_code == 429
    assert Client(REMOTE_ADDR="203.0.113.8").get("/api/v1/me", headers=key).status_code == 200


def test_one_variable_makes_limits_generous_or_ends_them(few: Callable[..., None], settings: Any) -> None:
    few(page=2)
    settings.RENMAI_LIMITS = 2.0
    assert statuses(Client(REMOTE_ADDR=ELSEWHERE), "/", 5) == [200] * 4 + [429]
    settings.RENMAI_LIMITS = 0.0
    assert statuses(Client(REMOTE_ADDR=ELSEWHERE), "/", 5) == [200] * 5


def test_turning_away_costs_no_statement(
    few: Callable[..., None], statements: Callable[[int], AbstractContextManager[None]]
) -> None:
    few(page=1)
    client = Client(REMOTE_ADDR=ELSEWHERE)
    client.get("/healthz")
    assert statuses(client, "/api/v1/categories", 1) == [200]
    with statements(0):
        assert statuses(client, "/api/v1/categories", 1) == [429]
