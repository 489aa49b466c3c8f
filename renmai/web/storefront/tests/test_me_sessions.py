"""Where a member is signed in: what is listed, what ends, and how she hears of a browser that is new."""

import re

import pytest
from django.test import Client
from django.utils.module_loading import import_string

from renmai.accounts.models import SignIn, User
from renmai.care.models import Message
from renmai.channels.queries import inbox
from renmai.kernel import outbox
from renmai.programs.actions import create_token
from renmai.web.storefront.tests.shelves import browser, make_member
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db

PHONE = "13800138000"
SESSIONS, END = "/me/sessions/", "/me/sessions/end/"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0"
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def signs_in(client: Client, moving_clock: MovingClock) -> User:
    """Come in by a code to the phone."""
    moving_clock.advance(minutes=2)
    client.post("/sign-in/", {"step": "phone", "phone": PHONE, "has_agreed": "on"})
    code = re.search(r"\d{6}", inbox(phone=PHONE)[0].body)
    assert code is not None
    answer = client.post("/sign-in/?step=code", {"step": "code", "code": code.group()})
    assert answer.status_code == 302, answer.content.decode()
    return User.objects.get(phone=PHONE)


def is_inside(client: Client) -> bool:
    return client.get("/me/settings/").status_code == 200


def test_a_guest_sees_and_ends_nothing() -> None:
    assert browser().get(SESSIONS)["Location"].startswith("/sign-in/?next=")
    assert browser().post(END).status_code == 302
    assert browser(make_member()).get(END).status_code == 405


def test_she_sees_where_she_is_signed_in_and_ends_all_but_this(moving_clock: MovingClock) -> None:
    phone, desk = Client(headers={"User-Agent": IPHONE}), Client(headers={"User-Agent": DESKTOP})
    member = signs_in(phone, moving_clock)
    signs_in(desk, moving_clock)
    key = create_token(member, name="mini program")[1]
    page = phone.get(SESSIONS).content.decode()
    assert re.findall(r'<p class="strong">([^<]+)</p>', page) == ["WeChat · iPhone", "Chrome · Windows"]
    assert page.count("本机") == 1
    assert "no-store" in phone.get(SESSIONS)["Cache-Control"]
    assert phone.post(END)["Location"] == SESSIONS
    assert (is_inside(phone), is_inside(desk)) == (True, False)
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert re.findall(r'<p class="strong">([^<]+)</p>', phone.get(SESSIONS).content.decode()) == ["WeChat · iPhone"]


def test_signing_out_takes_the_session_off_the_list_and_the_browser_stays_known(moving_clock: MovingClock) -> None:
    phone = Client(headers={"User-Agent": IPHONE})
    signs_in(phone, moving_clock)
    device = phone.cookies["device"].value
    phone.post("/sign-out/")
    assert SignIn.objects.get().ended_at == moving_clock.now
    signs_in(phone, moving_clock)
    assert phone.cookies["device"].value == device
    assert SignIn.objects.values("device").distinct().count() == 1


def test_the_cookie_of_a_browser_is_signed_hidden_from_scripts_and_of_no_use_when_forged(moving_clock: MovingClock) -> None:
    phone = Client()
    signs_in(phone, moving_clock)
    cookie = phone.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    known = SignIn.objects.get().device
    assert known in cookie.value
    forger = Client()
    forger.cookies["device"] = known
    signs_in(forger, moving_clock)
    assert SignIn.objects.latest("pk").device != known


def test_a_new_browser_is_told_to_her_and_her_own_is_not(moving_clock: MovingClock) -> None:
    phone, desk = Client(headers={"User-Agent": IPHONE}), Client(headers={"User-Agent": DESKTOP})
    member = signs_in(phone, moving_clock)
    signs_in(desk, moving_clock)
    desk.post("/sign-out/")
    signs_in(desk, moving_clock)
    outbox.drain(import_string("renmai.project.reactions.REACTIONS"))
    told = Message.objects.get(user=member)
    assert (told.kind, told.details) == ("signed_in_elsewhere", {"browser": "Chrome · Windows"})
    assert "Chrome · Windows" in phone.get("/messages/?group=account").content.decode()
    assert phone.get(f"/messages/{told.pk}/")["Location"] == SESSIONS


@pytest.mark.parametrize("agent", ["", "curl/8.0", "x" * 5000, "<script>alert(1)</script>"])
def test_what_is_no_browser_is_called_unknown(agent: str, moving_clock: MovingClock) -> None:
    client = Client(headers={"User-Agent": agent})
    signs_in(client, moving_clock)
    page = client.get(SESSIONS).content.decode()
    assert "未知浏览器" in page
    assert "alert(1)" not in page
