"""Recommended goods in a real browser: taken in, turned down, and required otherwise; nothing that axe calls serious."""

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.tests.factories import make_member
from renmai.matching import actions, selections
from renmai.matching.selections import Entry, Why
from renmai.web.workbench.tests.test_browser import sign_in
from renmai.web.workbench.tests.world import bound, desk, goods, picked
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)


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
