"""A pre-sale in a real browser, in both languages: booked, its deposit paid, its order looked at."""

import pytest
from playwright.sync_api import Page, expect

from renmai.journeys.tests.world import at_cashier, begin_payment, customer
from renmai.ordering.models import Order
from renmai.plays.presale.tests.world import presale
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "zh-hans": ("付定金 ¥10.00 预订", "支付 ¥10.00", "尾款支付时间"),
    "en": ("Book it for ¥10.00", "Pay ¥10.00", "The balance can be paid"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_presale(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    book, pay, waits = WORDS[language]
    campaign, who = presale(unpaid="kept"), customer()
    enter(page, site, who.user)
    page.context.set_extra_http_headers({"Accept-Language": "en" if language == "en" else "zh-CN"})
    page.goto(f"{site}/play/presale/")
    look(page, f"presale-list-{language}")
    page.goto(f"{site}/play/presale/at/{campaign.pk}/")
    look(page, f"presale-offer-{language}")
    page.get_by_role("link", name=book).click()
    look(page, f"presale-checkout-{language}")
    page.get_by_role("button", name=pay).click()
    page.wait_for_url("**/cashier/**")
    order = Order.objects.get()
    at_cashier(begin_payment(who, order))
    page.goto(f"{site}/orders/{order.number}/paid/")
    look(page, f"presale-deposit-{language}")
    page.goto(f"{site}/orders/{order.number}/")
    expect(page.locator("body")).to_contain_text(waits)
    look(page, f"presale-order-{language}")
    page.goto(f"{site}/play/presale/mine/")
    look(page, f"presale-mine-{language}")
