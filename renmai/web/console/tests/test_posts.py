"""Content in the console: the shop's own posts, the second look, topics."""

import pytest

from renmai.accounts.models import ActLog, Role, Visitor
from renmai.accounts.tests.factories import make_member
from renmai.content import queries
from renmai.content.models import Post, Topic
from renmai.journeys.tests.posts import official, topic
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
