"""Lifetime value, funnels and coming back in a real browser, on a desktop and on a phone."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from renmai.insight.value import actions
from renmai.insight.value.tests.shop import DAY, NOW, START, Town, people
from renmai.insight.value.tests.test_funnels import buy, look, see, tell
from renmai.kernel import clock
from renmai.ordering.actions.suggesting import suggest
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: ViewportSize = {"width": 390, "height": 844}
PERIOD = f"?from={START:%Y-%m-%d}&to={NOW:%Y-%m-%d}"


def busy_shop() -> None:
    """Customers who come back, some of them through others, and people who look and do not buy."""
    town = Town()
    users = people(town, 120)
    for number, giver in enumerate(users[:12]):
        friend = town.user(f"朋友{number}")
        link = town.product_link(giver, number)
        browser = town.visit(link, friend, number + 1)
        look(town, friend, number + 1.01, "social", visitor=browser)
        tell("share_opened", friend, number + 1, town)
        see(town, friend, number + 1.01, "social")
        buy(town, friend, number + 1.5, "social", shop_id=1)
        town.visit(link, None, number + 1)
        town.order(town.user(f"来客{number}"), number + 2, link=link, funnel="social")
        look(town, None, number, "search")
        seeker = town.user()
        look(town, seeker, number, "search")
        if number % 2:
            buy(town, seeker, number + 3, "search")
    town.order(town.user(), (clock.now() - START) / DAY - 1)
    suggest(users[0], town.sku().product.pk, "盒子能不能小一点？")
    actions.learn_anew(1)
    while actions.work_out(1000):
        pass


def test_what_an_operator_sees_of_value_funnels_and_coming_back(page_desktop: Page, site: str) -> None:
    busy_shop()
    page = page_desktop
    signed_in(page, site)
    page.set_default_timeout(30_000)
    page.goto("/console/insight/value/")
    expect(page.get_by_role("link", name="终身价值")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", name="价值最高的十分之一顾客", exact=False)).to_be_visible()
    page.get_by_text("参数及 95% 区间").click()
    expect(page.get_by_role("row", name="gamma")).to_be_visible()
    assert serious(page) == []
    shoot(page, "value")
    page.goto(f"/console/insight/funnels/{PERIOD}")
    page.get_by_role("button", name="立即统计").click()
    expect(page.get_by_text("正在统计这段时间")).to_be_visible()
    assert actions.count_funnels(1) == 1
    page.get_by_role("link", name="刷新查看").click()
    expect(page.get_by_text("打开他人链接").first).to_be_visible()
    expect(page.get_by_text("走这条路的 12 人中", exact=False).first).to_be_visible()
    assert serious(page) == []
    shoot(page, "funnels")
    page.goto(f"/console/insight/coming-back/{PERIOD}")
    expect(page.get_by_role("columnheader", name="首单月份")).to_be_visible()
    assert serious(page) == []
    shoot(page, "coming-back")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出顾客 CSV").click()
    assert download.value.suggested_filename.startswith("coming-back-")
    page.goto("/console/suggestions/")
    assert serious(page) == []
    page.get_by_role("link", name="盒子能不能小一点？").click()
    page.get_by_label("回复给她").fill("我们去问厂家。")
    page.get_by_role("button", name="回复", exact=True).click()
    expect(page.get_by_role("heading", name="回复内容")).to_be_visible()
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    pages = ("insight/value/", f"insight/funnels/{PERIOD}", f"insight/coming-back/{PERIOD}", "suggestions/")
    for address in pages:
        page.goto(f"/console/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert serious(page) == []
