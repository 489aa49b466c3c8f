"""A customer's way in a real browser: from a friend's link to her own account."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings

from renmai.accounts.models import User
from renmai.care.actions import notify
from renmai.catalogue.actions.favourites import toggle_favourite
from renmai.catalogue.models import Favourite
from renmai.channels.models import OutgoingText
from renmai.ordering.models import CartLine
from renmai.sharing.actions import bind
from renmai.sharing.models import Visit
from renmai.web.storefront.tests.shelves import agent, goods, link_to, make_member, with_options
from tools.testing.browser import PHONE
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HER_PHONE = "13800138000"


@pytest.fixture
def language() -> str:
    """These tests read English."""
    return "en"


def test_from_a_friends_link_to_an_account(page_phone: Page, settings: Settings) -> None:
    settings.RENMAI_DEMO = True
    oranges, skus, _values = with_options((20, 3, 0))
    _agent, shop = agent(oranges, name="Lin")
    page = page_phone
    page.goto(f"/s/{link_to(oranges, shop).code}")
    expect(page.get_by_text("I eat these myself.")).to_be_visible()
    expect(page.get_by_text("as a commission, once you keep it")).to_be_visible()

    page.get_by_role("link", name="Buy now").click()
    sheet = page.locator("dialog#sku")
    expect(sheet).to_be_visible()
    sheet.get_by_label("Middle").check()
    expect(sheet.get_by_text("Only 3 left")).to_be_visible()
    expect(sheet.locator("input[name=sku_id]")).to_have_value(str(skus[1].pk))
    sheet.get_by_role("button", name="One more").click()
    sheet.get_by_role("button", name="Add to cart").click()
    page.wait_for_url(re.compile("/cart/"))
    line = CartLine.objects.get()
    assert (line.sku_id, line.quantity, line.user_id) == (skus[1].pk, 2, None)

    page.goto("/me/")
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_label("Phone number").fill(HER_PHONE)
    page.get_by_text("I have read").click()
    page.get_by_role("button", name="Send me a code").click()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Read the code in the inbox").click()
    code = re.search(r"\b\d{6}\b", opened.value.get_by_role("article").inner_text())
    assert code
    page.get_by_label("Code from the text message").fill(code.group())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("My orders")).to_be_visible()
    member = User.objects.get(phone=HER_PHONE)
    assert CartLine.objects.get().user_id == member.pk
    assert Visit.objects.get().visitor.user_id == member.pk

    page.goto(f"/p/{oranges.pk}/")
    page.get_by_role("button", name="Keep in favourites").click()
    expect(page.get_by_role("button", name="Take out of favourites")).to_be_visible()
    assert Favourite.objects.get().user_id == member.pk
    page.goto("/favourites/")
    expect(page.get_by_text("Oranges")).to_be_visible()


def test_without_javascript_the_same_choice_can_be_made(open_page: Callable[..., Page]) -> None:
    oranges, skus, _values = with_options((20, 3, 0))
    page = open_page(**PHONE, java_script_enabled=False)
    page.goto(f"/p/{oranges.pk}/")
    page.get_by_role("link", name="Add to cart").click()
    page.get_by_label("Middle").check(force=True)
    page.get_by_role("button", name="Show price and stock of this choice").click()
    expect(page.locator("dialog#sku").get_by_text("Only 3 left")).to_be_visible()
    page.locator("dialog#sku").get_by_role("button", name="Add to cart").click()
    page.wait_for_url(re.compile("/cart/"))
    assert CartLine.objects.get().sku_id == skus[1].pk


def test_a_long_shelf_goes_on_by_itself(page_phone: Page) -> None:
    goods(45)
    page = page_phone
    page.goto("/search/?q=peach")
    cards = page.locator(".product-card")
    expect(cards).to_have_count(20)
    for expected in (40, 45):
        page.mouse.wheel(0, 20_000)
        expect(cards).to_have_count(expected)
    expect(page.get_by_text("That was everything.")).to_be_visible()
    expect(page.get_by_text("45 products for “peach”")).to_be_visible()


@pytest.mark.parametrize("address", ["/", "/discover/", "/search/?q=peach", "product", "shop", "/sign-in/", "/me/", "/inbox/"])
def test_pages_are_usable_for_everybody(page_phone: Page, settings: Settings, address: str) -> None:
    settings.RENMAI_DEMO = True
    products = goods(3)
    _agent, shop = agent(*products)
    OutgoingText.objects.create(phone=HER_PHONE, purpose="notice", body="Hello")
    places = {"product": f"/p/{products[0].pk}/", "shop": f"/shop/{shop.code}/"}
    page_phone.goto(places.get(address, address))
    assert serious(page_phone) == []
    assert page_phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    "address",
    ["/", "/me/", "/me/agent/", "/me/settings/", "/me/sessions/", "/messages/", "/favourites/", "share", "/sign-in/?step=code"],
)
def test_a_members_pages_are_usable_for_everybody(page_phone: Page, client: Client, site: str, address: str) -> None:
    products = goods(3)
    _agent, shop = agent(*products)
    member = make_member()
    toggle_favourite(member, products[0].pk)
    bind(customer_id=member.pk, shop_id=shop.pk, reason="order_paid", evidence={})
    notify(member.pk, "order_cancelled", details={"order": "R1"}, link="order:R1", cause="one")
    client.force_login(member)
    page_phone.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page_phone.goto(f"/p/{products[0].pk}/share/" if address == "share" else address)
    assert serious(page_phone) == []
    assert page_phone.evaluate("document.documentElement.scrollWidth") <= 390
