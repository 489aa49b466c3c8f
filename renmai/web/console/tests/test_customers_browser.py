"""Portraits and segments in a real browser: from the list to the rows behind a taste, and a size that follows what is typed."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from renmai.insight.portraits import actions
from renmai.insight.portraits.rereading import READER
from renmai.insight.portraits.tests.world import bought, did, follower, goods
from renmai.insight.stream.delivery import Consumer, drain
from renmai.kernel import clock
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: ViewportSize = {"width": 390, "height": 844}


def busy_shop() -> None:
    """Three customers: one looks at nappies and bought tea, two only bought."""
    tea, nappies = goods("tea", brand="云上", price_fen=12_800, words="绿茶 礼盒"), goods("baby", price_fen=3_900, words="棉柔")
    people = [follower(name) for name in ("顾小美", "陈一", "李二")]
    for user in people:
        bought(user, tea, at=clock.now(), price_fen=12_800)
    for name in ("product_viewed", "product_viewed", "product_lingered", "sku_chosen", "cart_added", "favourite_added"):
        did(name, user=people[0], product=nappies, at=clock.now())
    drain((Consumer(READER, actions.on_events),))
    actions.mark(user.pk for user in people)
    actions.refresh_due(10)


def test_from_the_list_to_the_rows_behind_a_taste(page_desktop: Page, site: str) -> None:
    busy_shop()
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/customers/")
    assert serious(page) == []
    page.get_by_role("link", name="宝妈").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="顾小美").click()
    expect(page.get_by_role("heading", name="顾小美")).to_be_visible()
    assert serious(page) == []
    page.get_by_role("link", name="棉柔").first.click()
    expect(page.get_by_role("row").filter(has_text="加入了购物车")).to_have_count(1)
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    page.go_back()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_size_of_a_segment_follows_what_is_typed(page_desktop: Page, site: str) -> None:
    busy_shop()
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/segments/new/")
    expect(page.locator("#size")).to_contain_text("3")
    page.locator("[name=field-0]").select_option("category")
    page.locator("[name=comparison-0]").select_option("clear")
    page.locator("[name=value-0]").select_option("baby")
    expect(page.locator("#size .stat-value")).to_have_text("1")
    expect(page.locator("#size")).to_contain_text("顾小美")
    page.get_by_role("button", name="添加条件").click()
    page.locator("[name=value-1]").fill("5")
    expect(page.locator("#size .stat-value")).to_have_text("0")
    page.locator("[name=match][value=any]").check()
    expect(page.locator("#size .stat-value")).to_have_text("1")
    assert serious(page) == []
    page.get_by_label("人群名称").fill("宝妈")
    page.get_by_role("button", name="保存").last.click()
    expect(page.get_by_text("已保存，每次使用时都会重新计算。")).to_be_visible()
    page.goto("/console/segments/")
    expect(page.get_by_role("row").filter(has_text="宝妈")).to_be_visible()
    assert serious(page) == []
