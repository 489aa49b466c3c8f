"""Trust in a real browser at 390 px, in both languages: her customers by trust, one tie, trust both ways, and a pause."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from renmai.kernel import clock
from renmai.sharing.actions import pause_sharer
from renmai.trust import actions
from renmai.trust.facts import Fact
from renmai.trust.pledges import Outcome, Pledge
from renmai.trust.weights import Kind
from renmai.web.workbench.tests.test_browser import sign_in
from renmai.web.workbench.tests.world import Desk, bound, desk
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "zh-hans": ("双向信任", "平台对你守不守约", "原因和怎样恢复", "怎样恢复"),
    "en": ("Trust both ways", "How far you can rely on us", "Why, and what ends it", "What ends it"),
}


@pytest.fixture
def mine() -> Desk:
    """An agent with a loyal customer, a withdrawal that came in time, a parcel that did not, and a pause."""
    mine = desk()
    loyal, now = bound(mine), clock.now()
    actions.record([Fact(Kind.REPEAT, f"order:{number}", mine.user.pk, loyal.pk, now) for number in range(8)])
    actions.note_outcomes(
        [
            Outcome(Pledge.PAYOUT, "withdrawal:1", mine.user.pk, is_kept=True, at=now),
            Outcome(Pledge.PARCEL, "parcel:1", mine.user.pk, is_kept=False, at=now),
        ]
    )
    pause_sharer(mine.user.pk, until=now + timedelta(days=30), reason="complaint", evidence="feedback:1")
    return mine


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_her_customers_to_both_ways_and_to_what_ends_the_pause(
    page_phone: Page, site: str, mine: Desk, language: str
) -> None:
    page = page_phone
    both_ways, platform, why, what_ends_it = WORDS[language]
    sign_in(page, site, mine.user)
    page.goto("/agent/customers/?by=trust")
    assert serious(page) == []
    page.get_by_role("link", name=both_ways).click()
    expect(page.get_by_role("heading", name=platform)).to_be_visible()
    expect(page.locator(".badge-bad")).to_have_count(1)
    assert serious(page) == []
    shoot(page, f"agent-trust-{language}")
    page.get_by_role("link", name=why).click()
    expect(page.get_by_text(what_ends_it, exact=True)).to_be_visible()
    assert serious(page) == []
    shoot(page, f"pause-{language}")
