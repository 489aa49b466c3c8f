"""A flash sale in a real browser, in both languages: taken, queued, ordered; nothing in the way of whoever cannot see."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from renmai.journeys.tests.world import customer
from renmai.kernel import clock
from renmai.plays.flash.models import Ticket
from renmai.plays.flash.tests.world import flash_sale, took
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "zh-hans": ("立即抢购", "¥9.90 下单", "排队等候", "你排在第 1 位"),
    "en": ("Take a piece", "Order it for ¥9.90", "Join the line", "You are number 1 in line."),
}


def speak(page: Page, language: str) -> None:
    page.context.set_extra_http_headers({"Accept-Language": "en" if language == "en" else "zh-CN"})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_flash_sale(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    take, order, join, number = WORDS[language]
    campaign, who, late = flash_sale(pieces=2), customer(), customer()
    flash_sale(pieces=5, fields={"starts_at": clock.now() + timedelta(hours=3)})
    enter(page, site, who.user)
    speak(page, language)
    page.goto(f"{site}/p/{campaign.products.get().product_id}/")
    page.locator(f'a[href="/play/flash/at/{campaign.pk}/"]').first.click()
    look(page, f"flash-sale-{language}")
    page.get_by_role("button", name=take).click()
    expect(page.get_by_role("link", name=order)).to_be_visible()
    look(page, f"flash-ticket-{language}")
    page.get_by_role("link", name=order).click()
    expect(page.locator("body")).to_contain_text("¥9.90")
    look(page, f"flash-checkout-{language}")
    took(customer(), campaign)
    page.goto(f"{site}/play/flash/")
    look(page, f"flash-list-{language}")
    page.goto(f"{site}/play/flash/mine/")
    look(page, f"flash-mine-{language}")
    enter(page, site, late.user)
    speak(page, language)
    page.goto(f"{site}/play/flash/at/{campaign.pk}/")
    look(page, f"flash-full-{language}")
    page.get_by_role("button", name=join).click()
    expect(page.locator("body")).to_contain_text(number)
    look(page, f"flash-line-{language}")
    assert Ticket.objects.get(user=late.user).status == Ticket.Status.WAITING
