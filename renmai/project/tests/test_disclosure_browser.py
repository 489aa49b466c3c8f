"""Every kind of link opened on a phone, in both languages: what is earned stands there to be read, and the page holds together."""

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.tests.factories import make_member
from renmai.journeys.tests.world import agent_with_shop
from renmai.project.tests.test_disclosure import LANGUAGES, THINGS
from renmai.web.workbench.tests.test_browser import sign_in
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_whoever_opens_a_link_reads_what_is_earned_by_it(page_phone: Page, site: str, language: str) -> None:
    page, (_agent, shop) = page_phone, agent_with_shop()
    sign_in(page, site, make_member("周一鸣"))
    for what, made in THINGS.items():
        page.goto(f"/s/{made(shop).link.code}")
        said = page.locator(".disclosure", has_text=LANGUAGES[language]).first
        expect(said).to_be_visible()
        shoot(page, f"disclosed-{what}-{language}")
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), what
        assert serious(page) == [], what
