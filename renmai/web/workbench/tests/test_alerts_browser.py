"""An alert reaches an open page by itself, and the right product is given away in three taps; without scripts it stands there too."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from renmai.accounts.models import User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.alerts import live, queries
from renmai.alerts.actions import watch
from renmai.alerts.live import Streams
from renmai.alerts.models import BrowseAlert
from renmai.alerts.tests.floor import agrees
from renmai.insight.stream.records import StreamEvent
from renmai.insight.stream.tests.happenings import happened
from renmai.policy.actions import change_setting
from renmai.policy.queries import clear_cache
from renmai.sharing.models import Share
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


@dataclass(frozen=True)
class Words:
    """What the page says in one language, as the test reads it."""

    nobody: str
    looking: str
    stayed: str
    share: str
    copy: str
    send: str
    say: str
    earns: str


WORDS = {
    "en": Words(
        "Nobody lingers right now.",
        "王芳 is looking at",
        "stayed 2 minutes",
        "Share this",
        "Copy with words",
        "Send to a friend",
        "What to say to 王芳",
        "I earn a commission",
    ),
    "zh-hans": Words(
        "现在没有顾客停留。",
        "王芳 正在看",
        "停留 2 分钟",
        "分享这件",
        "连话一起复制",
        "发给朋友",
        "对王芳说什么",
        "我会获得佣金",
    ),
}
PHONES_SHARE = """
    window.sent = [];
    navigator.share = async content => { window.sent.push(content); };
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async text => { window.sent.push({ text }); } } });
"""
"""A browser without a window has neither the phone's own sheet nor its clipboard: what would go there is kept."""


class Finger:
    """Taps, counted. Choosing the friend in the phone's own sheet, or pasting, is one more."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_the_card_to_the_friend_in_three_taps(
    page_phone: Page, site: str, mine: Desk, streams: Streams, language: str
) -> None:
    words, finger = WORDS[language], Finger()
    page_phone.add_init_script(PHONES_SHARE)
    sign_in(page_phone, site, mine.user)
    page_phone.goto("/agent/")
    expect(page_phone.get_by_text(words.nobody)).to_be_visible()
    page_phone.wait_for_function("performance.getEntriesByType('resource').length > 0")
    lingers(mine, "王芳", "阳山水蜜桃")
    card = page_phone.get_by_role("article")
    expect(card).to_be_visible(timeout=15_000)
    expect(card).to_contain_text(words.looking)
    expect(card).to_contain_text(words.stayed)
    expect(page_phone.get_by_text(words.nobody)).to_be_hidden()
    assert serious(page_phone) == []
    shoot(page_phone, f"alert-card-{language}")
    finger.tap(card.get_by_role("button", name=words.share))
    expect(page_phone).to_have_url(re.compile(r"/agent/share/\w+/\?alert=\d+$"))
    assert BrowseAlert.objects.get().status == "shared"
    address = f"{site}/s/{Share.objects.get(product__title_zh='阳山水蜜桃').code}"

    field = page_phone.get_by_label(words.say)
    offered = field.input_value()
    assert "阳山水蜜桃" in offered
    shoot(page_phone, f"alert-share-{language}")
    assert serious(page_phone) == []
    finger.tap(page_phone.get_by_role("button", name=words.send))
    assert finger.taps + 1 <= 3
    (sent,) = page_phone.evaluate("window.sent")
    assert (sent["url"], sent["text"].split("\n")[0]) == (address, offered)
    assert words.earns in sent["text"]

    # She puts it in her own words; what she earns goes along all the same.
    field.fill("自家吃的桃，甜。")
    page_phone.get_by_role("button", name=words.copy).tap()
    copied = page_phone.evaluate("window.sent")[1]["text"].split("\n")
    assert (copied[0], copied[-1]) == ("自家吃的桃，甜。", address)
    assert words.earns in copied[1]
    page_phone.goto("/agent/")
    expect(page_phone.get_by_text(words.nobody)).to_be_visible()


@pytest.mark.parametrize("language", ["en"])
def test_a_page_that_was_cut_off_hears_what_it_missed_once(
    page_phone: Page, site: str, mine: Desk, streams: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "RECONNECT_MILLISECONDS", 1500)
    came_from: list[int] = []

    def open_numbers(user: User, *, after: int) -> list[int]:
        came_from.append(after)
        return missed(user, after=after)

    missed = queries.open_numbers
    monkeypatch.setattr(queries, "open_numbers", open_numbers)
    sign_in(page_phone, site, mine.user)
    page_phone.goto("/agent/")
    page_phone.wait_for_function("performance.getEntriesByType('resource').length > 0")
    lingers(mine, "王芳", "阳山水蜜桃")
    cards = page_phone.get_by_role("article")
    expect(cards).to_have_count(1, timeout=15_000)
    first = BrowseAlert.objects.get()
    # The line breaks, and two more linger before the browser has come back.
    (cut,) = streams._by_person[mine.user.pk]
    cut.waiting.put("later")
    for name in ("李雷", "韩梅"):
        lingers(mine, name, f"{name}的桃")
    expect(cards).to_have_count(3, timeout=15_000)
    # Its address says 0 as before; where it was it knows by the last number that it was sent.
    assert came_from == [0, first.pk]
    # Longer than the thread asks: what came twice would stand there twice by now.
    page_phone.wait_for_timeout(1000)
    assert [page_phone.locator(f"#alert-{alert.pk}").count() for alert in BrowseAlert.objects.all()] == [1, 1, 1]


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
