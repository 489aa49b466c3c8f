"""A campaign's spread in a real browser: figures, chart, people to ask, on a desktop and on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from renmai.accounts.models import Consent
from renmai.insight.spread.tests.town import START, Town
from renmai.kernel import clock
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}


def busy_town() -> Town:
    """Four weeks in which every second one comes through somebody; a member whom many know."""
    town = Town()
    today = (clock.now() - START) / timedelta(days=1)
    known = town.user("林小满")
    Consent.objects.create(user=known, purpose="marketing", version="2026-11")
    for number in range(27):
        begin = today - 28.5 + number
        first, second = town.user(), town.user()
        town.buy(first, begin, off=300)
        town.visit(town.link(first, begin + 0.1), second, begin + 0.2)
        town.buy(second, begin + 0.3, off=300)
        town.visit(town.product_link(known, begin), town.user(), begin)
    return town


def test_what_an_operator_sees_of_a_campaigns_spread(page_desktop: Page, site: str) -> None:
    town = busy_town()
    page = page_desktop
    signed_in(page, site)
    page.goto(f"/console/campaigns/{town.campaign.pk}/")
    page.get_by_role("link", name="传播").click()
    expect(page.get_by_role("heading", name="每 100 位参与者大约带来 50 位新参与者", exact=False)).to_be_visible()
    expect(page.get_by_role("img", name="每周 K 值")).to_be_visible()
    page.get_by_text("以表格查看数据").click()
    # The first week has begun before the campaign: who is in it depends on the hour of the day.
    expect(page.locator(".chart-table tbody tr").nth(1)).to_contain_text("0.50")
    expect(page.get_by_role("row", name="本活动")).to_be_visible()
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="优先邀请谁").click()
    row = page.get_by_role("row", name="林小满")
    expect(row).to_contain_text("近 90 天有 27 人打开过她的链接")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
