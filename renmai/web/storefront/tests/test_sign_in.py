"""Signing in and out: two steps, errors beside their field, what a guest had comes along, no way out of the site."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from renmai.accounts import queries as accounts
from renmai.accounts.actions import Purpose
from renmai.accounts.models import User, Visitor
from renmai.catalogue.models import Sku
from renmai.channels.models import OutgoingText
from renmai.ordering.actions.cart import add_to_cart
from renmai.ordering.queries import cart_count
from renmai.sharing.models import Visit
from renmai.web.storefront.tests.shelves import agent, browser, goods, link_to, make_member

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "13800138000"
ADDRESS = "/sign-in/"


def ask(client: Client, phone: str = PHONE, **more: str) -> str:
    """Ask for a code; return where the answer leads."""
    response = client.post(ADDRESS, {"step": "phone", "phone": phone, "has_agreed": "on", **more})
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def code() -> str:
    """The code in the newest text."""
    found = re.search(r"\d{6}", OutgoingText.objects.latest("pk").body)
    assert found
    return found.group()


def enter(client: Client, typed: str, **more: str) -> str:
    """Type a code; return where the answer leads."""
    response = client.post(ADDRESS, {"step": "code", "code": typed, **more})
    assert response.status_code == 302, response.content.decode()
    return str(response.headers["Location"])


def test_two_steps_make_a_member_who_has_agreed() -> None:
    client = browser()
    assert ask(client, next="/favourites/") == "/sign-in/?step=code&next=%2Ffavourites%2F"
    assert "We sent a code to 13800138000" in client.get("/sign-in/?step=code").content.decode()
    assert enter(client, code(), next="/favourites/") == "/favourites/"
    member = User.objects.get(phone=PHONE)
    assert accounts.has_consent(member, Purpose.TERMS)
    assert accounts.has_consent(member, Purpose.PRIVACY)
    assert not accounts.has_consent(member, Purpose.MARKETING)
    assert client.get("/favourites/").status_code == 200


def test_nobody_gets_in_without_agreeing() -> None:
    client = browser()
    page = client.post(ADDRESS, {"step": "phone", "phone": PHONE})
    assert page.status_code == 400
    assert b"Please read both and agree" in page.content
    assert f'value="{PHONE}"' in page.content.decode()
    assert OutgoingText.objects.count() == 0


def test_a_phone_that_is_none_is_told_beside_the_field_and_kept() -> None:
    page = browser().post(ADDRESS, {"step": "phone", "phone": "12", "has_agreed": "on"})
    assert page.status_code == 400
    assert "Please enter a valid phone number" in page.context["form"].errors["phone"][0]
    assert 'value="12"' in page.content.decode()


def test_a_wrong_code_is_told_with_the_tries_that_are_left() -> None:
    client = browser()
    ask(client)
    wrong = "000000" if code() != "000000" else "111111"
    page = client.post(ADDRESS, {"step": "code", "code": wrong})
    assert page.status_code == 400
    assert "Tries left: 4." in page.context["form"].errors["code"][0]
    assert User.objects.filter(phone=PHONE).count() == 0


def test_asking_again_too_soon_is_told_in_seconds() -> None:
    client = browser()
    ask(client)
    page = client.post(ADDRESS, {"step": "phone", "phone": PHONE, "has_agreed": "on"})
    assert page.status_code == 429
    assert "Please try again in" in page.context["form"].errors["phone"][0]
    again = client.post(ADDRESS, {"step": "code", "again": "1"}, follow=True)
    assert "Please try again in" in again.content.decode()
    assert OutgoingText.objects.count() == 1


def test_the_code_step_without_a_phone_is_the_first_step() -> None:
    assert "Send me a code" in browser().get("/sign-in/?step=code").content.decode()
    assert browser().post(ADDRESS, {"step": "code", "code": "123456"}).status_code == 400


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_no_next_leads_off_the_site(wanted: str) -> None:
    client = browser()
    assert "evil" not in ask(client, next=wanted)
    assert enter(client, code(), next=wanted) == "/me/"
    assert client.get(ADDRESS, {"next": wanted}).headers["Location"] == "/me/"


def test_what_a_guest_had_comes_along() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    client = browser()
    client.get(f"/s/{link_to(peach, shop).code}")
    visitor = Visitor.objects.get()
    add_to_cart(visitor, None, sku_id=Sku.objects.get().pk, quantity=3)
    ask(client)
    enter(client, code())
    member = User.objects.get(phone=PHONE)
    assert cart_count(None, member) == 3
    assert Visitor.objects.get(pk=visitor.pk).user == member
    assert Visit.objects.get().visitor_id == visitor.pk
    assert shop.name in client.get("/").content.decode()


def test_signing_out_leaves_nothing_to_the_next_person() -> None:
    (peach,) = goods(1)
    _agent, shop = agent(peach)
    client = browser(make_member())
    client.get(f"/s/{link_to(peach, shop).code}")
    before = client.cookies["visitor"].value
    assert client.post(reverse("storefront:sign_out")).headers["Location"] == "/"
    assert client.cookies["visitor"].value != before
    page = client.get("/").content.decode()
    assert shop.name not in page
    assert "Recently seen" not in page
    assert client.get("/favourites/").status_code == 302


def test_signing_out_takes_a_form() -> None:
    assert browser(make_member()).get(reverse("storefront:sign_out")).status_code == 405


def test_the_demo_says_where_the_text_is_and_a_real_shop_does_not(settings: Settings) -> None:
    client = browser()
    settings.RENMAI_DEMO = settings.DEBUG = False
    ask(client)
    assert "/inbox/" not in client.get("/sign-in/?step=code").content.decode()
    assert client.get("/inbox/").status_code == 404
    settings.RENMAI_DEMO = True
    assert "/inbox/?phone=13800138000" in client.get("/sign-in/?step=code").content.decode()
    assert code() in client.get("/inbox/", {"phone": PHONE}).content.decode()
    assert client.get("/inbox/", {"phone": "\x00<"}).context["phone"] == ""
    assert code() not in client.get("/inbox/", {"phone": "13900000000"}).content.decode()


def test_wechat_is_offered_only_where_it_is_set_up(settings: Settings) -> None:
    client = browser()
    assert "WeChat" not in client.get(ADDRESS).content.decode()
    assert client.get("/sign-in/wechat/").status_code == 404
    settings.RENMAI_WECHAT_APP_ID, settings.RENMAI_WECHAT_APP_SECRET = "wx1", "secret"
    assert "Sign in with WeChat" in client.get(ADDRESS).content.decode()
    response = client.get("/sign-in/wechat/", {"next": "/favourites/"})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("https://open.weixin.qq.com/")
    refused = client.get("/sign-in/wechat/back/", {"code": "x", "state": "forged" * 6})
    assert refused.status_code == 400
    assert b'href="/sign-in/"' in refused.content


def test_wechat_signs_in_whom_it_vouches_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RENMAI_WECHAT_APP_ID, settings.RENMAI_WECHAT_APP_SECRET = "wx1", "secret"
    identify: Callable[[str], str] = lambda given: f"openid-of-{given}"  # noqa: E731
    monkeypatch.setattr("renmai.channels.wechat.identify", identify)
    client = browser()
    away = client.get("/sign-in/wechat/", {"next": "/favourites/"}).headers["Location"]
    state = re.search(r"state=(\w+)", away)
    assert state
    back = client.get("/sign-in/wechat/back/", {"code": "abc", "state": state.group(1)})
    assert back.headers["Location"] == "/favourites/"
    assert User.objects.filter(wechat_openid="openid-of-abc").count() == 1
    again = client.get("/sign-in/wechat/back/", {"code": "abc", "state": state.group(1)})
    assert again.status_code == 400
