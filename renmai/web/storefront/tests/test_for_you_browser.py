"""What is recommended to a customer in a real browser: the switch on the list itself, safe picks, and what goes with a product."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from renmai.accounts.consents import Purpose
from renmai.accounts.queries import has_consent
from renmai.insight.stream import delivery
from renmai.insight.stream.actions import taking_in
from renmai.insight.stream.delivery import Consumer
from renmai.insight.stream.models import Aside, EventRow
from renmai.matching import actions, selections, showing
from renmai.matching.models import Showing
from renmai.matching.selections import Entry, Why
from renmai.matching.tests.town import bought, customer, kinds
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


def told(page: Page, surface: str) -> tuple[str, ...]:
    """What the shop heard of goods chosen for who looks on this surface, once the browser has sent everything."""
    page.wait_for_function("() => JSON.parse(localStorage.stream || '[]').length === 0")
    rows = EventRow.objects.filter(name__startswith="recommendation_", properties__surface=surface).order_by("position")
    return tuple(
        dict.fromkeys(f"{row.name.removeprefix('recommendation_')} {row.product_id} {row.properties['model']}" for row in rows)
    )


def seen(page: Page, surface: str) -> None:
    """Look at the first product of a surface until the browser has told of it."""
    with page.expect_response(lambda answer: answer.url.endswith("/beacon/")):
        page.locator(f"[data-stream-shown][data-text-surface={surface}]").first.scroll_into_view_if_needed()


def opened(page: Page, surface: str) -> None:
    """Open the first product of a surface."""
    page.locator(f"[data-stream-chosen][data-text-surface={surface}]").first.click()
    page.wait_for_url("**/p/**")


@pytest.fixture
def _the_browser_is_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of the tests calls itself headless."""
    monkeypatch.setattr(taking_in, "MACHINES", re.compile("nobody"))


@pytest.mark.usefixtures("_the_browser_is_a_person")
def test_what_was_recommended_is_told_when_it_is_seen_and_when_it_is_opened(page_phone: Page, site: str) -> None:
    fruit, _shoes, tea = kinds(2)
    member = customer(None, Purpose.RECOMMENDATIONS, Purpose.BROWSING)
    selections.keep("member", member.pk, [Entry(fruit[0].pk)], strategy="seasonal")
    selections.keep("safe", 0, [Entry(fruit[1].pk)], strategy="safe")
    selections.keep("product", fruit[0].pk, [Entry(tea[0].pk)], strategy="together")
    page, client = page_phone, Client()
    client.force_login(member)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    for address, surface, product, model in (
        ("/", "home", fruit[0], "seasonal"),
        ("/for-you/", "for_you", fruit[0], "seasonal"),
        ("/safe/", "safe", fruit[1], "safe"),
        (f"/p/{fruit[0].pk}/with/", "with", tea[0], "together"),
    ):
        page.goto(address)
        seen(page, surface)
        assert told(page, surface) == (f"shown {product.pk} {model}",)
        opened(page, surface)
        assert told(page, surface) == (f"shown {product.pk} {model}", f"chosen {product.pk} {model}")
    page.goto(f"/p/{fruit[0].pk}/")
    page.locator("#reviews").scroll_into_view_if_needed()
    strip = page.locator("a.strip-item[data-text-surface=with]")
    expect(strip).to_be_visible()
    before = EventRow.objects.filter(name="recommendation_chosen").count()
    strip.click()
    page.wait_for_url(f"**/p/{tea[0].pk}/**")
    told(page, "with")
    assert EventRow.objects.filter(name="recommendation_chosen").count() == before + 1
    assert set(EventRow.objects.filter(name__startswith="recommendation_").values_list("user_id", flat=True)) == {member.pk}
    delivery.drain([Consumer(showing.READER, showing.count)])
    assert Showing.objects.get(surface="home").shown == 1
    assert Aside.objects.count() == 0


def test_she_sees_why_turns_it_off_and_looks_at_safe_picks(page_phone: Page, site: str) -> None:
    fruit, _shoes, tea = kinds(4)
    member = customer(None, Purpose.RECOMMENDATIONS)
    bought(member, fruit[0])
    bought(member, tea[0])
    actions.refresh_selections(10)
    selections.keep("safe", 0, [Entry(product.pk, (Why("quality", 1, 40),)) for product in fruit], strategy="safe")
    selections.keep("product", fruit[0].pk, [Entry(tea[0].pk, (Why("together", fruit[0].pk),))], strategy="together")
    client = Client()
    client.force_login(member)
    page = page_phone
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.goto("/")
    expect(page.get_by_role("heading", name="为你推荐")).to_be_visible()
    assert serious(page) == []
    page.goto("/for-you/")
    assert serious(page) == []
    page.get_by_role("button", name="关闭个性化推荐").click()
    expect(page.get_by_text("不使用你的任何信息")).to_be_visible()
    assert not has_consent(member, Purpose.RECOMMENDATIONS)
    page.goto("/safe/")
    expect(page.get_by_text("40 单里退了 1 单").first).to_be_visible()
    assert serious(page) == []
    page.goto(f"/p/{fruit[0].pk}/")
    page.locator("#reviews").scroll_into_view_if_needed()
    expect(page.get_by_role("heading", name="搭配着买")).to_be_visible()
