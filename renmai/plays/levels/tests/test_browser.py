"""Levels in a real browser, in both languages."""

import pytest
from playwright.sync_api import Page

from renmai.journeys.tests.world import customer, goods
from renmai.plays.levels.tests.world import campaign, kept
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_my_level(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    page.goto(f"{site}/play/levels/")
    look(page, f"levels-none-{language}")
    campaign(
        {
            "title_zh": "邻里会员",
            "title_en": "Neighbours' club",
            "copy_zh": "买得越多，价格越好。",
            "copy_en": "The more you keep, the less you pay.",
        }
    )
    page.goto("/play/levels/")
    look(page, f"levels-guest-{language}")
    who, (peach,) = customer(), goods(price_fen=3000, freight=False)
    kept(who, peach)
    enter(page, site, who.user)
    page.goto("/play/levels/")
    look(page, f"levels-{language}")
