"""Content in the console: the shop's own posts, the second look, topics."""

import pytest

from renmai.accounts.models import ActLog, Role
from renmai.content.models import Post, Topic
from renmai.journeys.tests.posts import official, topic
from renmai.journeys.tests.world import goods
from renmai.web.console.tests.test_matching import clerk

pytestmark = pytest.mark.django_db
PAGE = "/console/content/"


def test_an_empty_list_says_what_to_do_and_who_may_not_is_refused() -> None:
    assert "No post here" in clerk(Role.MERCHANDISER).get(PAGE).content.decode()
    assert clerk(Role.FINANCE).get(PAGE).status_code == 403


def test_a_post_of_the_shop_is_written_by_codes_and_published() -> None:
    (sku,) = goods()
    tea, client = topic(), clerk(Role.OWNER)
    form = {"title": "春茶到了", "text": "泡三道还有豆香。", "products": "no-such-code", "topics": [tea.pk]}
    refused = client.post(f"{PAGE}new/", form)
    assert refused.status_code == 400
    assert "Nothing on sale has the code no-such-code." in refused.content.decode()
    assert client.post(f"{PAGE}new/", form | {"products": sku.product.code}).status_code == 302
    row = Post.objects.get()
    assert sku.product.title in client.get(f"{PAGE}{row.pk}/").content.decode()
    assert client.post(f"{PAGE}{row.pk}/publish/").status_code == 302
    assert Post.objects.get().status == "published"
    page = client.get(PAGE).content.decode()
    assert "春茶到了" in page
    assert set(ActLog.objects.values_list("act", flat=True)) >= {"post.composed", "post.published"}


def test_the_second_look_is_somebody_elses() -> None:
    (sku,) = goods()
    post = official(sku.product)
    Post.objects.filter(pk=post.pk).update(status="review", needed_look=True, published_at=None)
    first = clerk(Role.OWNER)
    page = first.get(f"{PAGE}{post.pk}/").content.decode()
    assert "Approve and publish" in page
    short = first.post(f"{PAGE}{post.pk}/send-back/", {"reason": "no"})
    assert short.status_code == 400
    assert "at least 5 characters" in short.content.decode()
    assert first.post(f"{PAGE}{post.pk}/approve/").status_code == 302
    assert Post.objects.get().looked_by is not None
    assert first.post(f"{PAGE}{post.pk}/approve/").status_code == 409
    assert first.post(f"{PAGE}{post.pk}/withdraw/", {"reason": "the goods are gone"}).status_code == 302
    assert (Post.objects.get().status, Post.objects.get().answer) == ("withdrawn", "the goods are gone")


def test_topics_are_added_changed_and_closed() -> None:
    client = clerk(Role.MERCHANDISER)
    assert client.post(f"{PAGE}topics/", {"name_zh": "茶", "slug": "Tea!", "position": "1"}).status_code == 400
    assert client.post(f"{PAGE}topics/", {"name_zh": "茶", "slug": "tea", "position": "1", "is_open": "on"}).status_code == 302
    row = Topic.objects.get()
    assert client.post(f"{PAGE}topics/", {"name_zh": "茶", "slug": "tea", "position": "1"}).status_code == 409
    assert client.post(f"{PAGE}topics/{row.pk}/", {"name_zh": "好茶", "position": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.name_zh, row.slug, row.is_open) == ("好茶", "tea", False)
