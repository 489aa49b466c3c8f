"""Recommended goods in a real browser: taken in, turned down, and required otherwise; nothing that axe calls serious."""

import re

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.tests.factories import make_member
from renmai.insight.stream.actions import taking_in
from renmai.insight.stream.models import Aside, EventRow
from renmai.matching import actions, selections
from renmai.matching.selections import Entry, Why
from renmai.web.workbench.tests.test_browser import sign_in
from renmai.web.workbench.tests.world import agreed, bound, desk, goods, picked
from tools.testing.browser import shoot
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


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_today_says_what_to_share_and_one_tap_leads_to_the_link(
    page_phone: Page, site: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "MACHINES", re.compile("nobody"))
    mine = desk()
    product, other = picked(mine), goods(title_zh="云雾茶", title_en="Mist tea")
    who = agreed(bound(mine, make_member("Lin Mei")))
    why = (Why("popular", 0, 12),)
    selections.keep("share", mine.user.pk, [Entry(product.pk, why, (who.pk,))], strategy="personal")
    selections.keep("agent", mine.user.pk, [Entry(other.pk, why)], strategy="tail")
    sign_in(page_phone, site, mine.user)
    page_phone.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page_phone.goto("/agent/")
    seen(page_phone, "today")
    assert serious(page_phone) == []
    shoot(page_phone, f"today-share-{language}")
    page_phone.locator("button[data-text-surface=today]").click()
    page_phone.wait_for_url("**/agent/share/**")
    assert told(page_phone, "today") == (f"shown {product.pk} personal", f"chosen {product.pk} personal")
    page_phone.goto("/agent/shop/advice/")
    seen(page_phone, "advice")
    assert told(page_phone, "share") == (f"shown {product.pk} personal",)
    page_phone.locator(f"#p{other.pk} a.plain").click()
    page_phone.wait_for_url("**/p/**")
    assert told(page_phone, "advice") == (f"shown {other.pk} tail", f"chosen {other.pk} tail")
    assert Aside.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_recommended_goods_are_taken_turned_down_and_required(page_phone: Page, site: str, language: str) -> None:
    mine = desk()
    motifs = ("tea-tin", "peach", "sneaker", "mug")
    made = [
        goods(2990 + 1000 * at, title_zh=f"好物{at}", title_en=f"Fine thing {at}", motif=motif) for at, motif in enumerate(motifs)
    ]
    shared = picked(mine)
    who = bound(mine, make_member("Lin Mei"))
    why = (Why("taste", made[0].category_id, 3), Why("likeness", shared.pk), Why("quality", 0, 32))
    selections.keep("agent", mine.user.pk, [Entry(product.pk, why) for product in made], strategy="personal", people=3)
    selections.keep("share", mine.user.pk, [Entry(shared.pk, why[:1], (who.pk,))], strategy="personal")
    selections.keep("group", mine.user.pk, [Entry(made[1].pk, why)], strategy="personal", part=made[1].category_id, people=3)
    sign_in(page_phone, site, mine.user)
    page_phone.goto("/agent/shop/advice/")
    assert serious(page_phone) == []
    page_phone.locator(f"#p{made[0].pk} form button").first.click()
    expect(page_phone.locator(f"#p{made[0].pk}")).to_have_attribute("role", "status")
    page_phone.locator(f"#p{made[1].pk} summary").click()
    page_phone.locator(f"#p{made[1].pk} button[value=price]").click()
    expect(page_phone.locator(f"#p{made[1].pk}")).to_have_attribute("role", "status")
    page_phone.goto("/agent/shop/requirements/")
    assert serious(page_phone) == []
    page_phone.locator("input[name=maximum]").fill("45")
    page_phone.locator("form button[type=submit]").last.click()
    expect(page_phone).to_have_url(f"{site}/agent/shop/advice/")
    actions.refresh_selections(10)
    page_phone.reload()
    assert serious(page_phone) == []
    expect(page_phone.locator("article.advice")).to_have_count(0)
    assert language in {"en", "zh-hans"}
