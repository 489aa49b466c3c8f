"""A walk through the pages of insight in both languages, on a desk and on a phone: they fit, everybody can read them, and they are translated."""

import re
from typing import Final

import pytest
from django.urls import reverse
from playwright.sync_api import Page, ViewportSize

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_staff
from renmai.insight.experiments.tests.trying import pays, people, running
from renmai.insight.portraits.actions import compose
from renmai.kernel import clock
from renmai.web.console.tests import test_customers_browser, test_insight_browser, test_spread_browser
from renmai.web.console.tests.test_insight_browser import PERIOD
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1360, "height": 900}
ENGLISH: Final = re.compile(r"\b[A-Za-z]+(?: [a-z]+){3,}")
"""Four English words in a row: no Chinese page has them, unless one of its sentences was not translated."""

CHINESE: Final = re.compile(r"[一-鿿]")
OURS: Final = "main :is(h2, th, label, button, dt, .card-title, .stat-label)"
"""What only we write: names of people, goods and campaigns stand elsewhere."""


def full_shop() -> dict[str, str]:
    """A shop in which every page has something to show; return the pages by name."""
    town = test_spread_browser.busy_town()
    test_insight_browser.busy_shop()
    test_customers_browser.busy_shop()
    trial = running(moment=clock.now(), hypothesis="新品在前，页面每次都不一样，会员会更常回来。")
    for member in people(4):
        pays(member, moment=clock.now())
    segment = compose(
        make_staff(), name="宝妈", match="all", conditions=[{"field": "category", "comparison": "some", "values": ["baby"]}]
    )
    member = User.objects.get(display_name="顾小美")
    names = (
        "value",
        "retention",
        "customers",
        "segments",
        "segment_new",
        "experiments",
        "experiment_new",
        "ties",
        "relations",
        "searches",
    )
    more = ("browse_alerts", "matching", "trust", "stream", "adviser")
    return {name: reverse(f"console:{name}") for name in (*names, *more)} | {
        "funnels": reverse("console:funnels") + PERIOD,
        "customer": reverse("console:customer", args=[member.pk]),
        "segment": reverse("console:segment", args=[segment.pk]),
        "experiment": reverse("console:experiment", args=[trial.pk]),
        "spread": reverse("console:campaign_spread", args=[town.campaign.pk]),
    }


def untranslated(page: Page, language: str) -> list[str]:
    """Return words of ours that stand there in the other language."""
    if language == "zh-hans":
        return ENGLISH.findall(page.locator("main").inner_text())
    return [text for text in page.locator(OURS).all_inner_texts() if CHINESE.search(text)]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_insight_hold_together(page_desktop: Page, site: str, language: str) -> None:
    page, found = page_desktop, []
    pages = full_shop()
    signed_in(page, site)
    page.set_default_timeout(30_000)
    for name, address in pages.items():
        page.set_viewport_size(DESK)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        shoot(page, f"walk-{name}-{language}")
        found += [f"{name}: {rule}" for rule in serious(page)]
        found += [f"{name}: not translated: {text}" for text in untranslated(page, language)]
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{name}: {wide} too wide at {size['width']}"] * (wide > 0)
        shoot(page, f"walk-{name}-{language}-phone")
    assert found == []
