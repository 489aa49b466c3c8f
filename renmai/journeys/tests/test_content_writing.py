"""Writing posts: who may write about what, what the linter lets through, who looks again."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from renmai.accounts.models import Role, User
from renmai.accounts.tests.factories import make_member, make_staff
from renmai.content import actions, queries
from renmai.content.models import Post
from renmai.journeys.tests.posts import HONEST, buyer_of, given, official, published, topic
from renmai.journeys.tests.world import agent_with_shop, goods, refused
from renmai.kernel import clock
from renmai.kernel.errors import DomainError
from renmai.ordering.models import OrderLine
from renmai.sharing.actions import pause_sharer

pytestmark = pytest.mark.django_db

FORBIDDEN = "全国第一的桃子，包治百病"


def picture() -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_member_writes_about_what_she_bought_and_kept_and_nothing_else() -> None:
    kept, other = goods(2)
    who = buyer_of(kept)
    post = published(who.user, kept.product)
    assert (post.source, post.needed_look) == ("member", False)
    with refused("content.goods_not_hers"):
        actions.compose(who.user, given(kept.product, other.product))
    with refused("content.goods"):
        actions.compose(who.user, given())
    OrderLine.objects.filter(order__buyer=who.user).update(claimed_quantity=1, refunded_quantity=1)
    with refused("content.goods_not_hers"):
        actions.compose(who.user, given(kept.product))


def test_an_agent_writes_about_any_goods_on_sale_and_the_shop_itself_about_nothing_at_all() -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    assert published(shop.owner, sku.product).source == "agent"
    assert official().source == "official"
    with pytest.raises(DomainError, match=r"request\.forbidden"):
        actions.compose_official(make_staff(Role.FULFILMENT), given())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "content.title"),
        ({"title": "长" * 61}, "content.title"),
        ({"text": "\n"}, "content.text"),
        ({"text": "长" * 2001}, "content.text"),
        ({"topic_ids": [10**9]}, "content.topics"),
        ({"pictures": [b"x"] * 10}, "content.pictures"),
        ({"pictures": [b"x"]}, "catalogue.picture_format"),
    ],
)
def test_what_is_no_post_is_refused_at_its_field(wrong: dict[str, object], code: str) -> None:
    (sku,) = goods()
    _agent, shop = agent_with_shop()
    with pytest.raises(DomainError) as raised:
        actions.compose(shop.owner, given(sku.product, **wrong))  # type: ignore[arg-type]
    assert raised.value.code == code
    assert raised.value.field in {"title", "text", "topics", "pictures"}
    assert not Post.objects.exists()


def test_a_closed_topic_and_more_than_three_take_no_posts() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    closed, *others = topic(is_open=False), topic(), topic(), topic(), topic()
    for wanted in ([closed.pk], [each.pk for each in others]):
        with refused("content.topics"):
            actions.compose(shop.owner, given(sku.product, topic_ids=wanted))
    post = published(shop.owner, sku.product, topic_ids=[each.pk for each in others[:3]])
    assert set(post.topics.all()) == set(others[:3])


def test_what_was_changed_in_another_tab_is_what_is_judged() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    as_the_first_tab_read_it = actions.compose(shop.owner, given(sku.product))
    actions.change(shop.owner, as_the_first_tab_read_it, given(sku.product, text=FORBIDDEN))
    with refused("content.refused_by_policy"):
        actions.publish(shop.owner, as_the_first_tab_read_it)
    assert Post.objects.get().status == "draft"


def test_what_a_rule_forbids_stays_a_draft_and_says_where() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    draft = actions.compose(shop.owner, given(sku.product, text=FORBIDDEN))
    with pytest.raises(DomainError) as raised:
        actions.publish(shop.owner, draft)
    assert (raised.value.code, raised.value.field) == ("content.refused_by_policy", "text")
    assert Post.objects.get().status == "draft"
    changed = actions.change(shop.owner, draft, given(sku.product))
    assert actions.publish(shop.owner, changed).status == "published"


def test_pictures_of_members_wait_for_a_second_person() -> None:
    (sku,) = goods()
    who = buyer_of(sku)
    waiting = actions.publish(who.user, actions.compose(who.user, given(sku.product, pictures=[picture()])))
    assert (waiting.status, waiting.needed_look) == ("review", True)
    assert queries.latest().posts == ()
    first, second = make_staff(), make_staff()
    back = actions.send_back(first, waiting, seen=1, reason="第一张看不清楚")
    assert (back.status, back.answer) == ("draft", "第一张看不清楚")
    again = actions.publish(who.user, back)
    with refused("content.reason"):
        actions.send_back(second, again, seen=1, reason="  no ")
    done = actions.approve(second, again, seen=1)
    assert (done.status, done.looked_by, done.answer) == ("published", second, "")
    assert queries.latest().posts == (done,)
    with refused("content.state"):
        actions.approve(second, done, seen=1)


def _changed(how: str, who: User, draft: Post) -> None:
    """Let the author change her draft in one of the ways there are."""
    words = given(draft.goods.get().product)
    picture_ids = list(draft.pictures.order_by("position").values_list("pk", flat=True))
    if how == "words":
        actions.change(who, draft, replace(words, text="说实话，没有上次的甜。", kept_picture_ids=picture_ids))
    elif how == "added":
        actions.add_picture(who, draft, picture())
    elif how == "removed":
        actions.remove_picture(who, draft, picture_ids[0])
    else:
        actions.order_pictures(who, draft, picture_ids[::-1])


@pytest.mark.parametrize("how", ["words", "added", "removed", "order"])
def test_a_page_left_open_decides_nothing_about_a_post_that_was_changed_since(how: str) -> None:
    """Sent back, changed and laid before the staff again: its state is what it was, and its words are not."""
    (sku,) = goods()
    who, staff = buyer_of(sku), make_staff()
    as_the_page_shows_it = actions.publish(who.user, actions.compose(who.user, given(sku.product, pictures=[picture()] * 2)))
    draft = actions.send_back(make_staff(), as_the_page_shows_it, seen=1, reason="第一张看不清楚")
    _changed(how, who.user, draft)
    again = actions.publish(who.user, draft)
    assert (again.status, again.revision) == ("review", 2)
    why = "because of what stood there"
    with refused("content.changed_since"):
        actions.approve(staff, as_the_page_shows_it, seen=1)
    with refused("content.changed_since"):
        actions.send_back(staff, as_the_page_shows_it, seen=1, reason=why)
    with refused("content.changed_since"):
        actions.withdraw(staff, as_the_page_shows_it, seen=1, reason=why)
    assert Post.objects.get().status == "review"
    assert actions.approve(staff, again, seen=2).status == "published"


def test_pictures_come_one_by_one_to_a_draft_of_ones_own() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    draft = actions.compose(shop.owner, given(sku.product))
    first, second = (actions.add_picture(shop.owner, draft, picture()).pk for _number in range(2))
    actions.order_pictures(shop.owner, draft, [second])
    assert list(draft.pictures.order_by("position").values_list("pk", flat=True)) == [second, first]
    with refused("request.not_found"):
        actions.add_picture(make_member(), draft, picture())
    with refused("request.not_found"):
        actions.remove_picture(shop.owner, actions.compose(shop.owner, given(sku.product)), first)
    for _number in range(7):
        actions.add_picture(shop.owner, draft, picture())
    with refused("content.pictures"):
        actions.add_picture(shop.owner, draft, picture())
    published_now = actions.publish(shop.owner, draft)
    with refused("content.state"):
        actions.remove_picture(shop.owner, published_now, first)
    assert published_now.pictures.count() == 9


def test_nobody_gives_her_own_post_the_second_look() -> None:
    writer, other = make_staff(), make_staff()
    draft = actions.compose_official(writer, given(text=HONEST))
    Post.objects.filter(pk=draft.pk).update(status="review", needed_look=True)
    waiting = Post.objects.get()
    with refused("content.same_person"):
        actions.approve(writer, waiting, seen=1)
    assert actions.approve(other, waiting, seen=1).looked_by == other


def test_nobody_gives_the_second_look_to_what_she_wrote_into_a_post_of_the_shop() -> None:
    writer, changer, other = make_staff(), make_staff(), make_staff()
    draft = actions.compose_official(writer, given(text=HONEST))
    waiting = actions.change(changer, draft, given(text=HONEST + "真的。"))
    Post.objects.filter(pk=draft.pk).update(status="review", needed_look=True)
    waiting.refresh_from_db()
    with refused("content.same_person"):
        actions.approve(changer, waiting, seen=2)
    assert actions.approve(other, waiting, seen=2).looked_by == other


def test_only_its_author_changes_and_takes_back_a_post() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    post = published(shop.owner, sku.product)
    stranger = make_member()
    for act in (actions.take_back, actions.publish):
        with refused("request.not_found"):
            act(stranger, post)
    with refused("content.state"):
        actions.change(shop.owner, post, given(sku.product))
    actions.take_back(shop.owner, post)
    with refused("content.withdrawn"):
        queries.post_of_number(post.number)


def test_whoever_is_paused_after_a_complaint_publishes_nothing() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    draft = actions.compose(shop.owner, given(sku.product))
    pause_sharer(shop.owner_id, until=clock.now() + timedelta(days=3), reason="complaint", evidence="feedback:1")
    with refused("sharing.paused"):
        actions.publish(shop.owner, draft)


def test_twenty_posts_a_day_are_enough() -> None:
    _agent, shop = agent_with_shop()
    (sku,) = goods()
    for _number in range(20):
        actions.compose(shop.owner, given(sku.product))
    with refused("content.too_many"):
        actions.compose(shop.owner, given(sku.product))
