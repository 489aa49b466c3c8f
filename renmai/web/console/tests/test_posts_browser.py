"""Content of the console in a real browser."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from renmai.content.models import Post
from renmai.journeys.tests.posts import official, topic
from renmai.journeys.tests.world import goods
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("TEST_PICTURES", "")


def look(page: Page, name: str) -> None:
    """Nothing serious is found on the page; whoever wants gets its picture."""
    page.wait_for_load_state()
    assert serious(page) == []
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_the_second_look_in_a_browser(page_desktop: Page, site: str) -> None:
    (sku,) = goods()
    tea = topic()
    official(sku.product)
    waiting = official(sku.product, title="第二篇：怎么放", topic_ids=[tea.pk])
    Post.objects.filter(pk=waiting.pk).update(status="review", needed_look=True, published_at=None)
    page = page_desktop
    signed_in(page, site)
    for address, name in (
        ("/console/content/", "posts"),
        ("/console/content/new/", "post-new"),
        ("/console/content/topics/", "topics"),
    ):
        page.goto(address)
        look(page, f"console-{name}")
        if PICTURES:
            page.set_viewport_size({"width": 390, "height": 844})
            look(page, f"console-{name}-phone")
            page.set_viewport_size({"width": 1360, "height": 900})
    page.goto("/console/content/?status=review")
    page.get_by_role("link", name="第二篇：怎么放").click()
    look(page, "console-post")
    page.get_by_role("button", name="通过并发布").click()
    expect(page.get_by_text("已发布").first).to_be_visible()
    assert Post.objects.get(pk=waiting.pk).status == "published"
