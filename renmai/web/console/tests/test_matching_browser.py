"""The console's page of matching in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from renmai.matching import actions
from renmai.matching.fitted import files
from renmai.matching.fitted.tests.circles import circles, home
from renmai.matching.models import Comparison, Demotion
from renmai.matching.tests.town import kinds, seller
from renmai.web.console.tests.test_running_browser import signed_in
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["home"]
RESULTS = [
    {"strategy": "personal", "precision": 0.061, "recall": 0.41, "ndcg": 0.288, "low": 0.36, "high": 0.46, "goods": 143},
    {"strategy": "popular", "precision": 0.032, "recall": 0.22, "ndcg": 0.131, "low": 0.18, "high": 0.26, "goods": 20},
]


def test_a_demotion_is_read_and_lifted(page_desktop: Page, site: str) -> None:
    (product, *_others), *_kinds = kinds(3)
    seller("One")
    seller("Two")
    actions.refresh_selections(10)
    Comparison.objects.create(held_out_days=30, people=212, results=RESULTS)
    row = Demotion.objects.create(product=product, judged=20, bad=12, tolerated_points=800, times=9041)
    signed_in(page_desktop, site)
    page_desktop.goto("/console/matching/")
    assert serious(page_desktop) == []
    page_desktop.locator(f"#why-{row.pk}").fill("换了新一批货")
    page_desktop.get_by_role("button", name="恢复推荐").click()
    expect(page_desktop.get_by_text("没有暂停推荐的商品")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_model_that_serves_is_read_on_a_phone_and_a_desk(
    page_desktop: Page, page_phone: Page, site: str, home: Path, language: str
) -> None:
    circles()
    actions.refit(1)
    for page in (page_desktop, page_phone):
        signed_in(page, site)
        page.goto("/console/matching/")
        heading = page.locator("#model")
        expect(heading).to_contain_text("同一批人还买了什么" if language == "zh-hans" else "Same buyers")
        expect(page.locator("section[aria-labelledby=model] tr.row-own")).to_have_count(1)
        heading.scroll_into_view_if_needed()
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    (home / "models" / files.manifest().file).unlink()
    page_phone.reload()
    expect(page_phone.locator("section[aria-labelledby=model] .notice-warn")).to_be_visible()
