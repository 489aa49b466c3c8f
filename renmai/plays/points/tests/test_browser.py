"""Points in a real browser, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from renmai.journeys.tests.lives import keep, pay
from renmai.journeys.tests.world import customer, goods, place
from renmai.plays.points.tests.world import campaign, ordered
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_statement(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    who, (peach,) = customer(), goods(stock=100)
    enter(page, site, who.user)
    page.goto("/play/points/")
    look(page, f"points-none-{language}")
    running = campaign({"title_zh": "会员积分", "title_en": "Points for members"})
    keep(pay(who, place(who, [(peach, 3)])))
    ordered(who, running, peach, 100)
    page.goto("/play/points/")
    page.locator("details").last.locator("summary").click()
    expect(page.locator("details").last.get_by_role("link")).to_be_visible()
    look(page, f"points-{language}")
    page.goto(f"/checkout/?sku_id={peach.pk}&quantity=2&address_id={who.address_id}")
    look(page, f"points-checkout-{language}")
