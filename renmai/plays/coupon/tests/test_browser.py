"""Coupons in a real browser: claimed, chosen at the checkout and paid with, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from renmai.journeys.tests.world import customer, goods, violations
from renmai.plays.coupon.models import Coupon
from renmai.plays.coupon.tests.world import campaign, claimed, ordered
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {"zh-hans": ("领取", "领取成功", "下单并支付"), "en": ("Claim", "It is yours", "Place order")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_coupon(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    claim, thanks, _place = WORDS[language]
    who, (peach,) = customer(), goods(stock=100)
    titles = {
        "title_zh": "邻里好物满减券",
        "title_en": "Neighbours' coupon",
        "copy_zh": "新鲜到家，立减十元。",
        "copy_en": "Fresh, and ten yuan less.",
    }
    running = campaign(titles)
    campaign(
        titles | {"title_zh": "水果专享", "title_en": "Fruit only"},
        kind="percent",
        percent_basis_points=1500,
        cap_fen=2000,
        threshold_fen=0,
    )
    ordered(who, claimed(who, campaign(titles)), peach)
    enter(page, site, who.user)
    page.goto("/play/coupon/")
    look(page, f"coupon-centre-{language}")
    page.goto(f"/play/coupon/{running.number}/")
    look(page, f"coupon-campaign-{language}")
    page.locator("article form").get_by_role("button", name=claim).click()
    expect(page.get_by_text(thanks)).to_be_visible()
    page.goto("/play/coupon/mine/")
    look(page, f"coupon-mine-{language}")
    page.goto("/play/coupon/mine/?state=used")
    look(page, f"coupon-none-{language}")
    coupon = Coupon.objects.get(campaign=running)
    page.goto(f"/checkout/?sku_id={peach.pk}&quantity=2&address_id={who.address_id}&play=coupon:{running.pk}:{coupon.code}")
    expect(page.get_by_text("¥10.00").first).to_be_visible()
    look(page, f"coupon-checkout-{language}")
    assert violations() == []
