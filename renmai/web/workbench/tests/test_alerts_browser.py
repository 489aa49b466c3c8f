"""An alert reaches an open page by itself, and the right product is given away in three taps; without scripts it stands there too."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.alerts import live
from renmai.alerts.actions import watch
from renmai.alerts.live import Streams
from renmai.alerts.models import BrowseAlert
from renmai.alerts.tests.floor import agrees
from renmai.insight.stream.records import StreamEvent
from renmai.insight.stream.tests.happenings import happened
from renmai.policy.actions import change_setting
from renmai.policy.queries import clear_cache
from renmai.web.workbench.tests.test_browser import sign_in
from renmai.web.workbench.tests.world import Desk, bound, desk, goods, link_to, picked
from renmai.web.workbench.views import live as view
from tools.testing.browser import PHONE, shoot
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[Streams]:
    """Streams of this test, which end with it."""
    found = Streams(ask=live._ask, newest=live._newest)
    monkeypatch.setattr(view, "streams", found)
    yield found
    found.close()


@pytest.fixture
def mine() -> Desk:
    """An agent with a shop and a link; nobody sleeps here."""
    for key in ("trust.quiet_from", "trust.quiet_until"):
        change_setting(make_staff(), key, value=0, reason="for a test")
    clear_cache()
    mine = desk()
    link_to(mine, picked(mine))
    return mine


def lingers(mine: Desk, name: str, title: str) -> User:
    """A customer of hers who agreed looks long at a product."""
    customer, product = bound(mine, make_member(name)), goods(title_zh=title)
    agrees(customer)
    events: list[StreamEvent] = [
        happened("product_viewed", user=customer, product=product, funnel="social"),
        happened("product_viewed", user=customer, product=product, funnel="social"),
        happened("sku_chosen", user=customer, product=product, sku=1),
        happened("product_lingered", user=customer, product=product, seconds=120, scroll=95, pictures=4),
    ]
    watch(events)
    return customer


@pytest.mark.parametrize("language", ["en"])
def test_a_card_comes_by_itself_and_leads_to_the_share(page_phone: Page, site: str, mine: Desk, streams: Streams) -> None:
    sign_in(page_phone, site, mine.user)
    page_phone.goto("/agent/")
    expect(page_phone.get_by_text("Nobody lingers right now.")).to_be_visible()
    page_phone.wait_for_function("performance.getEntriesByType('resource').length > 0")
    lingers(mine, "王芳", "阳山水蜜桃")
    card = page_phone.get_by_role("article")
    expect(card).to_be_visible(timeout=15_000)
    expect(card).to_contain_text("王芳 is looking at")
    expect(card).to_contain_text("stayed 2 minutes")
    expect(page_phone.get_by_text("Nobody lingers right now.")).to_be_hidden()
    assert serious(page_phone) == []
    shoot(page_phone, "alert-card-en")
    card.get_by_role("button", name="Share this").click()
    expect(page_phone).to_have_url(re.compile(r"/agent/share/\w+/$"))
    expect(page_phone.get_by_text("阳山水蜜桃").first).to_be_visible()
    assert BrowseAlert.objects.get().status == "shared"
    page_phone.goto("/agent/")
    expect(page_phone.get_by_text("Nobody lingers right now.")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hans"])
def test_without_scripts_it_stands_there_and_can_be_set_aside(open_page: Callable[..., Page], site: str, mine: Desk) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    lingers(mine, "王芳", "阳山水蜜桃")
    sign_in(page, site, mine.user)
    page.goto("/agent/")
    expect(page.get_by_role("article")).to_contain_text("王芳")
    shoot(page, "alert-card-zh")
    page.get_by_role("button", name="先不分享").click()
    expect(page.get_by_role("article")).to_have_count(0)
    assert BrowseAlert.objects.get().status == "dismissed"
