"""An invitation in a real browser, in both languages; nothing in the way of whoever cannot see."""

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.tests.factories import make_member
from renmai.journeys.tests.world import buy, goods
from renmai.plays.invitation.actions import code_of
from renmai.plays.invitation.models import Invitation
from renmai.plays.invitation.tests.world import inviting, newcomer
from renmai.web.storefront.tests.looking import look
from renmai.web.storefront.tests.test_buying_browser import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {"zh-hans": ("接受邀请", "确定", "邀请码"), "en": ("Accept", "Enter", "Invitation code")}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_invitation(page_phone: Page, live_server: object, language: str, expected_console: list[str]) -> None:
    expected_console.append("409 (Conflict)")
    page, site = page_phone, str(live_server)
    accept, send, label = WORDS[language]
    campaign = inviting()
    campaign.copy_zh, campaign.copy_en = "好东西，告诉好朋友。", "Tell your friends of what is good."
    campaign.title_zh, campaign.title_en = "老带新有礼", "Bring a friend"
    campaign.save()
    elder, first, second = make_member("林晓"), newcomer(), newcomer()
    page.goto(f"/play/invitation/c/{code_of(elder)}/")
    look(page, f"invitation-guest-{language}")
    enter(page, site, first.user)
    page.goto(f"/play/invitation/c/{code_of(elder)}/")
    look(page, f"invitation-landing-{language}")
    page.get_by_role("button", name=accept).click()
    expect(page.get_by_text("林**").first).to_be_visible()
    look(page, f"invitation-welcome-{language}")
    (sku,) = goods(freight=False)
    buy(first, [(sku, 1)])
    enter(page, site, second.user)
    page.goto("/play/invitation/enter/")
    page.get_by_label(label).fill("AAAA2222")
    page.get_by_role("button", name=send).click()
    expect(page.locator(".field-error, .errorlist, [aria-invalid=true]").first).to_be_visible()
    look(page, f"invitation-wrong-{language}")
    page.get_by_label(label).fill(code_of(elder))
    page.get_by_role("button", name=send).click()
    expect(page.get_by_text("林**").first).to_be_visible()
    enter(page, site, elder)
    page.goto("/play/invitation/")
    look(page, f"invitation-mine-{language}")
    page.goto(f"/play/invitation/share/{campaign.pk}/")
    look(page, f"invitation-share-{language}")
    assert Invitation.objects.filter(inviter=elder).count() == 2
