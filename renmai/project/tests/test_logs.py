"""The log says what happened and gives nobody away: a purchase and all that can fail about it, at the most talkative level."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import DataError, IntegrityError, transaction
from django.test import Client
from django.utils.module_loading import import_string

from renmai.accounts.actions import create_member, save_address
from renmai.accounts.inputs import AddressInput
from renmai.accounts.models import User
from renmai.accounts.tests.factories import NANSHAN, PASSWORD, make_staff
from renmai.channels.queries import inbox
from renmai.journeys.tests.world import goods, settle_down
from renmai.ordering.models import Order
from renmai.payments.models import SandboxTrade
from renmai.programs.actions import create_token
from renmai.project import logs
from renmai.web.storefront.tests.buying import checkout_form, fill_cart

PHONE, NAME, STREET = "13845678901", "欧阳纳兰性德", "翠竹北街八百八十八号"
NOTE, SHOPPER = "请放在蓝色的门口", "慕容小满"


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log would say at level DEBUG."""
    told = logs.configuration("DEBUG")
    stream = io.StringIO()
    line = told["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(import_string(line["()"])(line["format"], style=line["style"]))
    levels = {"": told["root"]["level"]} | {name: row["level"] for name, row in told["loggers"].items()}
    before = {name: logging.getLogger(name).level for name in levels}
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def code_for(phone: str) -> str:
    import re

    found = re.search(r"\d{6}", inbox(phone=phone)[0].body)
    assert found is not None
    return found.group()


def secrets_of(client: Client) -> list[str]:
    return [morsel.value for morsel in client.cookies.values() if len(morsel.value) > 8]


@pytest.mark.django_db
def test_a_purchase_and_its_failures_give_nobody_away(talk: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False, headers={"Referer": f"http://testserver/search/?q={NAME}"})
    client.post("/sign-in/", {"step": "phone", "phone": PHONE, "has_agreed": "on"})
    code = code_for(PHONE)
    client.post("/sign-in/?step=code", {"step": "code", "code": "000000"})
    assert client.post("/sign-in/?step=code", {"step": "code", "code": code}).status_code == 302
    member = User.objects.get(phone=PHONE)
    User.objects.filter(pk=member.pk).update(display_name=SHOPPER)
    save_address(member, AddressInput(NAME, PHONE, NANSHAN, STREET, is_default=True))
    (sku,) = goods()
    fill_cart(client, [sku])
    placed = client.post("/checkout/", checkout_form(client) | {"note": NOTE})
    assert placed.status_code == 302
    order = Order.objects.get()
    assert (order.recipient, order.phone) == (NAME, PHONE)
    client.post(f"/orders/{order.number}/pay/")
    client.post(f"/sandbox/{SandboxTrade.objects.get().trade}/", {"behaviour": "pay"})
    settle_down()
    token = create_token(member, name="till")[1]
    _fail_in_every_way(client, token, monkeypatch)
    said = talk.getvalue()
    assert "broke" in said
    assert "Internal Server Error" in said
    assert "Not Found" in said
    for given_away in (
        PHONE,
        NAME,
        STREET,
        NOTE,
        SHOPPER,
        code,
        token,
        PASSWORD,
        *secrets_of(client),
        client.session.session_key,
    ):
        assert str(given_away) not in said, given_away
    assert PHONE[3:7] not in said


def _fail_in_every_way(client: Client, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that writes a warning or an error: refusals, absent pages, forged requests, bugs, and databases that quote rows."""
    keyed = {"Authorization": f"Bearer {token}"}
    client.get(f"/nothing/?phone={PHONE}&name={NAME}")
    client.get("/cart/add/", {"phone": PHONE})
    client.get("/", headers={"Host": "evil.example"})
    Client(enforce_csrf_checks=True).post("/sign-in/", {"phone": PHONE, "code": "123456"})
    client.post("/console/sign-in/", {"username": make_staff().username, "password": PASSWORD})
    client.get("/api/v1/me", headers={"Authorization": f"Bearer {token}x"})
    quoted = [
        IntegrityError(f"duplicate key value\nDETAIL:  Key (phone)=({PHONE}) already exists."),
        IntegrityError(f"null value\nDETAIL:  Failing row contains (7, {NAME}, {PHONE}, {NANSHAN}, {STREET} (3), null)."),
        DataError(f'invalid input syntax for type integer: "{NAME}"'),
        ValueError(f"invalid literal for int() with base 10: '{STREET}'"),
        TypeError(f"Field 'id' expected a number but got '{NAME}'."),
        RuntimeError(f"GET https://api.weixin.qq.com/sns/oauth2/access_token?appid=wx1&secret={token}&code={PHONE}"),
        RuntimeError(f"headers {{'Authorization': 'Bearer {token}', 'Cookie': 'sessionid={client.session.session_key}'}}"),
    ]
    for problem in quoted:

        def broken(*_arguments: object, problem: Exception = problem, **_options: object) -> None:
            raise problem

        monkeypatch.setattr("renmai.web.storefront.views.me.show", broken)
        assert client.get(f"/me/?name={NAME}").status_code == 500
        monkeypatch.setattr("renmai.api.routes.me.person", broken)
        assert client.get("/api/v1/me", headers=keyed).status_code == 500


@pytest.mark.django_db
def test_a_real_refusal_of_the_database_is_not_quoted(talk: io.StringIO) -> None:
    first, _second = create_member(PHONE, display_name=NAME), create_member("13900000000", display_name=NAME)
    try:
        with transaction.atomic():
            User.objects.exclude(pk=first.pk).update(phone=PHONE)
    except IntegrityError:
        logging.getLogger("renmai.test").exception("it was refused")
    said = talk.getvalue()
    assert "it was refused" in said
    assert PHONE not in said
    assert NAME not in said


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("call 13845678901 now", "call 138****8901 now"),
        ("call +86 138-4567-8901 now", "call +86 138****8901 now"),
        ("call +4915112345678 now", "call +491*** now"),
        ("order R261121-7K3M9QXA2B, 13845678901234 fen", "order R261121-7K3M9QXA2B, 13845678901234 fen"),
        ("took 0.13845678901 s", "took 0.13845678901 s"),
        ("GET /search/?q=tea&page=2", "GET /search/?q=***&page=***"),
        ("next=/a?b=c", "next=/a?b=***"),
        ("Authorization: Bearer rm_ABCDEFGH", "Authorization: *** ***"),
        ("key rm_ABCDEFGHJK ended", "key rm_*** ended"),
        ("{'code': '123456', 'totp': 654321}", "{'code': '***', 'totp': ***}"),
        ("access_token=abc; sessionid=def", "access_token=***; sessionid=***"),
        ("password: hunter22", "password: ***"),
        ("postgres is ready (status code 200)", "postgres is ready (status code 200)"),
        ("DETAIL:  Key (a, b)=(1, (2)) already exists.", "DETAIL:  Key (a, b)=(***) already exists."),
        ("accounts.code_wrong: This code is not right.", "accounts.code_wrong: This code is not right."),
    ],
)
def test_what_a_line_keeps(line: str, kept: str) -> None:
    assert logs.masked(line) == kept


def test_masking_is_quick_whatever_stands_there() -> None:
    import time

    began = time.process_time()
    for text in ("a" * 20_000, "1" * 20_000, "token" * 4_000, "&a" * 10_000, "(" * 10_000, "Key (" * 4_000, "+" * 20_000):
        logs.masked(text)
    assert time.process_time() - began < 3


def test_the_settings_use_it_and_statements_are_never_logged() -> None:
    told = django_settings.LOGGING
    assert told == logs.configuration("WARNING")
    quiet: dict[str, Any] = logs.configuration("DEBUG")["loggers"]
    assert quiet["django.db.backends"]["level"] == "INFO"
    assert quiet["django.template"]["level"] == "INFO"
    assert {quiet["httpx"]["level"], quiet["httpcore"]["level"]} == {"WARNING"}
