"""Experiments in a real browser: composed with a plan beside it, started, read and decided, on a desktop and on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from renmai.insight.experiments.models import Experiment
from renmai.insight.experiments.tests.trying import pays, people
from renmai.insight.tests.test_figures import look, product
from renmai.kernel import clock
from renmai.web.console.tests.test_experiments import lived_through
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])


def test_an_operator_tries_something_out(page_desktop: Page, site: str) -> None:
    item, begin = product("tea-1"), clock.now() - timedelta(days=34)
    for number, member in enumerate(people(40)):
        look(member, item, at=begin + timedelta(hours=12 * number))
        if number % 4 == 0:
            pays(member, moment=begin + timedelta(hours=12 * number + 1))
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/experiments/")
    page.get_by_role("link", name="新建实验").first.click()
    page.get_by_label("标题").fill("首页先放新品")
    page.get_by_label("您预期什么？为什么？").fill("新品在前，页面每次都不一样，会员会更常回来看看，也更常下单。")
    page.get_by_label("先放热销").check()
    page.get_by_label("先放新品").check()
    page.get_by_label("决定指标").select_option("bought")
    page.get_by_label("值得要的最小效果（%）").fill("50")
    page.get_by_label("每人观察天数").fill("5")
    page.get_by_label("每人观察天数").blur()
    expect(page.locator("#plan")).to_contain_text("每组需要人数")
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    assert fits(page)
    page.get_by_role("button", name="存为草稿").click()
    page.get_by_role("button", name="开始").click()
    page.get_by_role("dialog").get_by_role("button", name="开始").click()
    expect(page.get_by_text("实验开始了")).to_be_visible()
    assert Experiment.objects.get().status == "running"


def test_an_operator_reads_and_decides(page_desktop: Page, site: str) -> None:
    row = lived_through(clock.now() - timedelta(days=20))
    page = page_desktop
    signed_in(page, site)
    page.goto(f"/console/experiments/{row.pk}/")
    expect(page.get_by_role("heading", name="先放新品使“购买率”变化 +", exact=False)).to_be_visible()
    expect(page.locator(".evening-band")).to_be_visible()
    page.get_by_text("以表格查看数据").first.click()
    expect(page.locator(".chart-table tbody tr").first).to_be_visible()
    assert serious(page) == []
    page.set_viewport_size(PHONE)
    assert fits(page)
    page.set_viewport_size({"width": 1360, "height": 900})
    page.get_by_role("link", name="做决定").click()
    page.get_by_role("radio", name="先放新品").check()
    page.locator("#id_decide_reason").fill("来得更勤，买得更多，退货没有变多")
    page.get_by_role("button", name="做决定").click()
    expect(page.get_by_text("已决定，从现在起对所有人生效。")).to_be_visible()
    assert serious(page) == []
    page.goto("/console/experiments/")
    expect(page.get_by_role("row", name="先放新品")).to_contain_text("已决定")
    page.set_viewport_size(PHONE)
    assert fits(page)
