"""Feeds: what is new, what comes from whom one follows, what is muted, and what that costs."""

import pytest

from renmai.accounts.tests.factories import make_member
from renmai.content import actions, queries
from renmai.content.actions import Target
from renmai.content.models import Follow, Post
from renmai.content.queries.feeds import FEED_SIZE
from renmai.journeys.tests.posts import official, published, topic
from renmai.journeys.tests.world import agent_with_shop, goods, refused
from renmai.sharing.actions import mute, unmute
from tools.testing.moving_clock import MovingClock
from tools.testing.statements import exactly

pytestmark = pytest.mark.django_db


def test_a_new_post_is_in_the_feed_of_whoever_follows_at_once(moving_clock: MovingClock) -> None:
    (sku,) = goods()
    _one, lan = agent_with_shop()
    _two, hua = agent_with_shop()
    reader, tea = make_member(), topic("茶")
    first = published(lan.owner, sku.product)
    assert queries.following(reader).posts == ()
    assert actions.follow(reader, Target.of_post(first))
    assert not actions.follow(reader, Target.of_post(first))
    actions.follow(reader, Target.of_topic(tea))
    assert queries.following(reader).posts == (first,)
    # No clock moves between publishing and reading: 0 seconds of the 5 that are allowed.
    moving_clock.advance(minutes=1)
    of_author = published(lan.owner, sku.product)
    of_topic = published(hua.owner, sku.product, topic_ids=[tea.pk])
    published(hua.owner, sku.product)
    ours = official()
    assert queries.following(reader).posts == (of_topic, of_author, first)
    actions.follow(reader, Target.of_post(ours))
    assert queries.following(reader).posts == (ours, of_topic, of_author, first)
    assert actions.unfollow(reader, Target.of_post(first))
    assert queries.following(reader).posts == (ours, of_topic)


def test_one_follows_each_once_never_oneself_and_ends_only_ones_own() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    post, reader = published(shop.owner, sku.product), make_member()
    with refused("content.follow_self"):
        actions.follow(shop.owner, Target.of_post(post))
    actions.follow(reader, Target.of_post(post))
    row = Follow.objects.get()
    with refused("request.not_found"):
        actions.end_follow(make_member(), row.pk)
    actions.end_follow(reader, row.pk)
    assert queries.followed(reader) == []


def test_whom_she_muted_says_nothing_to_her_anywhere() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    tea, reader = topic(), make_member()
    post = published(shop.owner, sku.product, topic_ids=[tea.pk])
    actions.follow(reader, Target.of_post(post))
    mute(receiver_id=reader.pk, sharer_id=shop.owner_id)
    feeds = (
        queries.latest(viewer_id=reader.pk),
        queries.following(reader),
        queries.of_topic(tea, viewer_id=reader.pk),
        queries.of_author(post, viewer_id=reader.pk),
    )
    assert [feed.posts for feed in feeds] == [(), (), (), ()]
    with refused("request.not_found"):
        queries.post_of_number(post.number, viewer_id=reader.pk)
    assert queries.latest().posts == (post,)
    unmute(receiver_id=reader.pk, sharer_id=shop.owner_id)
    assert queries.latest(viewer_id=reader.pk).posts == (post,)


def test_pages_meet_without_gap_or_repetition_even_within_one_moment(moving_clock: MovingClock) -> None:
    writer = official().author
    for _number in range(2 * FEED_SIZE + 4):
        official(writer=writer) if Post.objects.count() < 20 else _copy()
    seen: list[int] = []
    after = ""
    for _page in range(4):
        page = queries.latest(after=after)
        seen += [post.pk for post in page.posts]
        after = page.next
        if not after:
            break
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == len(set(seen)) == 2 * FEED_SIZE + 5


def _copy() -> None:
    """One more post of the same moment, past the day's limit of its author."""
    first = Post.objects.order_by("pk").first()
    assert first is not None
    columns = {"author_id": first.author_id, "source": first.source, "title": first.title, "text": first.text}
    Post.objects.create(**columns, status=first.status, published_at=first.published_at)


@pytest.mark.parametrize("cursor", ["x", "1-", "-1", "9" * 30 + "-1", "1-" + "9" * 30, "１-１", "999999999999999999-1"])
def test_what_is_no_cursor_is_the_beginning(cursor: str) -> None:
    post = official()
    assert queries.latest(after=cursor).posts == (post,)


@pytest.mark.parametrize("number", [1, 20])
def test_a_feed_costs_four_statements_however_long_it_is(number: int) -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    reader, tea = make_member(), topic()
    posts = [published(shop.owner, sku.product, topic_ids=[tea.pk]) for _number in range(number)]
    actions.follow(reader, Target.of_post(posts[0]))
    with exactly(4):
        found = queries.following(reader)
        for post in found.posts:
            assert post.author.shop == shop
            assert [row.product_id for row in post.goods.all()] == [sku.product_id]
            assert (list(post.topics.all()), list(post.pictures.all())) == ([tea], [])
    assert len(found.posts) == number
