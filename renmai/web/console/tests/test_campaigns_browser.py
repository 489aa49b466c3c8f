"""Composing in a real browser: a group buy from nothing to its launch, and a landing page through which a customer buys."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, Page, expect

from renmai.accounts.models import User
from renmai.campaigns import actions as campaigns
from renmai.campaigns.models import Campaign
from renmai.campaigns.scenes.models import Scene
from renmai.catalogue.tests.factories import make_product, make_sku
from renmai.journeys.tests import world
from renmai.kernel import clock
from renmai.ordering.models import Order
from renmai.web.console.tests import house as houses
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.browser import PHONE
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)

LARGE = {"viewport": {"width": 1280, "height": 900}}
A_PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"


def fits(page: Page) -> bool:
    return not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def in_language(language: str) -> Callable[..., str]:
    """Return a function that says our own words as the page does."""

    def say(text: str, context: str = "") -> str:
        with override(language):
            return pgettext(context, text) if context else gettext(text)

    return say


def day(days: int) -> str:
    return f"{localtime(clock.now() + timedelta(days=days)):%Y-%m-%dT%H:00}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_group_buy_is_composed_seen_judged_and_launched(open_page: Callable[..., Page], site: str, language: str) -> None:
    house = houses.build()
    page = open_page(**LARGE)
    signed_in(page, site)
    say = in_language(language)
    page.goto("/console/campaigns/new/")
    assert serious(page) == []
    page.get_by_role("link", name=f"{say('Choose this')} {say('Group buy')}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("New campaign: %(play)s") % {"play": say("Group buy")})
    look = page.locator("#look")
    expect(look.locator(".notice")).to_have_count(1)

    page.get_by_label(say("Title, Chinese")).fill("龙井两人团")
    page.get_by_label(say("Title, English")).fill("Longjing for two")
    page.get_by_role("searchbox").nth(1).fill(house.sku.code)
    page.locator(".sku-option", has_text=house.sku.code).click()
    for row, (people, price) in enumerate((("2", "45"), ("5", "39.90")), 1):
        page.get_by_label(f"{say('People', 'tier')}, {row}").fill(people)
        page.get_by_label(f"{say('Price each, ¥')}, {row}").fill(price)
    expect(look).to_contain_text("39.90")
    expect(look).to_contain_text(say("The rules have nothing against it."))

    copy = page.get_by_label(say("Words to customers, Chinese"))
    copy.fill("转发到群里就能领红包，两个人一起买更便宜。")
    beside = page.locator("#said-copy_zh .objection")
    expect(beside).to_have_count(1)
    expect(beside.locator("mark")).to_be_visible()
    expect(look.locator(".notice-bad")).to_be_visible()
    assert serious(page) == []
    assert fits(page)
    copy.fill("两个人一起买，更便宜。")
    expect(beside).to_have_count(0)

    page.get_by_label(say("Begins")).fill(day(0))
    page.get_by_label(say("Ends"), exact=True).fill(day(5))
    page.get_by_role("button", name=say("Save and launch")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("Launch", "campaign")).click()
    title = "Longjing for two" if language == "en" else "龙井两人团"
    expect(page.get_by_text(say("“%(title)s” is launched.") % {"title": title})).to_be_visible()
    campaign = Campaign.objects.get(title_en="Longjing for two")
    assert (campaign.status, campaign.terms["tiers"]) == ("launched", [[2, 4500], [5, 3990]])
    assert serious(page) == []

    change_and_stop(page, say)


def change_and_stop(page: Page, say: Callable[..., str]) -> None:
    """Change the terms of a campaign that runs, then end it for a reason."""
    page.get_by_role("link", name=say("Change its terms")).click()
    expect(page.get_by_label(say("Begins"))).to_be_disabled()
    page.get_by_label(f"{say('Price each, ¥')}, 1").fill("44")
    page.get_by_role("button", name=say("Save the new terms")).click()
    expect(page.get_by_text(say("Version %(number)s") % {"number": 2})).to_be_visible()
    page.get_by_role("link", name=say("Stop", "campaign"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say("Reason")).fill("the goods are spoiled")
    dialog.get_by_role("button", name=say("Stop this campaign")).click()
    expect(page.get_by_text(say("Stopped: %(reason)s") % {"reason": "the goods are spoiled"})).to_be_visible()


def test_the_pages_fit_in_chinese(open_page: Callable[..., Page], site: str) -> None:
    houses.build()
    page = open_page(**LARGE)
    signed_in(page, site)
    for address in ("", "new/", "new/groupbuy/", "new/coupon/", f"{Campaign.objects.latest('pk').pk}/"):
        page.goto(f"/console/campaigns/{address}")
        assert fits(page), address
        assert serious(page) == [], address
    for address in ("", "new/"):
        page.goto(f"/console/scenes/{address}")
        assert fits(page), address
        assert serious(page) == [], address


class Hands:
    """A person's hands, counted: each click and each field filled in is one."""

    def __init__(self) -> None:
        self.count = 0

    def click(self, what: Locator) -> None:
        self.count += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.count += 1
        what.fill(text)


def compose_tea_days(page: Page, hands: Hands) -> None:
    """Compose and publish a scene of four blocks."""
    page.goto("/console/scenes/")
    hands.click(page.get_by_role("link", name="New scene").first)
    hands.fill(page.get_by_label("Title, Chinese"), "秋茶节")
    hands.fill(page.get_by_label("Title, English"), "Autumn tea days")
    hands.click(page.get_by_role("button", name="Go on to its blocks"))

    hands.click(page.get_by_role("button", name="Headline"))
    first = page.get_by_role("group", name="1. Headline")
    hands.fill(first.get_by_label("Words, Chinese"), "今秋第一泡")
    hands.fill(first.get_by_label("Words, English"), "The first of this autumn")
    expect(page.locator("#scene-look")).to_contain_text("The first of this autumn")
    hands.click(page.get_by_role("button", name="Goods", exact=True))
    goods = page.get_by_role("group", name="2. Goods")
    hands.fill(goods.get_by_label("Search goods"), "冻顶")
    hands.click(goods.get_by_label("Dongding oolong"))
    expect(page.locator("#scene-look .product-card")).to_contain_text("Dongding oolong")
    hands.click(page.get_by_role("button", name="Text", exact=True))
    text = page.get_by_role("group", name="3. Text")
    hands.fill(text.get_by_label("Words, Chinese"), "山上的茶农自己采的。")
    hands.click(page.get_by_role("button", name="Move up, 3. Text"))
    expect(page.get_by_role("group", name="2. Text")).to_be_visible()
    hands.click(page.get_by_role("button", name="Button", exact=True))
    button = page.get_by_role("group", name="4. Button")
    hands.fill(button.get_by_label("On the button, Chinese"), "再逛逛")
    hands.fill(button.get_by_label("Leads to"), "/discover/")
    assert serious(page) == []
    assert fits(page)
    hands.click(page.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text("Published. Customers see it now.")).to_be_visible()


@pytest.mark.parametrize("language", ["en"])
def test_a_scene_is_composed_in_few_steps_and_a_customer_buys_through_it(open_page: Callable[..., Page], site: str) -> None:
    houses.build()
    buyer = world.customer()
    product = make_product("冻顶乌龙", title_en="Dongding oolong", lowest_price_fen=6800, highest_price_fen=6800, indexed=True)
    make_sku(product, stock=9, price_fen=6800)
    page, hands = open_page(**LARGE), Hands()
    signed_in(page, site)
    compose_tea_days(page, hands)
    assert hands.count <= 40
    scene = Scene.objects.get()
    assert [block["kind"] for block in scene.blocks] == ["headline", "text", "products", "button"]

    phone = open_page(**PHONE, user_agent=A_PHONE)
    client = Client()
    client.force_login(buyer.user)
    phone.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    phone.goto(f"/scene/{scene.slug}/")
    expect(phone.get_by_role("heading", name="The first of this autumn")).to_be_visible()
    assert serious(phone) == []
    assert fits(phone)
    phone.get_by_role("link", name=re.compile("Dongding oolong")).click()
    phone.get_by_role("button", name="Buy now").click()
    phone.get_by_role("button", name=re.compile("^Pay")).click()
    expect(phone).to_have_url(re.compile("/sandbox/"))
    order = Order.objects.get(buyer=buyer.user)
    assert order.source == f"scene-{scene.pk}"
    world.at_cashier(world.begin_payment(buyer, order))
    page.goto("/console/scenes/")
    row = page.get_by_role("row", name=re.compile("Autumn tea days"))
    expect(row.get_by_role("cell").nth(5)).to_have_text("1")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_is_read_on_a_phone_without_moving_it_sideways(open_page: Callable[..., Page], site: str, language: str) -> None:
    house = houses.build()
    owner = User.objects.filter(is_staff=True).order_by("pk").first()
    assert owner is not None
    terms = {"sku_id": house.sku.pk, "floor_fen": 100, "helpers": 2, "hours": 24}
    draft = campaigns.Draft(
        title_zh="邻里砍价节，电饭煲和所有厨房好物一起砍",
        title_en="Neighbourhood bargaining festival for rice cookers",
        channels=("web",),
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(days=30),
        terms=terms,
        budget_fen=12_345_678,
    )
    made = campaigns.compose(owner, "bargain", draft)
    page = open_page(viewport={"width": 390, "height": 844})
    signed_in(page, site)
    page.goto("/console/campaigns/")
    row = page.locator(".campaign-table tbody tr", has_text=made.number)
    say = in_language(language)
    expect(row).to_contain_text(say("Bargain"))
    expect(row.locator(".badge")).to_have_text(say("Draft"))
    expect(row.locator("td").last).to_have_attribute("data-label", say("Budget"))
    expect(row.locator(".badge")).to_be_in_viewport(ratio=1)
    box = page.locator(".table-box")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert fits(page)
    assert serious(page) == []
