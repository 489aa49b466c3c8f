"""Content in the console: the shop's own posts, the second look, topics."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from renmai.accounts.models import ActLog, Role, Visitor
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.content import actions, queries
from renmai.content.models import Post, Topic
from renmai.journeys.tests.clips import film
from renmai.journeys.tests.posts import given, official, topic
from renmai.journeys.tests.test_content_writing import picture
from renmai.journeys.tests.world import agent_with_shop, goods
from renmai.matching.library.actions import pass_on
from renmai.matching.tests.town import bought
from renmai.ordering.models import Order
from renmai.sharing.actions import Landing, record_visit, share
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
    short = first.post(f"{PAGE}{post.pk}/send-back/", {"reason": "no", "seen": "1"})
    assert short.status_code == 400
    assert "at least 5 characters" in short.content.decode()
    Post.objects.update(revision=2)
    stale = first.post(f"{PAGE}{post.pk}/approve/", {"seen": "1"})
    assert (stale.status_code, "It was changed since you opened it." in stale.content.decode()) == (409, True)
    assert first.post(f"{PAGE}{post.pk}/approve/", {"seen": "9" * 30}).status_code == 409
    assert 'name="seen" value="2"' in stale.content.decode()
    assert first.post(f"{PAGE}{post.pk}/approve/", {"seen": "2"}).status_code == 302
    assert Post.objects.get().looked_by is not None
    assert first.post(f"{PAGE}{post.pk}/approve/", {"seen": "2"}).status_code == 409
    assert first.post(f"{PAGE}{post.pk}/withdraw/", {"reason": "the goods are gone", "seen": "2"}).status_code == 302
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


def test_the_page_says_how_often_a_post_was_passed_on_and_what_came_of_the_links() -> None:
    """Two agents and a member pass it on; of the orders that the links decided one is kept, one is not settled yet."""
    (sku,) = goods()
    post = official(sku.product)
    agents = [agent_with_shop()[1] for _each in range(2)]
    links = [pass_on(shop.owner, post.number) for shop in agents]
    path = links[0].page
    links.append(share(make_member(), kind="page", shop=agents[0], landing=Landing(None, path)))
    record_visit(links[0], Visitor.objects.create(), user=None)
    record_visit(links[0], Visitor.objects.create(user=agents[0].owner), user=agents[0].owner)
    for status, link in ((Order.Status.SETTLED, links[0]), (Order.Status.RECEIVED, links[1])):
        line = bought(make_member(), sku.product, shop=agents[0])
        Order.objects.filter(pk=line.order_id).update(status=status, share_id=link.pk)
    assert queries.passed_on([post]) == {post.pk: queries.PassedOn(links=3, agents=2, opened=1, kept=1, kept_fen=3000)}
    client = clerk(Role.OWNER)
    for address in (PAGE, f"{PAGE}{post.pk}/"):
        page = client.get(address).content.decode()
        assert "2 by agents" in page
        assert "Opened by links" in page


def test_pictures_and_a_video_of_the_shops_own_post(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    writer = make_staff(Role.OWNER)
    draft = actions.compose_official(writer, given())
    client, page = clerk(Role.MERCHANDISER), f"{PAGE}{draft.pk}/pictures/"
    good = [SimpleUploadedFile(f"{name}.png", picture()) for name in "ab"]
    answer = client.post(page, {"pictures": [*good, SimpleUploadedFile("c.png", b"<svg/>")]})
    assert (answer.status_code, "c.png" in answer.content.decode()) == (415, True)
    first, second = draft.pictures.order_by("position").values_list("pk", flat=True)
    assert client.post(f"{page}{first}/move/", {"to": "right"}).status_code == 302
    assert list(draft.pictures.order_by("position").values_list("pk", flat=True)) == [second, first]
    both = client.post(page, {"video": SimpleUploadedFile("v.mp4", film())})
    assert (both.status_code, "With a video one picture is enough" in both.content.decode()) == (400, True)
    assert client.post(f"{page}{first}/remove/").status_code == 302
    assert client.post(page, {"video": SimpleUploadedFile("v.mp4", film())}).status_code == 302
    assert "<video" in client.get(page).content.decode()
    assert client.post(f"{PAGE}{draft.pk}/video/remove/").status_code == 302
    assert client.post(page).status_code == 400, "nothing chosen"
    actions.publish(writer, draft)
    assert client.get(page).status_code == 409
