"""A bargain in a real browser: started, helped and bought, in both languages; nothing in the way of whoever cannot see."""

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.tests.factories import make_member
from renmai.journeys.tests.world import customer, violations
from renmai.plays.bargain.models import Bargain
from renmai.plays.bargain.tests.world import bargaining, helped, now
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "zh-hans": ("发起砍价", "邀请好友帮砍", "帮 TA 砍一刀", "谢谢！", "¥9.90 购买"),
    "en": ("Start bargaining", "Ask friends to help", "Help to cut", "Thank you!", "Buy it for ¥9.90"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_bargain(page_phone: Page, live_server: object, language: str) -> None:
    page, site = page_phone, str(live_server)
    start, ask, help_, thanks, buy = WORDS[language]
    who, friend, campaign = customer(), make_member("林小满"), bargaining(helpers=4)
    campaign.copy_zh, campaign.copy_en = "约上朋友，一起把价格砍下来。", "With friends the price comes down."
    campaign.save()
    enter(page, site, who.user)
    page.goto(f"/p/{campaign.products.get().product_id}/")
    page.locator(f'a[href="/play/bargain/at/{campaign.pk}/"]').click()
    look(page, f"bargain-offer-{language}")
    page.get_by_role("button", name=start).click()
    expect(page.get_by_role("link", name=ask)).to_be_visible()
    bargain = Bargain.objects.get()
    helped(bargain, 2)
    page.reload()
    look(page, f"bargain-own-{language}")
    page.get_by_role("link", name=ask).click()
    look(page, f"bargain-share-{language}")
    page.goto("/play/bargain/")
    look(page, f"bargain-mine-{language}")
    enter(page, site, friend)
    page.goto(f"/play/bargain/{bargain.number}/")
    look(page, f"bargain-friend-{language}")
    page.get_by_role("button", name=help_).click()
    expect(page.get_by_text(thanks).first).to_be_visible()
    look(page, f"bargain-thanked-{language}")
    helped(bargain, 1)
    enter(page, site, who.user)
    page.goto(f"/play/bargain/{bargain.number}/")
    look(page, f"bargain-floor-{language}")
    page.get_by_role("link", name=buy).click()
    expect(page.get_by_text("¥9.90").first).to_be_visible()
    assert now(bargain).status == "open"
    assert violations() == []
