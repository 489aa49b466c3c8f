"""Posts in a real browser on a phone: feeds, a post, writing one, one's own list."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from renmai.content.actions import Target, follow
from renmai.journeys.tests.posts import buyer_of, official, published, topic
from renmai.journeys.tests.world import agent_with_shop, goods
from renmai.web.storefront.tests.looking import look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_she_reads_follows_writes_and_finds_her_own(
    page_phone: Page, site: str, language: str, expected_console: list[str]
) -> None:
    expected_console.append("409")
    skus = goods(1, each=3)
    _agent, shop = agent_with_shop()
    tea = topic()
    post = official(*[sku.product for sku in skus], topic_ids=[tea.pk])
    by_agent = published(shop.owner, skus[1].product, title="第二篇：怎么放", topic_ids=[tea.pk])
    who, page, client = buyer_of(skus[0]), page_phone, Client()
    follow(who.user, Target.of_post(by_agent))
    client.force_login(who.user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
    for address, name in (
        ("/discover/", "discover"),
        ("/discover/latest/", "latest"),
        ("/discover/following/", "following"),
        (f"/discover/topic/{tea.slug}/", "topic"),
        (f"/post/{by_agent.number}/", "post-agent"),
        (f"/post/{by_agent.number}/author/", "author"),
        (f"/post/{post.number}/share/", "share"),
        ("/me/follows/", "follows"),
        ("/me/posts/", "mine-empty"),
    ):
        page.goto(address)
        look(page, f"{name}-{language}")
    page.goto(f"/post/{post.number}/")
    look(page, f"post-{language}")
    page.locator("button[name=follow]").click()
    expect(page.locator("button[name=follow][value='0']")).to_be_visible()
    page.goto("/me/posts/new/")
    page.locator("#id_title").fill("桃子怎么挑")
    page.locator("#id_text").fill("全国第一，包治百病")
    page.locator("input[name=products]").first.check()
    look(page, f"write-{language}")
    page.locator("button[value=publish]").click()
    expect(page.locator(".field-error")).to_be_visible()
    look(page, f"write-refused-{language}")
    page.locator("#id_text").fill("放了三天还是脆的。")
    page.locator("button[value=publish]").click()
    page.wait_for_url("**/post/**")
    page.goto("/me/posts/")
    expect(page.locator(".badge-good")).to_be_visible()
    look(page, f"mine-{language}")
