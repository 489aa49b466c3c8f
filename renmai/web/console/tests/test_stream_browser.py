"""The page of events in a real browser, in both languages."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from renmai.insight.stream import delivery
from renmai.insight.stream.actions import ingest
from renmai.insight.stream.delivery import Consumer
from renmai.insight.stream.tests.batches import batch, raw
from renmai.insight.stream.tests.happenings import happened
from renmai.kernel import clock
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_events(page_desktop: Page, site: str, language: str) -> None:
    for number in range(12):
        happened("product_lingered", product=1, seconds=30, scroll=60, pictures=2, at=clock.now() - timedelta(minutes=number))
        happened("searched", query="茶", found=number)
    happened("order_paid", order=1, fen=5000, pieces=2)
    delivery.deliver([Consumer("portraits", lambda _events: None)], limit=20)
    ingest(batch(raw(product=999), raw("x"), raw(product=1, user=3), raw(product=1, v=9)), visitor=None, user=None)
    page = page_desktop
    signed_in(page, site)
    page.goto("/console/stream/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("行为事件流" if language == "zh-hans" else "Stream of events")
    assert serious(page) == []
    shoot(page, f"stream-{language}")
