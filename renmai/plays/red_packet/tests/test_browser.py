"""A red packet opened in a real browser, in both languages."""

import pytest
from playwright.sync_api import Page, expect

from renmai.journeys.tests.world import customer, violations
from renmai.plays.red_packet.tests.world import campaign, opened
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {"zh-hans": ("拆红包", "恭喜获得"), "en": ("Open it", "for you")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_packet(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    button, thanks = WORDS[language]
    who = customer()
    running = campaign(
        {"title_zh": "中秋邻里红包", "title_en": "Mid-autumn packets", "copy_zh": "人人有份，先到先得。"}, split="random"
    )
    opened(who)
    page.goto(f"{site}/play/red_packet/{running.number}/")
    look(page, f"packet-guest-{language}")
    enter(page, site, who.user)
    page.goto(f"/play/red_packet/{running.number}/")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_text(thanks).first).to_be_visible()
    look(page, f"packet-opened-{language}")
    page.goto("/play/red_packet/")
    look(page, f"packet-mine-{language}")
    page.goto("/play/red_packet/?state=over")
    look(page, f"packet-none-{language}")
    assert violations() == []
