"""The privacy page on a phone: one tap switches off, one tap takes a line out, deleting asks first."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from renmai.accounts.models import User
from renmai.insight.portraits import actions
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.test_facts import keeper
from renmai.insight.portraits.tests.world import NOON, bought, did, follower, goods
from renmai.insight.stream.delivery import Consumer, drain
from renmai.kernel import clock
from renmai.sharing.models import Binding
from renmai.web.storefront.tests.shelves import browser
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def her_with_an_agent() -> User:
    """A customer of an agent who looked at nappies and tea, and bought tea."""
    _agent, shop = keeper()
    user = follower("顾小美")
    Binding.objects.create(customer=user, shop=shop, protected_until=NOON)
    tea, nappies = goods("tea", brand="云上", price_fen=12_800, words="绿茶 礼盒"), goods("baby", price_fen=3_900)
    for name in ("product_viewed", "product_viewed", "product_lingered", "sku_chosen", "cart_added"):
        did(name, user=user, product=nappies, at=clock.now())
    did("product_viewed", user=user, product=tea, at=clock.now())
    bought(user, tea, at=clock.now(), price_fen=12_800)
    actions.refresh([user.pk])
    drain((Consumer(READER, actions.on_events),))
    return user


def signed_in(page: Page, site: str, user: User) -> None:
    """Carry on as a member who has signed in."""
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browser(user).cookies[name].value, "url": site}])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_one_tap_each(page_phone: Page, site: str, language: str) -> None:
    page = page_phone
    her = her_with_an_agent()
    signed_in(page, site, her)
    page.goto("/me/privacy/")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    switches = page.get_by_role("switch")
    assert switches.count() == 7
    small = [box for box in (one.bounding_box() for one in switches.all()) if box and min(box["width"], box["height"]) < 44]
    assert small == []
    page.locator("form[action$='correct/'] button").first.click()
    expect(page.locator("form[action*='corrections/'] button")).to_have_count(1)
    browsing = page.locator("form:has(input[value=browsing]) [role=switch]")
    expect(browsing).to_have_attribute("aria-checked", "true")
    browsing.click()
    expect(browsing).to_have_attribute("aria-checked", "false")
    expect(page.locator("form[action$='agent/']")).to_have_count(0)
    page.goto("/me/privacy/forget/")
    assert serious(page) == []
    page.locator("main form button.button-danger").click()
    expect(page).to_have_url(f"{site}/me/privacy/")
