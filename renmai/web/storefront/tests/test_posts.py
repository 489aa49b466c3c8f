"""Posts in the browser of a customer: reading, following, buying what stands in one, writing, passing on."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from renmai.accounts.tests.factories import make_member
from renmai.content.actions import compose
from renmai.content.models import Follow, Post, PostSale, PostTouch, PostVisit
from renmai.content.reactions import on_order_paid
from renmai.journeys.reactions import find_way
from renmai.journeys.tests.clips import film
from renmai.journeys.tests.posts import buyer_of, given, official, published, topic
from renmai.journeys.tests.world import agent_with_shop, at_cashier, begin_payment, customer, goods
from renmai.ordering.events import OrderPaid
from renmai.ordering.models import Order
from renmai.sharing.actions import mute
from renmai.sharing.models import Share, Shop
from renmai.web.storefront.tests.buying import checkout_form, errors_of, picture, text_of
from renmai.web.storefront.tests.shelves import browser

pytestmark = pytest.mark.django_db
FEEDS = ("/discover/latest/", "/discover/following/")


def test_empty_feeds_say_what_to_do() -> None:
    assert "Have you bought something that you like?" in text_of(browser().get("/discover/latest/"))
    assert "Sign in to follow people and topics" in text_of(browser().get("/discover/following/"))
    page = text_of(browser(make_member()).get("/discover/following/"))
    assert "/discover/latest/" in page
    assert "Sign in to follow" not in page


def test_from_a_post_to_a_paid_order_that_is_traced_back() -> None:
    (sku,) = goods()
    post, who = official(sku.product), customer()
    client = browser(who.user)
    page = text_of(client.get(f"/post/{post.number}/"))
    address = re.search(rf'href="(/p/{sku.product_id}/\?way=content&amp;post={post.number})"', page)
    assert address, page
    assert PostVisit.objects.get().user == who.user
    shown = client.get(address[1].replace("&amp;", "&"))
    assert 'name="way" value="content"' in text_of(shown)
    assert PostTouch.objects.get().post == post
    form = checkout_form(client, f"?sku_id={sku.pk}&quantity=1&way=content")
    assert client.post("/checkout/", form).status_code == 302
    order = Order.objects.get()
    assert order.funnel == "content"
    at_cashier(begin_payment(who, order))
    find_way(OrderPaid(order_id=order.pk))
    on_order_paid(OrderPaid(order_id=order.pk))
    assert PostSale.objects.get().post == post


def test_one_follows_from_a_post_and_from_a_topic_and_stops_on_ones_own_page() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    tea, reader = topic(), make_member()
    post = published(shop.owner, sku.product, topic_ids=[tea.pk])
    client = browser(reader)
    assert post.title not in text_of(client.get("/discover/following/"))
    assert client.post(f"/post/{post.number}/follow/", {"follow": "1"}).status_code == 302
    assert client.post(f"/discover/topic/{tea.slug}/follow/", {"follow": "1"}).status_code == 302
    assert post.title in text_of(client.get("/discover/following/"))
    page = text_of(client.get("/me/follows/"))
    assert tea.name in page
    for row in Follow.objects.all():
        assert client.post(f"/me/follows/{row.pk}/end/").status_code == 302
    assert post.title not in text_of(client.get("/discover/following/"))


def test_a_withdrawn_post_is_gone_and_a_muted_author_is_not_there() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    post, reader = published(shop.owner, sku.product), make_member()
    mute(receiver_id=reader.pk, sharer_id=shop.owner_id)
    assert browser(reader).get(f"/post/{post.number}/").status_code == 404
    assert post.title not in text_of(browser(reader).get("/discover/latest/"))
    assert browser(shop.owner).post(f"/me/posts/{post.number}/take-back/").status_code == 302
    gone = browser().get(f"/post/{post.number}/")
    assert gone.status_code == 410
    assert "This post was withdrawn." in text_of(gone)


def test_a_member_writes_keeps_a_draft_and_publishes_it() -> None:
    (sku,) = goods()
    who = buyer_of(sku)
    client = browser(who.user)
    form = {"title": "桃子怎么挑", "text": "放了三天还是脆的。", "products": [sku.product_id], "act": "draft"}
    assert client.post("/me/posts/new/", form).status_code == 302
    draft = Post.objects.get()
    assert draft.status == "draft"
    refused = client.post(f"/me/posts/{draft.number}/", form | {"text": "全国第一，包治百病", "act": "publish"})
    assert refused.status_code == 409
    assert len(errors_of(refused)) == 1
    assert "全国第一" in text_of(refused)
    assert client.post(f"/me/posts/{draft.number}/", form | {"act": "publish"}).status_code == 302
    assert Post.objects.get().status == "published"
    assert draft.title in text_of(browser().get("/discover/latest/"))


def test_pictures_of_a_member_wait_and_the_page_says_so() -> None:
    (sku,) = goods()
    client = browser(buyer_of(sku).user)
    form = {
        "title": "桃子怎么挑",
        "text": "放了三天还是脆的。",
        "products": [sku.product_id],
        "act": "publish",
        "pictures": [picture()],
    }
    assert client.post("/me/posts/new/", form).status_code == 302
    assert "Under review" in text_of(client.get("/me/posts/"))
    assert client.post("/me/posts/new/", form | {"pictures": [picture() for _number in range(10)]}).status_code == 400


def test_whoever_bought_nothing_is_told_so() -> None:
    assert "There is nothing to write about yet" in text_of(browser(make_member()).get("/me/posts/new/"))


def test_her_own_link_leads_to_the_post_and_into_the_agents_shop() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    post = official(sku.product)
    page = text_of(browser(shop.owner).get(f"/post/{post.number}/share/"))
    assert "It leads to the post, in your shop." in page
    assert "commission" in page
    link = Share.objects.get()
    assert (link.kind, link.page, link.shop) == ("page", f"/post/{post.number}/", shop)
    reader = browser()
    landed = reader.get(f"/s/{link.code}")
    assert (landed.status_code, landed["Location"]) == (302, f"{link.page}?by={link.code}")
    assert f"/p/{sku.product_id}/?way=social&amp;post={post.number}" in text_of(reader.get(landed["Location"]))
    shown = text_of(reader.get(link.page))
    assert shop.name in shown
    assert "earns a commission" in shown
    assert browser(shop.owner).get(f"/s/{link.code}/poster.png").status_code == 200


def test_a_page_introduces_nobody_by_a_code_that_is_none_and_by_a_link_into_a_shop_that_closed() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    path = f"/post/{official(sku.product).number}/"
    assert browser(shop.owner).get(f"{path}share/").status_code == 200
    code = Share.objects.get().code
    assert shop.name in text_of(browser().get(f"{path}?by={code}"))
    assert shop.name not in text_of(browser().get(f"{path}?by=%00"))
    Shop.objects.update(status=Shop.Status.CLOSED)
    assert shop.name not in text_of(browser().get(f"{path}?by={code}"))


def test_an_agent_goes_on_with_a_draft_about_goods_of_nobodys_shop_and_gives_it_a_video(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    draft = compose(shop.owner, given(sku.product))
    client, page = browser(shop.owner), f"/me/posts/{draft.number}/"
    assert f'name="products" value="{sku.product_id}"' in text_of(client.get(page))
    form = {"title": draft.title, "text": draft.text, "products": sku.product_id}
    refused = client.post(page, form | {"video": SimpleUploadedFile("v.mp4", b"no video")})
    said = "Please choose an MP4 video as phones record it (H.264 and AAC), or a finished WebM (VP8 or VP9)."
    assert (refused.status_code, errors_of(refused)) == (400, [said])
    assert client.post(page, form | {"video": SimpleUploadedFile("v.mp4", film())}).status_code == 302
    assert 'name="keeps_video" checked' in text_of(client.get(page))
    assert client.post(page, form | {"keeps_video": "on", "act": "publish"}).status_code == 302
    assert (Post.objects.get().status, Post.objects.get().video.milliseconds) == ("review", 3000)
