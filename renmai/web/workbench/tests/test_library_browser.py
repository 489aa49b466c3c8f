"""The library in a real browser: from the first page to a copied link in three taps, nothing that axe calls serious."""

import pytest
from playwright.sync_api import Page, expect

from renmai.accounts.actions import give_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.tests.factories import make_member
from renmai.content.models import Post
from renmai.journeys.tests.posts import official, topic
from renmai.matching import selections
from renmai.matching.selections import Entry, Why
from renmai.sharing.models import Share
from renmai.trust.queries import gating
from renmai.web.workbench.tests.test_browser import sign_in
from renmai.web.workbench.tests.world import agreed, bound, desk, goods, picked
from tools.testing.browser import shoot
from tools.testing.seeing import serious

pytestmark = pytest.mark.django_db(transaction=True)
WRITTEN = (
    ("春茶怎么泡不苦", "水温降到八十五度，第一泡十五秒就出汤。泡到第四泡还有豆香。", "tea-tin", "official"),
    ("桃子放几天再吃", "刚到手偏脆，室温放两天会变软变甜。", "peach", "agent"),
    ("我家杯子用了三年", "摔过一次没有裂，盖子拧得很紧，放在包里从来没有漏过水，孩子也喜欢。", "mug", "member"),
)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_three_taps_lead_from_the_first_page_to_a_copied_link(
    page_phone: Page, site: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gating, "is_quiet", lambda *_at: False)  # the server keeps the true time, which may be night
    mine, cooking = desk(), topic("好好做饭")
    who = agreed(bound(mine, make_member("Lin Mei")))
    for purpose in (Purpose.BROWSING, Purpose.AGENT_ALERTS):
        give_consent(who, purpose)
    product = picked(mine, 39_900)
    posts = []
    for title, text, motif, source in WRITTEN:
        post = official(goods(12_900, motif=motif, title_zh=title[:4], title_en="Fine thing"), product, title=title, text=text)
        Post.objects.filter(pk=post.pk).update(source=source, author=make_member("Zhao Yun"))
        posts.append(post)
    whys = ((Why("taste", product.category_id, 3), Why("read", 9, 30)), (Why("topic", cooking.pk, 2), Why("new", 0, 7)), ())
    entries = [Entry(post.pk, why) for post, why in zip(posts, whys, strict=True)]
    selections.keep("library", mine.user.pk, entries, strategy="library", people=4)
    selections.keep("library", mine.user.pk, entries[:1], strategy="library", part=product.category_id, people=3)
    selections.keep("tell", mine.user.pk, entries[:2], strategy="library", part=who.pk)
    one = {who.pk: ([Entry(product.pk, whys[0][:1])], 1)}
    selections.keep_parts("customer", mine.user.pk, one, strategy="personal")
    sign_in(page_phone, site, mine.user)
    page_phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page_phone.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    page_phone.goto("/agent/")
    page_phone.locator("a[href='/agent/library/']").tap()
    page_phone.wait_for_url("**/agent/library/")
    expect(page_phone.locator("article button").first).to_be_in_viewport()
    assert serious(page_phone) == []
    shoot(page_phone, f"library-{language}")
    page_phone.locator("article button").first.tap()
    page_phone.wait_for_url("**/agent/share/**")
    link = Share.objects.get()
    assert serious(page_phone) == []
    shoot(page_phone, f"library-link-{language}")
    page_phone.locator(".copy-box [data-copy]").tap()
    assert link.code in page_phone.evaluate("navigator.clipboard.readText()")
    page_phone.goto(f"/agent/customers/{who.pk}/")
    expect(page_phone.locator("#tell")).to_be_visible()
    assert serious(page_phone) == []
    shoot(page_phone, f"library-customer-{language}")
    page_phone.goto("/agent/library/?source=agent")
    page_phone.locator("article button").tap()
    page_phone.wait_for_url("**/agent/share/**")
    page_phone.goto("/agent/library/?source=agent")
    assert serious(page_phone) == []
    shoot(page_phone, f"library-empty-{language}")
