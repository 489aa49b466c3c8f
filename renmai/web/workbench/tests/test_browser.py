"""An agent's way through a real browser, without and with scripts."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member
from renmai.campaigns.models import CampaignProduct
from renmai.campaigns.plays import play
from renmai.campaigns.terms import defaults
from renmai.campaigns.tests.fakes import running_campaign
from renmai.distribution.models import Agent, Withdrawal
from renmai.distribution.tests.world import Goods, kept
from renmai.sharing.models import Share, Shop
from renmai.web.workbench.tests.world import desk, goods, picked
from tools.testing.browser import PHONE
from tools.testing.seeing import serious

A_PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
"""A browser without a window calls itself a machine, and machines are not counted."""

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, site: str, user: User) -> None:
    """Give the browser the session of ``user``; signing in itself is tested where it is at home."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


@pytest.mark.parametrize("language", ["en"])
def test_from_member_to_the_first_visit(
    page_phone: Page, open_page: Callable[..., Page], site: str, expected_console: list[str]
) -> None:
    member = make_member("周阿姨")
    for title in ("阳山水蜜桃", "冻顶乌龙"):
        goods(title_zh=title, indexed=True)
    sign_in(page_phone, site, member)

    page_phone.goto("/agent/")
    expect(page_phone).to_have_url(f"{site}/agent/join/")
    page_phone.get_by_text("Teacher", exact=True).click()
    page_phone.get_by_label("Date of birth").fill("1990-05-17")
    page_phone.get_by_label("Shop name").fill("Auntie Zhou's kitchen")
    page_phone.get_by_label("I have read the agent agreement").check()
    expected_console.append("409")
    page_phone.get_by_role("button", name="Open the shop").click()
    expect(page_phone.get_by_text("直销管理条例 第十五条")).to_be_visible()
    expect(page_phone.get_by_label("Shop name")).to_have_value("Auntie Zhou's kitchen")
    page_phone.get_by_text("At home", exact=True).click()
    page_phone.get_by_role("button", name="Open the shop").click()
    expect(page_phone).to_have_url(f"{site}/agent/shop/goods/?new=1")

    page_phone.get_by_role("button", name="Add 阳山水蜜桃").click()
    expect(page_phone.get_by_text("1 product in your shop")).to_be_visible()
    page_phone.get_by_role("link", name="Done, share one").click()
    page_phone.get_by_role("button", name="阳山水蜜桃").click()
    expect(page_phone).to_have_url(re.compile(r"/agent/share/\w+/$"))
    expect(page_phone.get_by_text("Nobody has opened it yet.")).to_be_visible()
    page_phone.get_by_role("link", name="QR code").click()
    expect(page_phone.get_by_role("dialog", name="QR code")).to_be_visible()

    link = Share.objects.get()
    friend = open_page(**PHONE, user_agent=A_PHONE)
    friend.goto(f"/s/{link.code}")
    expect(friend.get_by_text("阳山水蜜桃").first).to_be_visible()

    page_phone.goto(f"/agent/share/{link.code}/")
    expect(page_phone.get_by_text("A guest").first).to_be_visible()
    assert (Agent.objects.get().user, Shop.objects.get().name) == (member, "Auntie Zhou's kitchen")


@pytest.mark.parametrize("language", ["en"])
def test_a_withdrawal_is_confirmed_with_its_amount(page_phone: Page, site: str) -> None:
    mine = desk()
    kept(mine.agent, Goods(price_fen=100_000))
    sign_in(page_phone, site, mine.user)
    page_phone.goto("/agent/income/")
    page_phone.get_by_role("link", name="Withdraw", exact=True).click()
    page_phone.get_by_label("How much?").fill("40")
    page_phone.get_by_label("How much?").press("Enter")
    page_phone.get_by_role("button", name="Withdraw ¥40.00").click()
    question = page_phone.get_by_role("dialog")
    expect(question).to_contain_text("After tax ¥40.00 goes to lin@example")
    assert not Withdrawal.objects.exists()
    question.get_by_role("button", name="Withdraw ¥40.00").click()
    expect(page_phone.get_by_text("Waiting for review")).to_be_visible()
    assert Withdrawal.objects.get().amount_fen == 4000


def test_pages_work_without_scripts_and_fit_the_phone(open_page: Callable[..., Page], site: str) -> None:
    mine = desk()
    product = goods(title_zh="阳山水蜜桃", indexed=True)
    page = open_page(**PHONE, java_script_enabled=False)
    sign_in(page, site, mine.user)
    page.goto("/agent/shop/goods/")
    page.get_by_role("button", name="加入 阳山水蜜桃").click()
    expect(page.get_by_role("button", name="移出 阳山水蜜桃")).to_be_visible()
    page.goto("/agent/shop/")
    page.get_by_role("button", name="分享", exact=True).click()
    page.get_by_role("link", name="二维码").click()
    expect(page.locator("#qr")).to_be_visible()
    assert Share.objects.get().product == product
    for name in ("", "share/", "share/new/", "customers/", "income/", "income/withdraw/", "shop/", "shop/look/", "shop/goods/"):
        page.goto(f"/agent/{name}")
        box = page.locator("body").bounding_box()
        assert box is not None
        assert box["width"] <= PHONE["viewport"]["width"], name


@pytest.mark.parametrize(
    ("language", "campaigns", "make", "copy"),
    [("en", "Campaigns", "Your link and poster", "Copy"), ("zh-hans", "活动", "你的链接和海报", "复制")],
)
def test_a_campaign_is_passed_on_with_a_link_of_her_own(
    page_phone: Page, site: str, campaigns: str, make: str, copy: str
) -> None:
    mine = desk()
    product = picked(mine)
    terms = defaults(play("groupbuy")) | {"sku": product.skus.get().pk, "tiers": [[2, 9000], [5, 8000]]}
    campaign = running_campaign("groupbuy", terms=terms, title_zh="两人团", title_en="For two")
    CampaignProduct.objects.create(campaign=campaign, product=product)
    sign_in(page_phone, site, mine.user)
    page_phone.goto("/agent/share/")
    page_phone.get_by_role("link", name=campaigns).first.click()
    expect(page_phone.get_by_role("heading", name="For two" if campaigns == "Campaigns" else "两人团")).to_be_visible()
    assert not page_phone.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert serious(page_phone) == []
    page_phone.get_by_role("button", name=make).click()
    expect(page_phone).to_have_url(re.compile(r"/agent/share/\w+/$"))
    expect(page_phone.get_by_role("button", name=copy, exact=True)).to_be_visible()
    link = Share.objects.get()
    assert (link.campaign_id, link.page) == (campaign.pk, f"/play/groupbuy/at/{campaign.number}/")
