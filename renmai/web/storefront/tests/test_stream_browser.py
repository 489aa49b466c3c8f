"""A real browser tells what is done on a page: for how long, once, also when the network was away; and not when asked to be quiet."""

import re

import pytest
from playwright.sync_api import Page, Request, expect

from renmai.insight.stream.actions import taking_in
from renmai.insight.stream.models import Aside, EventRow
from renmai.web.storefront.tests.shelves import agent, link_to, with_options

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEACON = "**/beacon/"


@pytest.fixture(autouse=True)
def _the_browser_is_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of the tests calls itself headless, whatever it is told to say while it leaves a page."""
    monkeypatch.setattr(taking_in, "MACHINES", re.compile("nobody"))


def is_beacon(request: Request) -> bool:
    return request.url.endswith("/beacon/") and request.method == "POST"


def told() -> list[str]:
    return list(EventRow.objects.order_by("position").values_list("name", flat=True))


def linger(page: Page, seconds: int) -> None:
    """Let so much time pass for the page, and wait until it has told of it."""
    with page.expect_response(lambda answer: is_beacon(answer.request)) as answered:
        page.clock.run_for(seconds * 1000)
    answered.value.finished()


def test_lingering_on_a_product_is_told_while_it_happens_and_leaving_too(page_phone: Page) -> None:
    oranges, _skus, _values = with_options((20, 3, 0))
    _agent, shop = agent(oranges, name="Lin")
    link, page = link_to(oranges, shop), page_phone
    page.clock.install()
    page.goto(f"/s/{link.code}")
    linger(page, 12)
    lingered = EventRow.objects.get()
    assert (lingered.name, lingered.product_id, lingered.share_id) == ("product_lingered", oranges.pk, link.pk)
    assert lingered.properties["seconds"] >= 10
    assert lingered.visitor_id is not None
    assert lingered.user_id is None
    page.goto("/search/?q=" + oranges.title_zh)
    linger(page, 2)
    assert sorted(set(told())) == ["product_left", "product_lingered", "searched"]
    assert told().count("product_left") == 1, "sent when leaving and again by the next page, kept once"
    assert EventRow.objects.get(name="searched").properties == {"query": oranges.title_zh, "found": 1, "loosened": 0}
    assert list(Aside.objects.values_list("reason", "name", "count")) == []


def test_what_could_not_be_sent_goes_along_with_the_next_page(page_phone: Page, expected_console: list[str]) -> None:
    expected_console.append("ERR_INTERNET_DISCONNECTED")
    page = page_phone
    page.route(BEACON, lambda route: route.abort("internetdisconnected"))
    with page.expect_request(is_beacon):
        page.goto("/search/")
    page.wait_for_function("() => JSON.parse(localStorage.stream).length === 1")
    # The page of the test before may still say good-bye.
    assert "list_viewed" not in told()
    page.unroute(BEACON)
    with page.expect_response(lambda answer: is_beacon(answer.request)):
        page.goto("/cart/")
    page.wait_for_function("() => JSON.parse(localStorage.stream).length === 0")
    assert [told().count(name) for name in ("list_viewed", "cart_opened")] == [1, 1]


def test_a_browser_that_asks_not_to_be_followed_tells_nothing(page_phone: Page) -> None:
    page = page_phone
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if is_beacon(request) else None)
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    page.goto("/search/")
    page.wait_for_timeout(600)
    page.goto("/cart/")
    expect(page.locator("main")).to_be_visible()
    assert (sent, told()) == ([], [])


def test_choosing_a_variant_is_told(page_phone: Page) -> None:
    oranges, skus, _values = with_options((20, 3, 0))
    page = page_phone
    page.goto(f"/p/{oranges.pk}/#sku")
    with page.expect_response(lambda answer: is_beacon(answer.request)):
        page.locator("dialog#sku").locator("label.option").nth(1).click()
    page.wait_for_function("() => JSON.parse(localStorage.stream).length === 0")
    assert EventRow.objects.get(name="sku_chosen").properties == {"sku": skus[1].pk}
