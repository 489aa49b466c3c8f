"""WeChat sign-in against a stand-in that answers as WeChat's documentation says."""

import logging
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import override_settings

from renmai.channels import wechat
from renmai.kernel.errors import DomainError

STATE = "k3j4h5g6f7d8s9a0"
BACK = "https://shop.example/sign-in/wechat/back/"
SECRET = "the-secret-of-the-app"
ON = override_settings(RENMAI_WECHAT_APP_ID="wx123", RENMAI_WECHAT_APP_SECRET=SECRET, RENMAI_BASE_URL="https://shop.example")


def answering(answer: httpx.Response | Exception, seen: list[httpx.Request] | None = None) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return httpx.MockTransport(handle)


def test_without_an_app_everything_is_off() -> None:
    attempts: list[Callable[[], str]] = [
        lambda: wechat.authorisation_url(STATE, BACK),
        lambda: wechat.identify("code", transport=answering(AssertionError("nobody is asked"))),
    ]
    assert not wechat.is_on()
    for attempt in attempts:
        with pytest.raises(DomainError, match=r"channels.wechat_off"):
            attempt()


@ON
def test_the_browser_is_sent_to_wechat_with_all_it_asks_for() -> None:
    address = wechat.authorisation_url(STATE, BACK)
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://open.weixin.qq.com/connect/oauth2/authorize"
    assert parts.fragment == "wechat_redirect"
    assert parse_qs(parts.query) == {
        "appid": ["wx123"],
        "redirect_uri": [BACK],
        "response_type": ["code"],
        "scope": ["snsapi_base"],
        "state": [STATE],
    }
    assert SECRET not in address


@ON
@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "http://shop.example/", "//shop.example/", "https://shop.example@evil.example/", "/sign-in/"],
)
def test_nobody_is_sent_back_to_somewhere_else(address: str) -> None:
    with pytest.raises(DomainError, match=r"channels.redirect"):
        wechat.authorisation_url(STATE, address)


@ON
@pytest.mark.parametrize("state", ["", "short", "with-dashes-in-the-state", "x" * 129, "微" * 20])
def test_a_state_that_wechat_would_spoil_is_a_bug(state: str) -> None:
    with pytest.raises(ValueError, match="state"):
        wechat.authorisation_url(state, BACK)


@pytest.mark.parametrize(("expected", "given"), [("", ""), (STATE, ""), ("", STATE), (STATE, STATE.upper()), (STATE, "微信")])
def test_a_state_of_somebody_else_ends_the_sign_in(expected: str, given: str) -> None:
    with pytest.raises(DomainError, match=r"channels.wechat_state"):
        wechat.check_state(expected, given)
    wechat.check_state(STATE, STATE)


@ON
def test_a_code_becomes_an_openid() -> None:
    seen: list[httpx.Request] = []
    granted = {"access_token": "t", "expires_in": 7200, "openid": "oABC", "scope": "snsapi_base"}
    assert wechat.identify("061abc", transport=answering(httpx.Response(200, json=granted), seen)) == "oABC"
    (request,) = seen
    assert (request.method, request.url.host, request.url.path) == ("GET", "api.weixin.qq.com", "/sns/oauth2/access_token")
    assert dict(request.url.params) == {
        "appid": "wx123",
        "secret": SECRET,
        "code": "061abc",
        "grant_type": "authorization_code",
    }


@ON
@pytest.mark.parametrize(
    ("answer", "code", "status"),
    [
        (httpx.Response(200, json={"errcode": 40029, "errmsg": "invalid code"}), "channels.wechat_code", 400),
        (httpx.Response(200, json={"errcode": 40163, "errmsg": "code been used"}), "channels.wechat_code", 400),
        (httpx.Response(200, json={"errcode": -1, "errmsg": "system busy"}), "channels.wechat_unreachable", 503),
        (httpx.Response(200, json={"access_token": "t"}), "channels.wechat_unreachable", 503),
        (httpx.Response(200, json={"openid": 7}), "channels.wechat_unreachable", 503),
        (httpx.Response(200, json=[]), "channels.wechat_unreachable", 503),
        (httpx.Response(200, text="<html>"), "channels.wechat_unreachable", 503),
        (httpx.Response(502), "channels.wechat_unreachable", 503),
        (httpx.Response(302, headers={"location": "https://evil.example/"}), "channels.wechat_unreachable", 503),
        (httpx.ConnectTimeout("slow"), "channels.wechat_unreachable", 503),
        (httpx.ConnectError("gone"), "channels.wechat_unreachable", 503),
    ],
)
def test_every_other_answer_is_a_refusal_that_tells_no_secret(
    answer: httpx.Response | Exception, code: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), pytest.raises(DomainError) as refusal:
        wechat.identify("061abc", transport=answering(answer))
    assert (refusal.value.code, refusal.value.status) == (code, status)
    assert refusal.value.__cause__ is None
    assert SECRET not in caplog.text


@ON
@pytest.mark.parametrize("code", ["", "x" * 201, "微信"])
def test_an_impossible_code_is_not_even_asked_about(code: str) -> None:
    with pytest.raises(DomainError, match=r"channels.wechat_code"):
        wechat.identify(code, transport=answering(AssertionError("nobody is asked")))
