"""Rewards under review in a real browser: somebody reads the reasons, says why, and decides; compliance stands there with its findings."""

import pytest
from playwright.sync_api import Page, expect

from renmai.campaigns.models import Reward
from renmai.campaigns.tests.held import held_reward
from renmai.web.console.tests.test_running_browser import signed_in
from renmai.web.console.tests.test_watching import line
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reward_is_read_and_refused(page_desktop: Page, site: str) -> None:
    held_reward("coupon")
    reward = held_reward("red_packet")
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/rewards/")
    assert serious(page) == []
    card = page.locator(f"#reward-{reward.pk}")
    expect(card).to_contain_text("住在别处却共用同一浏览器")
    card.get_by_label("决定的理由").fill("电话核实，是同一个人")
    card.get_by_role("button", name="拒绝 红包 ¥5.00").click()
    expect(page.get_by_text("已拒绝，理由已记入日志。")).to_be_visible()
    expect(page.locator(f"#reward-{reward.pk}")).to_have_count(0)
    assert Reward.objects.get(pk=reward.pk).answer == "电话核实，是同一个人"


def test_compliance_is_reached_from_the_navigation(page_desktop: Page, site: str) -> None:
    line(31)
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/")
    page.get_by_role("link", name="合规", exact=True).click()
    expect(page.get_by_text("1 项警报：今天就应请律师查看")).to_be_visible()
    assert serious(page) == []
    page.get_by_text("先查看这里").click()
    expect(page.locator("details[open] .code")).to_contain_text("agent ")
