"""The library as the product makes and reads it: for these customers, for one who agrees, for this hour; nothing she had, nothing that is gone."""

from datetime import datetime, timedelta

import pytest

from renmai.accounts.actions import withdraw_consent
from renmai.accounts.consents import Purpose
from renmai.accounts.events import ConsentWithdrawn
from renmai.accounts.models import User, Visitor
from renmai.accounts.tests.factories import Statements, make_member, make_staff
from renmai.catalogue.models import Product
from renmai.content import actions as content
from renmai.content.actions import PostInput, TopicInput
from renmai.content.models import Post, PostTouch, PostVisit, Topic
from renmai.kernel import clock
from renmai.matching import actions, audit, reactions
from renmai.matching.library import queries
from renmai.matching.library.actions import pass_on
from renmai.matching.library.moments import moment_of
from renmai.matching.models import Demotion, Selection
from renmai.matching.tests.town import bought, customer, kinds, make_lists, seller
from renmai.matching.wishes import Wishes
from renmai.ordering.tests.making import refused
from renmai.sharing.models import Mute, Shop
from tools.testing.moving_clock import MovingClock

pytestmark = pytest.mark.django_db
TELLS = (Purpose.BROWSING, Purpose.AGENT_ALERTS)


def official(*products: Product, topic: Topic | None = None, days_ago: int = 20) -> Post:
    """A post of the shop itself, published so long ago."""
    staff = make_staff()
    given = PostInput(
        title="好物",
        text="用着顺手。真的。",
        product_ids=[product.pk for product in products],
        topic_ids=[topic.pk] if topic else [],
    )
    post = content.publish(staff, content.compose_official(staff, given))
    Post.objects.filter(pk=post.pk).update(published_at=clock.now() - timedelta(days=days_ago))
    return post


def about(slug: str) -> Topic:
    return content.add_topic(make_staff(), TopicInput(slug=slug, name_zh=slug, name_en=slug))


def looked(who: User | None, post: Post, *, at: datetime | None = None, opened: Product | None = None) -> None:
    """Somebody opens a post, and perhaps one of its goods from it."""
    visitor = Visitor.objects.create(user=who)
    moment = at or clock.now()
    PostVisit.objects.create(post=post, visitor=visitor, user=who, day=moment.date(), at=moment)
    if opened is not None:
        PostTouch.objects.create(post=post, product=opened, visitor=visitor, user=who)


def fruit_shop() -> tuple[Shop, list[list[Product]]]:
    """An agent whose three customers buy fruit, and the town's fruit, shoes and tea."""
    shelves = kinds(3)
    shop = seller()
    for product in shelves[0]:
        bought(customer(shop), product, shop=shop)
    return shop, shelves


def again() -> None:
    Selection.objects.update(due_at=clock.now())
    make_lists()


def told(shop: Shop, source: str = "") -> list[int]:
    """The posts that the agent finds for all her customers, best first."""
    own = queries.lists_of(shop.owner).own
    return [each.post.pk for each in queries.offered(shop.owner, own.entries if own else (), source=source).items]


def test_posts_about_what_her_customers_buy_come_first_with_reasons_that_are_true() -> None:
    shop, (fruit, shoes, tea) = fruit_shop()
    posts = [official(shelf[0]) for shelf in (shoes, fruit, tea)]
    assert queries.lists_of(shop.owner).own is None
    make_lists()
    own = queries.lists_of(shop.owner).own
    assert own is not None
    assert (own.people, own.entries[0].product_id) == (3, posts[1].pk)
    reasons = {why.code: why for why in own.entries[0].why}
    assert (reasons["taste"].about, reasons["taste"].number) == (fruit[0].category_id, 3)
    assert told(shop)[0] == posts[1].pk


def test_what_she_passed_on_is_gone_withdrawn_demoted_sold_out_and_muted_is_not_shown() -> None:
    shop, (fruit, shoes, _tea) = fruit_shop()
    posts = [official(product) for product in (*fruit, *shoes[:2])]
    make_lists()
    assert set(told(shop)) == {post.pk for post in posts}
    link = pass_on(shop.owner, posts[0].number)
    assert (link.shop, link.page, link.product) == (shop, f"/post/{posts[0].number}/", fruit[0])
    assert pass_on(shop.owner, posts[0].number) == link
    Post.objects.filter(pk=posts[1].pk).update(status=Post.Status.WITHDRAWN)
    Demotion.objects.create(product=fruit[2], judged=20, bad=19, tolerated_points=800, times=99)
    shoes[0].skus.update(stock_free=0, stock_total=0)
    assert told(shop) == [posts[4].pk]
    Mute.objects.create(receiver=shop.owner, sharer=posts[4].author)
    assert told(shop) == []
    again()
    own = queries.lists_of(shop.owner).own
    assert own is not None
    assert [entry.product_id for entry in own.entries] == [posts[4].pk]
    with refused("request.forbidden"):
        pass_on(make_member(), posts[2].number)


def test_what_half_of_them_have_read_is_not_told_them_again_but_to_her_who_has_not() -> None:
    shop, (fruit, shoes, _tea) = fruit_shop()
    post, other = official(fruit[0]), official(shoes[0])
    readers = [customer(shop, *TELLS) for _each in range(4)]
    for reader in readers:
        bought(reader, shoes[0], shop=shop)
    for reader in readers[:2]:
        looked(reader, post)
    again()
    assert set(told(shop)) == {post.pk, other.pk}, "two of seven"
    for reader in readers[2:]:
        looked(reader, post)
    again()
    assert told(shop) == [other.pk], "four of seven"
    assert post.pk not in [each.post.pk for each in queries.to_tell(shop.owner, readers[0].pk)]


def test_one_customer_is_told_about_only_while_she_lets_her_agent_know() -> None:
    shop, (fruit, shoes, _tea) = fruit_shop()
    silent, telling = customer(shop, Purpose.BROWSING), customer(shop, *TELLS)
    for who in (silent, telling):
        bought(who, shoes[0], shop=shop)
    posts = [official(shelf[1]) for shelf in (fruit, shoes)]
    again()
    assert queries.to_tell(shop.owner, silent.pk) == ()
    assert queries.to_tell(shop.owner, telling.pk)[0].post.pk == posts[1].pk
    withdraw_consent(telling, Purpose.AGENT_ALERTS)
    reactions.forget_what_it_rested_on(ConsentWithdrawn(user_id=telling.pk, purpose=Purpose.AGENT_ALERTS))
    assert not Selection.objects.filter(audience__in=["tell", "customer"]).exists()
    again()
    assert not Selection.objects.filter(audience__in=["tell", "customer"]).exists()
    assert list(audit.violations()) == []


def test_the_audit_finds_what_is_kept_of_one_who_does_not_let_her_agent_know() -> None:
    shop = seller()
    Selection.objects.create(
        audience="tell", subject_id=shop.owner_id, part=customer(shop).pk, strategy="library", due_at=clock.now()
    )
    assert {violation.invariant for violation in audit.violations()} == {"matching.consent"}
    make_lists()


def test_what_they_read_about_counts_with_their_consent_and_is_told_as_a_reason() -> None:
    shop, (fruit, _shoes, _tea) = fruit_shop()
    cooking, walking = about("cooking"), about("walking")
    first, second = official(fruit[0], topic=cooking), official(fruit[0], topic=walking)
    read, open_one = official(fruit[1], topic=walking), official(fruit[1], topic=cooking)
    silent = customer(shop)
    for post in (open_one, first):
        looked(silent, post)
    telling = customer(shop, *TELLS)
    looked(telling, read)
    again()
    own = queries.lists_of(shop.owner).own
    assert own is not None
    at = {entry.product_id: place for place, entry in enumerate(own.entries)}
    assert at[second.pk] < at[first.pk]
    said = {why for entry in own.entries for why in entry.why if why.code == "topic"}
    assert {(why.about, why.number) for why in said} == {(walking.pk, 1)}


def test_this_part_of_the_day_prefers_what_is_read_then(moving_clock: MovingClock) -> None:
    shop, (fruit, _shoes, _tea) = fruit_shop()
    moving_clock.travel(moving_clock.now.replace(hour=12))
    evening, noon = moving_clock.now, moving_clock.now - timedelta(hours=8)
    late, early = official(fruit[0], topic=about("tea")), official(fruit[0], topic=about("work"))
    for _reader in range(30):
        looked(None, late, at=evening)
        looked(None, early, at=noon)
    again()
    lists = queries.lists_of(shop.owner)
    assert lists.today is not None
    assert [entry.product_id for entry in lists.today.entries] == [late.pk, early.pk]
    (why,) = [why for why in lists.today.entries[0].why if why.code == "hour"]
    assert (why.about, why.number) == (moment_of(evening).band, 100)
    moving_clock.travel(noon)
    lists = queries.lists_of(shop.owner)
    assert lists.today is not None
    assert [entry.product_id for entry in lists.today.entries] == [early.pk, late.pk]


def test_requirements_hold_for_goods_that_are_not_in_her_shop_and_sources_are_kept_apart() -> None:
    shop, (fruit, shoes, _tea) = fruit_shop()
    post, hers = official(shoes[0]), official(fruit[0])
    Post.objects.filter(pk=hers.pk).update(source="member")
    actions.require_goods(shop.owner, Wishes(categories=frozenset({fruit[0].category_id})))
    assert told(shop) == []
    make_lists()
    assert told(shop) == [hers.pk]
    assert told(shop, source="official") == []
    assert told(shop, source="member") == [hers.pk]
    actions.accept(shop.owner, shoes[0])
    make_lists()
    assert set(told(shop)) == {post.pk, hers.pk}


def test_a_new_post_is_in_the_library_after_two_hours_and_not_at_once(moving_clock: MovingClock) -> None:
    shop, (fruit, _shoes, _tea) = fruit_shop()
    make_lists()
    moving_clock.advance(hours=1)
    post = official(fruit[0], days_ago=0)
    assert actions.refresh_selections(10) == 0
    moving_clock.advance(hours=1, minutes=1)
    assert actions.refresh_selections(10) == 1
    assert told(shop) == [post.pk]
    moving_clock.advance(hours=3)
    assert actions.refresh_selections(10) == 0


def test_groups_of_three_have_lists_of_their_own_and_reading_costs_the_same_for_two_posts_and_for_eight(
    statements: Statements,
) -> None:
    shop, (fruit, shoes, _tea) = fruit_shop()
    official(fruit[0])
    post = official(shoes[0])
    for _each in range(3):
        bought(customer(shop), shoes[0], shop=shop)
    again()
    groups = queries.lists_of(shop.owner).groups
    assert {group.part for group in groups} == {fruit[0].category_id, shoes[0].category_id}
    (of_shoes,) = [group for group in groups if group.part == shoes[0].category_id]
    assert (of_shoes.people, of_shoes.entries[0].product_id) == (3, post.pk)
    with statements(10):
        assert len(told(shop)) == 2
    for _each in range(6):
        official(fruit[1], shoes[1])
    again()
    with statements(10):
        assert len(told(shop)) == 8
