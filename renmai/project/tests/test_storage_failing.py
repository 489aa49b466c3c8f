"""A database that does not answer is a page with a sentence and a status, wherever in the request it fails."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from renmai.accounts.tests.factories import make_member
from renmai.payments.providers.sandbox import signing
from renmai.project import middleware

MOST_STATEMENTS = 40
SAID = {"merchant": "renmai", "subject": "payment", "outcome": "succeeded", "amount_fen": 1}
pytestmark = pytest.mark.django_db

SENTENCE = "系统暂时无法读写数据，没有任何操作重复执行，请几秒后再试。"


@contextmanager
def database_away(*, after: int = 0) -> Iterator[None]:
    """Let every statement fail from the one after ``after`` on."""
    sent = 0

    def fate(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal sent
        sent += 1
        if sent > after:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fate):
        yield


@pytest.fixture
def anybody() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def member() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_member())
    return client


@pytest.mark.parametrize("address", ["/", "/me/", "/cart/", "/orders/", "/api/v1/orders"])
def test_whichever_statement_fails_the_answer_says_so(member: Client, address: str) -> None:
    for after in range(MOST_STATEMENTS):
        with database_away(after=after):
            answer = member.get(address, headers={"Accept-Language": "zh-CN"})
        if answer.status_code == 200:
            break
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        text = answer.content.decode()
        assert SENTENCE in text
        assert "storage.away" in text
        assert "Traceback" not in text
        assert answer.headers["Content-Security-Policy"] == middleware.CONTENT_SECURITY_POLICY
    assert 1 <= after < MOST_STATEMENTS - 1


def test_a_page_says_so_in_english(anybody: Client) -> None:
    with database_away():
        answer = anybody.get("/", headers={"Accept-Language": "en"})
    assert answer.status_code == 503
    assert "We cannot reach our books at the moment." in answer.content.decode()


def test_a_form_that_could_not_be_taken_says_so(member: Client) -> None:
    with database_away():
        answer = member.post("/cart/add/", {"sku": "1", "quantity": "1"})
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (503, True)


def test_a_program_is_told_in_json(anybody: Client) -> None:
    with database_away():
        answer = anybody.get("/api/v1/products", headers={"Accept-Language": "zh-CN"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json() == {"code": "storage.away", "sentence": SENTENCE, "field": "", "details": {}}


def test_a_provider_is_told_to_come_again(anybody: Client) -> None:
    body = json.dumps({**dict.fromkeys(("number", "provider_id", "currency"), "X"), **SAID}).encode()
    headers = signing.signed_headers(body)
    with database_away():
        answer = anybody.post("/api/payments/sandbox/notify/", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (503, "storage.away")


def test_a_bug_is_still_a_bug(anybody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: Any, **_options: Any) -> Any:
        raise ValueError("a bug")

    monkeypatch.setattr("renmai.web.ui.middleware.people.write_cookies", broken)
    answer = anybody.get("/")
    assert answer.status_code == 500
    assert "这不是你的错" in answer.content.decode()
