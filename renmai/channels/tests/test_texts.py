"""Text messages: the development inbox, and the gateway."""

import json
import logging
from typing import Any

import httpx
import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from renmai.channels import actions, gateway, queries
from renmai.channels.actions import TextPurpose
from renmai.channels.models import OutgoingText
from renmai.channels.table import CHANNELS
from renmai.policy.rules import KEYS
from tools.testing.moving_clock import MovingClock

PHONE = "13800138000"
TOKEN = "a-token-for-tests"
ON = override_settings(RENMAI_TEXT_GATEWAY_URL="https://texts.example/send", RENMAI_TEXT_GATEWAY_TOKEN=TOKEN)


class FakeGateway:
    """Stands in for the operator's gateway; ``answers`` are given in turn, the last one for ever."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[int | Exception] = [200]

    def handle(self, request: httpx.Request) -> httpx.Response:
        """Note the request and answer it."""
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer)

    @property
    def messages(self) -> list[dict[str, str]]:
        """What was sent."""
        return [json.loads(request.content) for request in self.requests]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeGateway:
    stand_in, original = FakeGateway(), gateway.send

    def send(phone: str, **rest: Any) -> None:
        original(phone, **rest, transport=httpx.MockTransport(stand_in.handle))

    monkeypatch.setattr(gateway, "send", send)
    return stand_in


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "part"), [("zh-hans", "登录验证码是 012345"), ("en", "012345 is your sign-in code")])
def test_without_a_gateway_the_inbox_shows_the_message(fake: FakeGateway, language: str, part: str) -> None:
    with translation.override(language):
        text = actions.send_sign_in_code(PHONE, "012345")
    actions.send_text("13900139000", TextPurpose.NOTICE, "到货通知")
    assert [row.phone for row in queries.inbox()] == ["13900139000", PHONE]
    assert [row.pk for row in queries.inbox(phone=PHONE)] == [text.pk]
    assert part in queries.inbox(phone=PHONE)[0].body
    assert text.sent_at is None
    assert actions.send_waiting_texts(10) == 0
    assert fake.requests == []


@pytest.mark.django_db
@pytest.mark.parametrize("body", ["", "x" * 301])
def test_a_message_that_fits_no_phone_is_a_bug(body: str) -> None:
    with pytest.raises(ValueError, match="300"):
        actions.send_text(PHONE, TextPurpose.NOTICE, body)
    assert not OutgoingText.objects.exists()


@pytest.mark.django_db(transaction=True)
@ON
def test_a_gateway_takes_the_message_and_the_code_is_forgotten(fake: FakeGateway) -> None:
    with translation.override("en"):
        actions.send_sign_in_code(PHONE, "012345")
    actions.send_text(PHONE, TextPurpose.NOTICE, "到货通知")
    assert fake.messages == [
        {
            "phone": PHONE,
            "purpose": "sign_in_code",
            "body": "012345 is your sign-in code at Renmai, good for 5 minutes. Never tell it to anybody.",
        },
        {"phone": PHONE, "purpose": "notice", "body": "到货通知"},
    ]
    assert fake.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    rows = list(OutgoingText.objects.order_by("pk"))
    assert [row.body for row in rows] == ["", "到货通知"]
    assert all(row.sent_at for row in rows)


@pytest.mark.django_db(transaction=True)
@ON
@pytest.mark.parametrize("answer", [500, 302, 401, httpx.ReadTimeout("slow")])
def test_a_gateway_that_fails_is_asked_again_and_tells_nothing(
    fake: FakeGateway, answer: int | Exception, caplog: pytest.LogCaptureFixture
) -> None:
    fake.answers = [answer, answer, 200]
    with caplog.at_level(logging.INFO):
        actions.send_sign_in_code(PHONE, "012345")
        assert actions.send_waiting_texts(10) == 0
    assert OutgoingText.objects.get().sent_at is None
    assert actions.send_waiting_texts(10) == 1
    assert actions.send_waiting_texts(10) == 0
    assert len(fake.requests) == 3
    assert "waits" in caplog.text
    for hidden in ("012345", TOKEN, PHONE):
        assert hidden not in caplog.text


@pytest.mark.django_db(transaction=True)
@ON
def test_nothing_is_sent_inside_a_transaction(fake: FakeGateway) -> None:
    with transaction.atomic():
        actions.send_text(PHONE, TextPurpose.NOTICE, "到货通知")
        assert fake.requests == []
    assert actions.send_waiting_texts(10) == 1
    assert len(fake.requests) == 1


@pytest.mark.django_db(transaction=True)
@ON
def test_what_comes_too_late_is_not_sent(fake: FakeGateway, moving_clock: MovingClock) -> None:
    fake.answers = [500, 200]
    actions.send_sign_in_code(PHONE, "012345")
    moving_clock.advance(minutes=2)
    assert actions.send_waiting_texts(10) == 0
    assert len(fake.requests) == 1


@pytest.mark.django_db
def test_messages_are_forgotten_after_a_day_in_bounded_steps(moving_clock: MovingClock) -> None:
    for _number in range(3):
        actions.send_text(PHONE, TextPurpose.NOTICE, "旧")
    moving_clock.advance(days=1, seconds=1)
    fresh = actions.send_text(PHONE, TextPurpose.NOTICE, "新")
    assert [actions.forget_texts(2) for _time in range(3)] == [2, 1, 0]
    assert OutgoingText.objects.get().pk == fresh.pk


@pytest.mark.django_db
def test_the_inbox_is_bounded() -> None:
    OutgoingText.objects.bulk_create(OutgoingText(phone=PHONE, purpose="notice", body="x") for _number in range(120))
    assert len(queries.inbox()) == 30
    assert len(queries.inbox(limit=10**6)) == 100


def test_the_table_names_every_channel_once_and_only_rules_that_exist() -> None:
    keys = [channel.key for channel in queries.channels()]
    assert keys == ["phone_text", "wechat_public_account", "wechat_mini_program"]
    for channel in CHANNELS:
        assert set(channel.rule_keys) <= KEYS
        assert channel.limits
        for capability in channel.can:
            assert str(capability.label)
    assert [channel.is_on() for channel in CHANNELS] == [False, False, False]
